//! Connecting to a Temporal service.

mod address;
mod builder;
mod chain;
mod error;
mod failures;
mod rerouted;

pub use builder::{ClientBuilder, client};
pub use chain::CodecChain;
pub use error::ConnectError;
pub(crate) use rerouted::{Rerouted, answered, request, rerouted};
