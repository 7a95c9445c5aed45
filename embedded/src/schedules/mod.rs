//! Schedules: when they act ([`spec`]) and what they do ([`state`]). Pure: they are told the time, and tell what they
//! want done.
//!
//! # How the engine uses them
//!
//! ```text
//! // CreateSchedule. Before: the namespace, that search attributes exist, and whether the id is taken:
//! // the same request_id is answered as the first time, another one with Refusal::exists.
//! let (schedule, actions) = Schedule::create(now, namespace_id, request)?;   // Refusal: code and message
//! answer(CreateScheduleResponse { conflict_token: schedule.conflict_token() });
//!
//! // PatchSchedule, UpdateSchedule.
//! let actions = schedule.patch(now, request)?;
//! let actions = schedule.update(now, request, OnConflict::Ignore)?;
//!
//! // The timer at schedule.next_wakeup(), which every input may change.
//! let actions = schedule.due(now);
//!
//! // A workflow that a schedule started has closed, and no run follows it (retry, continue-as-new).
//! let actions = schedule.run_closed(now, workflow_id, first_run_id, Outcome::Completed(result));
//! ```
//!
//! Every input returns actions to be carried out in order. Each start is answered, with the lock on the schedule held or
//! not, and the answer may return more actions:
//!
//! ```text
//! match start_workflow(request) {                    // the request lacks only its request_id
//!     Ok(run) => schedule.started(now, id, &run.workflow_id, &run.run_id),
//!     Err(_) => schedule.start_failed(now, id),       // it is not tried again
//! }
//! ```
//!
//! After the last one: set the timer, take the schedule off if it [is finished](Schedule::is_finished) (as if it was
//! deleted), and store its [list entry](Schedule::list_entry) for queries on `ScheduleId`, `TemporalSchedulePaused`
//! ([`Schedule::is_paused`]) and its own search attributes. A deleted schedule is dropped; what it started goes on.
//! Recurring work does not pull time: see the clock.
//!
//! # Where the real server differs
//!
//! - Jitter is as even and as repeatable, but not the same: it depends on the namespace's random id there too.
//! - Searches never go back in time. The server's do on a day or an hour that a zone never had (Samoa 2011).
//! - Zones are those of the tz database that is compiled in; `timezone_data` is refused.
//! - Closed runs are noticed at once, not when the schedule wakes up or is described. So a backfill that skips goes on,
//!   and a failure pauses, sooner.
//! - A paused schedule shows future times from now on, not from its last action on.
//! - A time beyond the catch-up window is counted as missed once, not at every wake-up until an action succeeds it.
//! - Negative `remaining_actions` are none, not an `INTERNAL` error.
//! - A schedule is kept while its runs run, even if it will never act again.

mod refusal;
pub(crate) mod spec;
mod state;
mod validate;

pub(crate) use self::{
    refusal::Refusal,
    state::{Action, OnConflict, Outcome, Schedule},
    validate::schedule_id as validate_id,
};
