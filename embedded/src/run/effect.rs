//! What a transition needs, and what it asks of the engine.

use std::time::Duration;

use super::{Answer, Start, external::Target};
use crate::{
    api::{
        Failure, Header, Payloads, WorkflowExecution, WorkflowType,
        enums::{ParentClosePolicy, RetryState, StartChildWorkflowExecutionFailedCause, WorkflowIdReusePolicy},
    },
    limits::Limits,
    time::Time,
    visibility::Attributes,
};

/// One transition: when it is, and what it leads to.
pub(crate) struct Step<'a> {
    pub(crate) now: Time,
    pub(crate) limits: &'a Limits,
    /// The search attributes of the namespace.
    pub(crate) attributes: &'a Attributes,
    pub(crate) effects: Vec<Effect>,
    /// Whether several things happen at this instant, which are for one workflow task to see.
    pub(super) gathers: bool,
    /// Makes random ids.
    ids: &'a mut dyn FnMut() -> String,
}

impl<'a> Step<'a> {
    pub(crate) fn new(
        now: Time,
        limits: &'a Limits,
        attributes: &'a Attributes,
        ids: &'a mut dyn FnMut() -> String,
    ) -> Self {
        Self { now, limits, attributes, effects: Vec::new(), gathers: false, ids }
    }

    pub(super) fn new_id(&mut self) -> String {
        (self.ids)()
    }

    pub(super) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Asks for a call at that time, unless it is never.
    pub(super) fn timer(&mut self, after: Duration, due: Due) {
        if !after.is_zero() {
            self.effects.push(Effect::Timer { at: self.now + after, due });
        }
    }
}

/// What the engine has to do for a run.
#[derive(Debug)]
pub(crate) enum Effect {
    /// Calls [`Run::due`](super::Run::due) at that time, if [`Run::is_live`](super::Run::is_live) still says so.
    Timer { at: Time, due: Due },
    /// The workflow task of this stamp waits for a worker.
    WorkflowTask { stamp: u64 },
    /// An attempt of an activity waits for a worker.
    ActivityTask { task_queue: String, scheduled_id: i64, stamp: u64 },
    /// Starts another workflow and tells this one of it.
    StartChild(Box<StartChild>),
    /// Sends a signal to another workflow and tells this one whether it arrived.
    Signal { initiated_id: i64, target: Target, name: String, input: Option<Payloads>, header: Option<Header> },
    /// Asks another workflow to cancel itself and tells this one whether it was asked.
    Cancel { initiated_id: i64, target: Target, reason: String },
    /// Tells the parent, or the schedule, how this chain ended.
    Report(Report),
    /// The run is closed: what becomes of a child of it.
    CloseChild { child: WorkflowExecution, policy: ParentClosePolicy },
    /// Starts the next run of the chain.
    Continue(Box<NewRun>),
    /// A query has its answer.
    QueryAnswered { id: u64, answer: Answer },
}

/// What a timer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    FirstTask,
    RunTimeout,
    ExecutionTimeout,
    TaskStartToClose { stamp: u64 },
    TaskScheduleToStart { stamp: u64 },
    UserTimer { started_id: i64 },
    ActivityScheduleToStart { scheduled_id: i64, stamp: u64 },
    ActivityScheduleToClose { scheduled_id: i64 },
    ActivityStartToClose { scheduled_id: i64, stamp: u64 },
    ActivityHeartbeat { scheduled_id: i64, stamp: u64 },
    ActivityRetry { scheduled_id: i64, stamp: u64 },
}

/// The next run of a chain.
#[derive(Debug)]
pub(crate) struct NewRun {
    pub(crate) run_id: String,
    pub(crate) start: Start,
}

/// A child to start.
#[derive(Debug)]
pub(crate) struct StartChild {
    pub(crate) initiated_id: i64,
    pub(crate) namespace: String,
    pub(crate) reuse_policy: WorkflowIdReusePolicy,
    pub(crate) start: Start,
}

/// What a child tells its parent.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) initiated_id: i64,
    pub(crate) execution: WorkflowExecution,
    pub(crate) workflow_type: Option<WorkflowType>,
    pub(crate) outcome: Outcome,
}

/// How a child's chain ended, or what became of its start.
#[derive(Debug)]
pub(crate) enum Outcome {
    Started { header: Option<Header> },
    NotStarted { cause: StartChildWorkflowExecutionFailedCause },
    Completed { result: Option<Payloads> },
    Failed { failure: Option<Box<Failure>>, retry_state: RetryState },
    Canceled { details: Option<Payloads> },
    TimedOut { retry_state: RetryState },
    Terminated,
}
