//! Namespaces: registered, described, changed, listed, deleted.

mod error;
mod handle;
mod list;
mod register;
mod update;

pub use error::NamespaceError;
pub use handle::{NamespaceDescription, NamespaceHandle};
pub use list::list_namespaces;
pub use register::RegisterNamespace;
pub use update::UpdateNamespace;

use crate::Client;

/// The namespace of this name, for a client of whichever namespace. To work in it, connect a client with
/// [`ClientBuilder::namespace`](crate::ClientBuilder::namespace).
///
/// ```no_run
/// # use std::time::Duration;
/// # async fn example(client: durably::Client) -> Result<(), Box<dyn std::error::Error>> {
/// let billing = durably::namespace(&client, "billing");
/// billing.register().retention(Duration::from_secs(7 * 86_400)).description("Invoices").await?;
/// let client = durably::client().namespace("billing").await?;
/// # Ok(()) }
/// ```
pub fn namespace(client: &Client, name: impl Into<String>) -> NamespaceHandle {
    NamespaceHandle::new(client.clone(), name.into())
}
