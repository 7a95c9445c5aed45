//! Tests of workflows: with a Temporal service of their own that skips time, and with recorded histories.
//!
//! TODO-docs
#[cfg(feature = "embedded")]
pub(crate) mod case;
#[cfg(feature = "embedded")]
mod connection;
#[cfg(feature = "embedded")]
mod env;
#[cfg(feature = "embedded")]
mod failed;
#[cfg(feature = "embedded")]
mod histories;
#[cfg(feature = "embedded")]
mod mock;
#[cfg(feature = "embedded")]
mod progress;
mod replay;
#[cfg(feature = "embedded")]
mod replayer;
#[cfg(feature = "embedded")]
mod shown;
#[cfg(feature = "embedded")]
mod stall;
#[cfg(feature = "embedded")]
mod trouble;
#[cfg(feature = "embedded")]
mod watch;
#[cfg(feature = "embedded")]
mod worker;

#[cfg(feature = "embedded")]
pub use self::{
    env::TestEnv,
    failed::TestFailure,
    mock::{Answers, Mock, Unlisted},
    worker::TestWorker,
};
pub use replay::replay;
