//! What the end-to-end tests share: one Temporal service, names that do not clash, histories. And code that must compile
//! wherever it stands: in [`hygiene`], and in docs/guide.md.

mod child;
pub mod eventually;
pub mod faults;
mod guide;
pub mod history;
pub mod hygiene;
pub mod python;
pub mod recorded;
mod search_attribute;
mod server;
pub mod wire;
mod with_worker;

pub use child::{Child, told_to};
pub use search_attribute::search_attribute;
pub use server::{address, dev_server, real_address, temporal_cli};
pub use with_worker::with_worker;

use std::sync::atomic::{AtomicU32, Ordering};

use durably::Client;
pub use durably::temporal::common::protos::temporal::api::history::v1::history_event::Attributes;

/// A client of the shared service.
pub async fn client() -> Client {
    durably::client().address(address()).await.unwrap_or_else(|error| panic!("{error}"))
}

/// A name nothing else has, for a task queue or a workflow id.
pub fn unique(name: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{name}-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}
