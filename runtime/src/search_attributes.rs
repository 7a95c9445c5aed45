//! Typed search attributes.
//!
//! A key has the name and the type of an attribute that the namespace knows; values of another type do not compile.
//!
//! ```
//! # use durably::prelude::*;
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
//! # fn main() {}
//! use durably::search_attributes::{SearchAttributeKey, SearchAttributes};
//!
//! const CUSTOMER: SearchAttributeKey<String> = SearchAttributeKey::keyword("Customer");
//! const ITEMS: SearchAttributeKey<i64> = SearchAttributeKey::int("Items");
//!
//! # async fn client(client: Client) -> Result<(), Box<dyn std::error::Error>> {
//! let attributes = SearchAttributes::new([CUSTOMER.value_set("Ada".to_owned()), ITEMS.value_set(2)]);
//! let greeting = Greeting::start(&client, "Ada").search_attributes(attributes).await?;
//! let items: Option<i64> = greeting.describe().await?.search_attributes().get(&ITEMS);
//! # Ok(()) }
//! # async fn workflow(ctx: &WorkflowContext<Greeting>) {
//! // In a workflow.
//! let customer: Option<String> = ctx.search_attributes().get(&CUSTOMER);
//! ctx.upsert_search_attributes([ITEMS.value_set(3), CUSTOMER.value_unset()]);
//! # }
//! ```

use std::ops::Deref;

pub use temporalio_common::search_attributes::{
    SearchAttributeError, SearchAttributeUpdate, SearchAttributeValue, SearchAttributes, Timestamp,
};

use temporalio_common::search_attributes::SearchAttributeKey as Official;

/// The name and the type of a search attribute.
///
/// Dereferences to Temporal's own key, whose [`value_unset`](SearchAttributeKey::value_unset) must not be used in a workflow:
/// it sends a payload that no service takes, and the workflow task fails again and again.
#[derive(Debug, Clone, Copy)]
pub struct SearchAttributeKey<T: SearchAttributeValue> {
    official: Official<T>,
}

impl<T: SearchAttributeValue> SearchAttributeKey<T> {
    /// Takes the attribute away.
    ///
    /// It is sent as an empty list, which every service takes for no value. Until the run ends, the workflow itself sees the
    /// empty list: `get` gives `None`, or no values of a [`keyword_list`](SearchAttributeKey::keyword_list), while
    /// `contains_key` says that there is something.
    pub fn value_unset(&self) -> SearchAttributeUpdate {
        Official::keyword_list(self.official.name()).value_set(Vec::new())
    }
}

impl<T: SearchAttributeValue> Deref for SearchAttributeKey<T> {
    type Target = Official<T>;

    fn deref(&self) -> &Official<T> {
        &self.official
    }
}

macro_rules! keys {
    ($($(#[$docs:meta])* $kind:ident: $value:ty;)+) => {
        $(
            impl SearchAttributeKey<$value> {
                $(#[$docs])*
                pub const fn $kind(name: &'static str) -> Self {
                    Self { official: Official::$kind(name) }
                }
            }
        )+
    };
}

keys! {
    /// A key of type `Bool`.
    bool: bool;
    /// A key of type `Int`.
    int: i64;
    /// A key of type `Double`.
    float: f64;
    /// A key of type `Keyword`: found by its whole value.
    keyword: String;
    /// A key of type `Text`: found by words in it, on services that can.
    text: String;
    /// A key of type `Datetime`.
    datetime: Timestamp;
    /// A key of type `KeywordList`.
    keyword_list: Vec<String>;
}
