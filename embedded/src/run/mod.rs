//! One run of a workflow, as a machine without I/O and without a clock.
//!
//! Each method is a transition: it takes the state and an input, at the instant [`Step::now`], and leaves new events in the
//! history and [`Effect`]s for the engine to carry out: tasks to hand out, timers to set, messages to other runs. A refused
//! input changes nothing.

mod activities;
mod activity;
mod buffer;
mod check;
mod children;
mod close;
mod commands;
mod completion;
mod effect;
mod external;
mod failures;
mod log;
mod messages;
mod next;
mod options;
mod queries;
mod rebuild;
mod record;
mod reset;
mod resume;
mod retry;
mod start;
mod task;
#[cfg(test)]
mod tests;
mod timers;
mod updates;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    time::Duration,
};

pub(crate) use activity::{Activity, Phase};
pub(crate) use completion::{Completed, Completion};
pub(crate) use effect::{Due, Effect, NewRun, Outcome, Report, StartChild, Step};
pub(crate) use external::Target;
pub(crate) use log::Log;
pub(crate) use messages::{Cancel, Signal};
pub(crate) use options::{Attach, Options, OptionsChange};
pub(crate) use queries::{Answer, Query, answer};
pub(crate) use record::{Damaged, decode_events, encode_events};
pub(crate) use reset::Reset;
pub(crate) use retry::validate as validate_retry_policy;
pub(crate) use start::{Parent, Start};
pub(crate) use task::{Task, TaskKind};
pub(crate) use updates::Progress;

use crate::{
    api::{Memo, SearchAttributes, UserMetadata, enums::WorkflowExecutionStatus, history},
    time::Time,
};
use buffer::Buffered;
use children::Child;
use external::Pending;
use timers::Timer;
use updates::Updates;

/// The names of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ids {
    pub(crate) namespace: String,
    pub(crate) namespace_id: String,
    pub(crate) workflow_id: String,
    pub(crate) run_id: String,
    /// The run that began the chain of retries, cron runs and continue-as-new.
    pub(crate) first_run_id: String,
}

/// The queue of the worker that has the run in memory.
#[derive(Clone, Debug)]
struct Sticky {
    queue: String,
    schedule_to_start: Duration,
}

/// Why there is no first workflow task so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Waiting {
    /// Until this time: a start delay, a cron schedule, the backoff of a retry.
    Backoff(Time),
    /// Until the parent has recorded the start.
    Parent,
}

/// The state of one run; the history holds what led to it.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) ids: Ids,
    /// The attributes of the first event.
    pub(crate) started: history::WorkflowExecutionStartedEventAttributes,
    pub(crate) start_time: Time,
    /// When the first workflow task may run.
    pub(crate) execution_time: Time,
    pub(crate) status: WorkflowExecutionStatus,
    pub(crate) close_time: Option<Time>,
    pub(crate) log: Log,
    pub(crate) memo: Memo,
    pub(crate) search_attributes: SearchAttributes,
    /// Changes with memo and search attributes.
    pub(crate) visible: u64,
    pub(crate) user_metadata: Option<UserMetadata>,
    pub(crate) create_request_id: String,
    /// Where its tasks go, and before which others, as it was last told.
    pub(crate) options: Options,
    /// The requests that were attached since it was started, in the order they came.
    pub(crate) attached: Vec<String>,
    /// How often the state has changed.
    pub(crate) transitions: i64,
    pub(crate) task: Option<Task>,
    /// A workflow task is to be made once everything of this instant is written.
    wants_task: bool,
    /// The attempt of the next workflow task.
    attempt: i32,
    /// The started event of the last completed workflow task; 0 before.
    pub(crate) last_started_id: i64,
    /// The completed event of the last completed workflow task; 0 before.
    last_completed_id: i64,
    sticky: Option<Sticky>,
    waiting: Option<Waiting>,
    buffered: Vec<Buffered>,
    pub(crate) activities: BTreeMap<i64, Activity>,
    activity_ids: HashMap<String, i64>,
    timers: HashMap<String, Timer>,
    pub(crate) children: BTreeMap<i64, Child>,
    signals: BTreeMap<i64, Pending>,
    cancels: BTreeMap<i64, Pending>,
    /// The request ids of the signals so far.
    signal_requests: HashSet<String>,
    pub(crate) cancel_requested: bool,
    updates: Updates,
    queries: Vec<Query>,
    next_stamp: u64,
}

impl Run {
    pub(crate) fn is_open(&self) -> bool {
        self.status == WorkflowExecutionStatus::Running
    }

    /// Whether a workflow task is out with a worker.
    pub(super) fn task_started(&self) -> bool {
        self.task.as_ref().is_some_and(Task::is_started)
    }

    /// A number that nothing else of this run has: what was made before can be told from what is there now.
    fn stamp(&mut self) -> u64 {
        self.next_stamp += 1;
        self.next_stamp
    }

    /// Whether the run waits for somebody else than the clock: then time must not skip.
    pub(crate) fn is_busy(&self) -> bool {
        self.is_open()
            && (self.task.is_some()
                || self.waiting == Some(Waiting::Parent)
                || self.activities.values().any(Activity::is_busy)
                || self.children.values().any(|child| child.run_id.is_none())
                || !self.signals.is_empty()
                || !self.cancels.is_empty())
    }

    /// Whether nothing keeps time from skipping but tasks in queues that no worker polls.
    pub(crate) fn waits_for_workers_only(
        &self,
        polled: impl Fn(&str) -> bool,
        polled_for_activities: impl Fn(&str) -> bool,
    ) -> bool {
        let waits = |task: &Task| {
            !task.is_started() && !polled(&self.task_queue().name) && !task.sticky.as_deref().is_some_and(&polled)
        };
        let idle = |activity: &Activity| {
            !activity.is_busy() || (activity.phase == Phase::Scheduled && !polled_for_activities(activity.task_queue()))
        };
        self.task.as_ref().is_none_or(waits)
            && self.waiting != Some(Waiting::Parent)
            && self.activities.values().all(idle)
            && self.children.values().all(|child| child.run_id.is_some())
            && self.signals.is_empty()
            && self.cancels.is_empty()
    }

    /// Somebody outside will end the attempt of this activity that goes on; `false` if no worker has had it.
    pub(crate) fn release_activity(&mut self, activity_id: &str) -> bool {
        let started = self.activities.values_mut().find(|activity| activity.scheduled.activity_id == activity_id);
        match started.filter(|activity| matches!(activity.phase, Phase::Started { .. })) {
            Some(activity) => {
                activity.released = true;
                true
            }
            None => false,
        }
    }
}
