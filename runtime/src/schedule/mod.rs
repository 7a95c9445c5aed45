//! Schedules: workflows that the service starts by the clock, with typed arguments.
//!
//! ```
//! # use durably::prelude::*;
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
//! # fn main() {}
//! # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
//! use durably::schedule::ScheduleOverlapPolicy;
//!
//! let nightly = Greeting::schedule(&client, "nightly", "Ada")
//!     .cron("0 2 * * *")
//!     .overlap(ScheduleOverlapPolicy::Skip)
//!     .create()
//!     .await?;
//! nightly.trigger().await?;
//! nightly.pause("it is late").await?;
//!
//! // By its id, from anywhere; what the closure does not name stays as it is.
//! let nightly = Greeting::schedule_handle(&client, "nightly");
//! nightly.update(|schedule| schedule.arguments(Greeting::arguments("Grace")).clear_times().cron("0 4 * * *")).await?;
//! let (host, ()) = nightly.describe().await?.arguments().await?;
//! nightly.delete().await?;
//! # Ok(()) }
//! ```

mod action;
mod change;
mod create;
mod describe;
mod error;
mod handle;
mod list;
mod options;
mod send;

pub use change::ScheduleChange;
pub use create::CreateSchedule;
pub use describe::ScheduleDescription;
pub use error::ScheduleError;
pub use handle::ScheduleHandle;
pub use list::{ListSchedules, find_schedules, list_schedules};

pub use temporalio_client::schedules::{
    ScheduleBackfill, ScheduleCalendarSpec, ScheduleOverlapPolicy, ScheduleRecentAction, ScheduleRunningAction,
    ScheduleSummary,
};
