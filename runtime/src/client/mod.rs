//! Connecting to a Temporal service.

mod address;
mod builder;
mod error;
mod failures;
mod servers;

pub use builder::{ClientBuilder, client};
pub use error::ConnectError;
pub(crate) use servers::address_of;
