//! A Temporal service inside your process, for development and tests.

mod api;
mod cron;
mod engine;
mod frontend;
#[cfg(feature = "client")]
mod in_process;
mod limits;
mod payload;
mod refusal;
mod run;
mod schedules;
mod server;
mod tcp;
mod time;
mod visibility;

pub use limits::Limits;
pub use server::{Server, ServerBuilder};
