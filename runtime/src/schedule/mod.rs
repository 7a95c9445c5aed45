//! Schedules: workflows that the service starts by the clock, with typed arguments.

mod action;
mod change;
mod create;
mod describe;
mod error;
mod handle;
mod options;

pub use change::ScheduleChange;
pub use create::CreateSchedule;
pub use describe::ScheduleDescription;
pub use error::ScheduleError;
pub use handle::ScheduleHandle;

pub use temporalio_client::schedules::{
    ListSchedulesStream, ScheduleBackfill, ScheduleCalendarSpec, ScheduleOverlapPolicy, ScheduleRecentAction,
    ScheduleRunningAction, ScheduleSummary,
};

use temporalio_client::{Client, schedules::ListSchedulesOptions};

/// All schedules of the client's namespace, as a stream that fetches page by page. What was just created may take a moment to
/// appear.
pub fn list_schedules(client: &Client) -> ListSchedulesStream {
    client.list_schedules(ListSchedulesOptions::builder().build())
}

/// The schedules that a list filter matches, such as `` `SchedulePaused` = true ``.
pub fn find_schedules(client: &Client, filter: impl Into<String>) -> ListSchedulesStream {
    client.list_schedules(ListSchedulesOptions::builder().query(filter.into()).build())
}
