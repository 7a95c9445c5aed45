//! The beginning of a run.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    time::Duration,
};

use super::{Due, Effect, Ids, Log, Options, Run, Step, Waiting, failures, log::Extra, retry, updates::Updates};
use crate::{
    api::{
        Attributes, Failure, Header, Link, Memo, Payloads, Priority, RetryPolicy, SearchAttributes, TaskQueue,
        UserMetadata, WorkflowExecution, WorkflowType,
        enums::{ContinueAsNewInitiator, TaskQueueKind, WorkflowExecutionStatus},
        history, workflow,
    },
    time::{self, Time},
};

/// Unless the start says otherwise.
pub(super) const TASK_TIMEOUT: Duration = Duration::from_secs(10);

/// Everything a run begins with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Start {
    pub(crate) namespace: String,
    pub(crate) namespace_id: String,
    pub(crate) workflow_id: String,
    pub(crate) workflow_type: WorkflowType,
    pub(crate) task_queue: String,
    pub(crate) input: Option<Payloads>,
    pub(crate) header: Option<Header>,
    /// `None` if nothing was said, which is not the same in histories as none.
    pub(crate) execution_timeout: Option<Duration>,
    pub(crate) run_timeout: Option<Duration>,
    pub(crate) task_timeout: Duration,
    pub(crate) identity: String,
    pub(crate) request_id: String,
    pub(crate) retry_policy: Option<RetryPolicy>,
    pub(crate) cron_schedule: String,
    pub(crate) memo: Memo,
    pub(crate) search_attributes: SearchAttributes,
    pub(crate) user_metadata: Option<UserMetadata>,
    pub(crate) links: Vec<Link>,
    pub(crate) priority: Option<Priority>,
    pub(crate) versioning_override: Option<workflow::VersioningOverride>,
    /// How long the first workflow task waits; `None` as 0, which histories tell apart.
    pub(crate) backoff: Option<Duration>,
    pub(crate) parent: Option<Parent>,
    pub(crate) root: Option<WorkflowExecution>,
    /// The run before, in the chain.
    pub(crate) continued: Option<Continued>,
    pub(crate) last_result: Option<Payloads>,
    pub(crate) last_failure: Option<Failure>,
    /// 1, unless the run is a retry.
    pub(crate) attempt: i32,
    pub(crate) eager: bool,
}

/// The workflow that started this one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Parent {
    pub(crate) namespace: String,
    pub(crate) namespace_id: String,
    pub(crate) execution: WorkflowExecution,
    pub(crate) initiated_id: i64,
}

/// Where a run comes from that is not the first of its chain.
#[derive(Clone, Debug)]
pub(crate) struct Continued {
    pub(crate) run_id: String,
    pub(crate) first_run_id: String,
    pub(crate) initiator: ContinueAsNewInitiator,
    /// When the whole chain has to be over.
    pub(crate) expiration: Option<Time>,
}

impl Run {
    /// A run that has begun. A child waits with its first task until [`Run::confirm`].
    pub(crate) fn new(start: Start, run_id: String, step: &mut Step<'_>) -> Self {
        let mut run = Self::blank(&start, &run_id, step.now);
        let event = Attributes::WorkflowExecutionStartedEventAttributes(run.started.clone());
        let extra = Extra { user_metadata: start.user_metadata, links: start.links };
        run.log.append(event, step.now, extra);
        run.expire_later(step);
        let confirmed_later = start.parent.is_some() && start.continued.is_none();
        if confirmed_later {
            run.waiting = Some(Waiting::Parent);
        } else {
            run.wait_for_first_task(step);
        }
        run
    }

    /// The run, and its chain, may take so long.
    pub(crate) fn expire_later(&self, step: &mut Step<'_>) {
        if let Some(at) = self.expires_by_itself() {
            step.effect(Effect::Timer { at, due: Due::RunTimeout });
        }
        if let Some(expiration) = &self.started.workflow_execution_expiration_time {
            step.effect(Effect::Timer { at: Time::from_proto(expiration), due: Due::ExecutionTimeout });
        }
    }

    /// The parent has recorded the start.
    pub(crate) fn confirm(&mut self, step: &mut Step<'_>) {
        if self.is_open() && self.waiting == Some(Waiting::Parent) {
            self.waiting = None;
            self.wait_for_first_task(step);
            self.schedule_task(step);
            self.finish(step);
        }
    }

    /// Begins with the first workflow task, or with waiting for it.
    fn wait_for_first_task(&mut self, step: &mut Step<'_>) {
        if self.execution_time > step.now {
            self.waiting = Some(Waiting::Backoff(self.execution_time));
            step.effect(Effect::Timer { at: self.execution_time, due: Due::FirstTask });
        }
    }

    /// Makes the first workflow task, if it may run by now; the other events of the start are written.
    pub(crate) fn begin(&mut self, step: &mut Step<'_>) {
        self.schedule_task(step);
        self.finish(step);
    }

    /// Whether the run waits for nothing but the time of its cron schedule. A retry before that is another matter.
    pub(crate) fn waits_for_cron(&self) -> bool {
        matches!(self.waiting, Some(Waiting::Backoff(_)))
            && !self.started.cron_schedule.is_empty()
            && self.started.initiator() != ContinueAsNewInitiator::Retry
    }

    /// The workflow that everything began with: itself, unless it is a child.
    pub(crate) fn root(&self) -> WorkflowExecution {
        let own = || WorkflowExecution { workflow_id: self.ids.workflow_id.clone(), run_id: self.ids.run_id.clone() };
        self.started.root_workflow_execution.clone().unwrap_or_else(own)
    }

    /// Until when the first workflow task waits.
    pub(crate) fn backoff_until(&self) -> Option<Time> {
        match self.waiting {
            Some(Waiting::Backoff(until)) => Some(until),
            Some(Waiting::Parent) | None => None,
        }
    }

    pub(super) fn blank(start: &Start, run_id: &str, now: Time) -> Self {
        let first_run_id =
            start.continued.as_ref().map_or_else(|| run_id.to_owned(), |continued| continued.first_run_id.clone());
        let ids = Ids {
            namespace: start.namespace.clone(),
            namespace_id: start.namespace_id.clone(),
            workflow_id: start.workflow_id.clone(),
            run_id: run_id.to_owned(),
            first_run_id,
        };
        Self {
            started: started(start, &ids, now),
            ids,
            start_time: now,
            execution_time: now + start.backoff.unwrap_or_default(),
            status: WorkflowExecutionStatus::Running,
            close_time: None,
            log: Log::default(),
            memo: start.memo.clone(),
            search_attributes: start.search_attributes.clone(),
            visible: 0,
            user_metadata: start.user_metadata.clone(),
            create_request_id: start.request_id.clone(),
            options: Options {
                versioning_override: start.versioning_override.clone(),
                priority: start.priority.clone(),
            },
            attached: Vec::new(),
            transitions: 0,
            task: None,
            wants_task: false,
            attempt: 1,
            last_started_id: 0,
            last_completed_id: 0,
            sticky: None,
            waiting: None,
            buffered: Vec::new(),
            activities: BTreeMap::new(),
            activity_ids: HashMap::new(),
            timers: HashMap::new(),
            children: BTreeMap::new(),
            signals: BTreeMap::new(),
            cancels: BTreeMap::new(),
            signal_requests: HashSet::new(),
            cancel_requested: false,
            updates: Updates::default(),
            queries: Vec::new(),
            next_stamp: 0,
        }
    }
}

/// A timeout that is one.
fn some(timeout: Option<Duration>) -> Option<Duration> {
    timeout.filter(|timeout| !timeout.is_zero())
}

fn started(start: &Start, ids: &Ids, now: Time) -> history::WorkflowExecutionStartedEventAttributes {
    let continued = start.continued.as_ref();
    let expiration = match continued {
        Some(continued) => continued.expiration,
        None => some(start.execution_timeout).map(|timeout| now + start.backoff.unwrap_or_default() + timeout),
    };
    let run_timeout = match (some(start.run_timeout), some(start.execution_timeout)) {
        (Some(run), Some(execution)) => Some(run.min(execution)),
        (None, Some(execution)) => Some(execution),
        (_, None) => start.run_timeout,
    };
    let task_timeout = if start.task_timeout.is_zero() { TASK_TIMEOUT } else { start.task_timeout };
    let task_timeout = some(run_timeout).map_or(task_timeout, |run| task_timeout.min(run));
    let parent = start.parent.clone().unwrap_or_default();
    history::WorkflowExecutionStartedEventAttributes {
        workflow_type: Some(start.workflow_type.clone()),
        parent_workflow_namespace: parent.namespace,
        parent_workflow_namespace_id: parent.namespace_id,
        parent_workflow_execution: start.parent.is_some().then_some(parent.execution),
        parent_initiated_event_id: parent.initiated_id,
        task_queue: Some(TaskQueue {
            name: start.task_queue.clone(),
            kind: TaskQueueKind::Normal as i32,
            normal_name: String::new(),
        }),
        input: start.input.clone(),
        workflow_execution_timeout: start.execution_timeout.map(time::proto),
        workflow_run_timeout: run_timeout.map(time::proto),
        workflow_task_timeout: Some(time::proto(task_timeout)),
        continued_execution_run_id: continued.map(|continued| continued.run_id.clone()).unwrap_or_default(),
        initiator: continued.map_or(ContinueAsNewInitiator::Unspecified, |continued| continued.initiator) as i32,
        continued_failure: start.last_failure.clone().map(failures::readable),
        last_completion_result: start.last_result.clone(),
        original_execution_run_id: ids.run_id.clone(),
        identity: start.identity.clone(),
        first_execution_run_id: ids.first_run_id.clone(),
        retry_policy: start.retry_policy.clone().map(retry::with_defaults),
        attempt: start.attempt.max(1),
        workflow_execution_expiration_time: expiration.map(Time::proto),
        cron_schedule: start.cron_schedule.clone(),
        first_workflow_task_backoff: start.backoff.map(time::proto),
        memo: (!start.memo.fields.is_empty()).then(|| start.memo.clone()),
        search_attributes: (!start.search_attributes.indexed_fields.is_empty())
            .then(|| start.search_attributes.clone()),
        header: start.header.clone(),
        workflow_id: ids.workflow_id.clone(),
        root_workflow_execution: start.root.clone(),
        versioning_override: start.versioning_override.clone(),
        priority: start.priority.clone(),
        eager_execution_accepted: start.eager,
        ..Default::default()
    }
}
