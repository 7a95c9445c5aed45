//! A Temporal service inside your process, for development and tests.
//!
//! It speaks Temporal's gRPC API and writes the histories that the real server writes, so clients and workers of any
//! SDK run on it unchanged. It needs no download, container or port, is there as soon as it is asked for, keeps everything
//! in memory or in a file, and can skip time: a workflow that sleeps a year is over at once. Production belongs on a real Temporal
//! cluster. What it answers, and where it differs from the real server, is in
//! [its README](https://github.com/durably/durably/blob/main/embedded/README.md).
//!
//! # In process
//!
//! A [`Server`] runs on the current tokio runtime for as long as a clone of it, or a client of it, is there. Any number of
//! them run side by side; they share nothing.
//!
#![cfg_attr(feature = "client", doc = "```")]
#![cfg_attr(not(feature = "client"), doc = "```ignore")]
//! use durably_embedded::Server;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = Server::start();
//! let client = server.client("default").await?;   // of `temporalio-client`, for its clients and workers
//! # Ok(()) }
//! ```
//!
//! Without the feature `client` there is no dependency on Temporal's client, and [`Server::call`] takes and gives messages
//! as bytes.
//!
//! # On a port
//!
//! For SDKs in other processes and for Temporal's CLI: the program `durably-embedded --port 7233`, or
//!
//! ```
//! use durably_embedded::Server;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> std::io::Result<()> {
//! let server = Server::builder().namespace("orders").start();
//! let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
//! # stop.send(()).ok();
//! server
//!     .serve("127.0.0.1:0".parse().expect("an address"), |address| println!("listens on {address}"), async {
//!         stopped.await.ok();
//!     })
//!     .await?;
//! # Ok(()) }
//! ```
//!
//! # In a file
//!
//! With [`ServerBuilder::persist`], or `durably-embedded --db FILE`, everything is in one file, and nothing that was answered
//! is lost, however the server ends.
//!
//! # Skipping time
//!
//! With [`ServerBuilder::time_skipping`] the clock of the server jumps to the next timer whenever nobody has anything to
//! do: no workflow task and no activity waits or runs, no query is open. Without it time is that of the wall until a
//! client calls `UnlockTimeSkipping` of the `TestService`. Time that was skipped stays skipped; afterwards the clock goes
//! on from there.

mod api;
mod clock;
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
mod store;
mod tcp;
mod time;
mod visibility;

pub use clock::TimeSkips;
#[doc(hidden)]
pub use engine::Census;
pub use limits::Limits;
pub use server::{InFile, InMemory, Server, ServerBuilder};
pub use store::OpenError;
