//! Connecting to a Temporal service.

mod address;
mod builder;
mod chain;
#[cfg(all(feature = "embedded", debug_assertions))]
mod embedded;
mod error;
mod failures;
mod rerouted;
mod servers;

pub use builder::{ClientBuilder, client};
pub use chain::CodecChain;
pub use error::ConnectError;
pub(crate) use rerouted::{Rerouted, answered, request, rerouted};
pub(crate) use servers::address_of;
