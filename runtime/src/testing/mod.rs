//! Tests of workflows: with a Temporal service of their own that skips time, and with recorded histories.
//!
//! # A service for each test
//!
#![cfg_attr(feature = "embedded", doc = "[`#[durably::test]`](macro@crate::test)")]
#![cfg_attr(not(feature = "embedded"), doc = "`#[durably::test]`, with the feature `embedded`,")]
//! starts a service in the process of the test, in milliseconds. The test drives workflows through its client, says when
//! time passes, and answers activities itself:
//!
#![cfg_attr(feature = "embedded", doc = "```")]
#![cfg_attr(not(feature = "embedded"), doc = "```ignore")]
//! use durably::{prelude::*, testing::TestEnv};
//!
//! #[workflow(task_queue = "orders")]
//! #[derive(Default)]
//! struct Order { approved: bool }
//!
//! #[workflow]
//! impl Order {
//!     #[run(id = "order-{number}")]
//!     async fn run(ctx: &WorkflowContext<Self>, number: u32, card: String) -> WorkflowResult<bool> {
//!         durably::select! {
//!             approved = ctx.wait_condition(|w| w.approved) => approved?,
//!             _ = ctx.timer(Duration::from_secs(30 * 86_400)) => return Ok(false),
//!         }
//!         charge::execute(ctx, card, 300_u32).await?;
//!         Ok(true)
//!     }
//!
//!     #[signal]
//!     fn approve(&mut self) { self.approved = true }
//! }
//!
//! #[activity(start_to_close_timeout = "10s", retry_policy(initial_interval = "1h"))]
//! async fn charge(card: String, cents: u32) -> ActivityResult<String> {
//!     Err(ActivityError::application(ApplicationFailure::new("there is no bank here")))
//! }
//!
//! # fn main() -> Result<(), durably::testing::TestFailure> {
//! #     durably::__::TestCase::new().run(pays_when_it_is_approved)?;
//! #     durably::__::TestCase::new().run(gives_up_after_a_month)
//! # }
//! # /*
//! #[durably::test]
//! # */
//! async fn pays_when_it_is_approved(env: &TestEnv) -> Result<(), Box<dyn std::error::Error>> {
//!     let charge = env
//!         .mock::<charge>(|card: String, cents: u32| Ok(format!("{cents} from {card}")))
//!         .fails_once(ApplicationFailure::new("the bank sleeps"));
//!     env.worker().workflow::<Order>().start()?;
//!
//!     let order = Order::start(env.client(), 7_u32, "4111").await?;
//!     env.skip(Duration::from_secs(86_400)).await;
//!     order.approve().await?;
//!     assert!(order.result().await?);           // the hour until the second attempt is skipped
//!     assert_eq!(charge.calls(), [("4111".to_owned(), 300), ("4111".to_owned(), 300)]);
//!     Ok(())
//! }
//!
//! # /*
//! #[durably::test]
//! # */
//! async fn gives_up_after_a_month(env: &TestEnv) -> Result<(), Box<dyn std::error::Error>> {
//!     env.mock::<charge>(|_: String, _: u32| Ok(String::new())).never();
//!     env.worker().workflow::<Order>().start()?;
//!     assert!(!Order::start(env.client(), 8_u32, "4111").execute().await?);
//!     Ok(())
//! }
//! ```
//!
//! When the test is over, its workers are stopped, the expectations of its mocks are checked, and **each run of a workflow
//! that its workers know is replayed**, those that are still open too. So code that does something else when it runs again
//! fails the test that ran it, with the workflow, the run and the event.
//!
//! What cannot come is not waited for: a call of an activity that has no mock and is not registered ends the test, and so do a
//! workflow task that fails (a panic of the workflow, a workflow type that no worker knows), a mock that is called too often,
//! and, after some seconds, a task on a task queue that nobody polls.
//!
//! # Time
//!
//! | while | time |
//! | --- | --- |
//! | somebody waits for the result of a workflow | skips to the next timer whenever nobody has anything to do |
//! | `env.skip(..)` | moves on by exactly that |
//! | otherwise | goes with the wall's, as good as standing still |
//!
//! Timers, timeouts, the pauses between attempts, cron and schedules all follow it. An activity that runs, or is to be
//! finished from outside, holds time. Deadlines of the test itself, such as `tokio::time::timeout`, are of the wall's time. A
//! test that waits for something else that takes time, such as an update whose handler sleeps, moves it at the same time:
//! `tokio::join!(order.pay_tomorrow(), env.skip(day))`.
//!
//! # By replay
//!
//! [`replay`] takes the history of a run that was recorded, say in production, and tells whether the code of today does the
//! same.
//!
//! # How fast
//!
//! A test takes tens of milliseconds in a debug build; any number of them run side by side. The first worker or replay of a
//! process takes a checksum of the executable, which is a second of a large one without optimisation. Two lines in `Cargo.toml`
//! make nothing of that:
//!
//! ```toml
//! [profile.dev.package.crc32fast]
//! opt-level = 3
//! ```

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
