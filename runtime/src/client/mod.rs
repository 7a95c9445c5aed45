//! Connecting to a Temporal service.

mod address;
mod builder;
mod error;
mod failures;

pub use builder::{ClientBuilder, client};
pub use error::ConnectError;
