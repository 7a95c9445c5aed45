//! Workers: what runs workflows and activities.

mod alive;
mod builder;
mod error;
mod registry;
mod running;

pub use builder::Worker;
pub use error::WorkerError;
pub use running::RunningWorker;
#[cfg(feature = "embedded")]
pub(crate) use running::reason;
