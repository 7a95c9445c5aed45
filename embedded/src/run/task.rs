//! Workflow tasks: scheduled, started, failed, timed out. Their completion is in `completion.rs`.

use std::time::Duration;

use super::{Due, Effect, Run, Step, Sticky, Waiting, failures, log, log::Extra};
use crate::{
    api::{
        Attributes, Failure, HistoryEvent, TaskQueue,
        enums::{SuggestContinueAsNewReason, TaskQueueKind, TimeoutType, WorkflowTaskFailedCause},
        history,
    },
    time::{self, Time},
};

/// How long a speculative task waits for a worker.
const SPECULATIVE_SCHEDULE_TO_START: Duration = Duration::from_secs(5);
/// From this attempt on a failing task is given more and more time, so that it is tried less and less often.
const SLOW_ATTEMPT: i32 = 4;
const SLOWEST: Duration = Duration::from_secs(600);

/// What of a workflow task is in the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TaskKind {
    /// That it was scheduled, and started.
    Normal,
    /// Nothing unless it succeeds: it is tried again after a failure.
    Transient,
    /// Nothing unless it leads to something: it is there for an update that may be rejected.
    Speculative,
}

/// The workflow task that is scheduled or started; a run has one at most.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) kind: TaskKind,
    pub(crate) stamp: u64,
    pub(crate) scheduled_id: i64,
    /// 0 while it is scheduled.
    pub(crate) started_id: i64,
    pub(crate) attempt: i32,
    /// The queue of the worker that has the run in memory, if it was scheduled there.
    pub(crate) sticky: Option<String>,
    pub(crate) scheduled_time: Time,
    pub(crate) original_scheduled_time: Time,
    pub(crate) started_time: Option<Time>,
    pub(crate) start_to_close: Duration,
    /// How long it waits for a worker where it was put; zero is for ever.
    pub(super) schedule_to_start: Duration,
    pub(super) identity: String,
    pub(super) request_id: String,
    pub(super) suggestions: Vec<i32>,
    pub(super) history_bytes: i64,
}

impl Task {
    pub(crate) fn is_started(&self) -> bool {
        self.started_time.is_some()
    }

    fn scheduled_event(&self, normal_queue: &TaskQueue) -> Attributes {
        let task_queue = match &self.sticky {
            Some(name) => TaskQueue {
                name: name.clone(),
                kind: TaskQueueKind::Sticky as i32,
                normal_name: normal_queue.name.clone(),
            },
            None => normal_queue.clone(),
        };
        Attributes::WorkflowTaskScheduledEventAttributes(history::WorkflowTaskScheduledEventAttributes {
            task_queue: Some(task_queue),
            start_to_close_timeout: Some(time::proto(self.start_to_close)),
            attempt: self.attempt,
        })
    }

    #[allow(deprecated)]
    fn started_event(&self) -> Attributes {
        Attributes::WorkflowTaskStartedEventAttributes(history::WorkflowTaskStartedEventAttributes {
            scheduled_event_id: self.scheduled_id,
            identity: self.identity.clone(),
            request_id: self.request_id.clone(),
            suggest_continue_as_new: !self.suggestions.is_empty(),
            suggest_continue_as_new_reasons: self.suggestions.clone(),
            history_size_bytes: self.history_bytes,
            ..Default::default()
        })
    }
}

impl Run {
    /// Makes a workflow task, unless there is one, or none is due.
    pub(super) fn schedule_task(&mut self, step: &mut Step<'_>) {
        if step.gathers {
            self.wants_task = true;
        } else if self.is_open() && self.task.is_none() && self.waiting.is_none() {
            let kind = if self.attempt > 1 { TaskKind::Transient } else { TaskKind::Normal };
            self.make_task(kind, step.now, step);
        }
    }

    /// Makes a workflow task for updates that may leave no trace; one that is there already takes them along.
    pub(super) fn schedule_speculative_task(&mut self, step: &mut Step<'_>) {
        if !self.is_open() || self.task.is_some() {
            return;
        }
        // An update does not wait for a start delay or a cron schedule.
        let first = self.waiting.take().is_some() || self.last_started_id == 0;
        let kind = match (first, self.attempt > 1) {
            (true, _) => TaskKind::Normal,
            (false, true) => TaskKind::Transient,
            (false, false) => TaskKind::Speculative,
        };
        self.make_task(kind, step.now, step);
    }

    /// `original` is when the first of a chain of heartbeats was scheduled.
    pub(super) fn make_task(&mut self, kind: TaskKind, original: Time, step: &mut Step<'_>) {
        let sticky = self.sticky.as_ref().filter(|_| self.attempt == 1);
        let (sticky, schedule_to_start) = match sticky {
            Some(Sticky { queue, schedule_to_start }) => (Some(queue.clone()), *schedule_to_start),
            None => (None, Duration::ZERO),
        };
        let schedule_to_start = match kind {
            TaskKind::Speculative => SPECULATIVE_SCHEDULE_TO_START,
            TaskKind::Normal | TaskKind::Transient => schedule_to_start,
        };
        let stamp = self.stamp();
        let mut task = Task {
            kind,
            stamp,
            scheduled_id: self.log.next_id(),
            started_id: 0,
            attempt: self.attempt,
            sticky,
            scheduled_time: step.now,
            original_scheduled_time: original,
            started_time: None,
            start_to_close: self.task_timeout(),
            schedule_to_start,
            identity: String::new(),
            request_id: String::new(),
            suggestions: Vec::new(),
            history_bytes: 0,
        };
        if kind == TaskKind::Normal {
            let event = task.scheduled_event(&self.task_queue());
            task.scheduled_id = self.log.append(event, step.now, Extra::default());
        }
        self.task = Some(task);
        step.effect(Effect::WorkflowTask { stamp });
        step.timer(schedule_to_start, Due::TaskScheduleToStart { stamp });
    }

    /// A worker takes the task; `false` if it is not to be had any more. `from_sticky` says from which queue. A request
    /// without an id gets one.
    pub(crate) fn start_task(
        &mut self,
        stamp: u64,
        from_sticky: bool,
        identity: &str,
        request_id: Option<&str>,
        step: &mut Step<'_>,
    ) -> bool {
        let open = self.is_open();
        let Some(task) = self.task.as_ref().filter(|task| open && task.stamp == stamp && !task.is_started()) else {
            return false;
        };
        if from_sticky && self.sticky.is_none() {
            return false;
        }
        if !from_sticky {
            self.sticky = None;
        }
        let request_id = request_id.map_or_else(|| step.new_id(), str::to_owned);
        let renewed = task.kind == TaskKind::Transient && task.scheduled_id != self.log.next_id();
        let attempt = if renewed { 1 } else { task.attempt };
        let start_to_close = self.task_timeout_of(attempt);
        let suggestions = self.suggestions(step);
        let history_bytes = i64::try_from(self.log.bytes()).unwrap_or(i64::MAX);
        if renewed {
            self.attempt = 1;
        }
        let queue = self.task_queue();
        let Some(task) = &mut self.task else { return false };
        if renewed {
            // Something happened since the failure: the attempt is a first one, and has its events.
            task.kind = TaskKind::Normal;
            task.attempt = 1;
            task.scheduled_id = self.log.append(task.scheduled_event(&queue), task.scheduled_time, Extra::default());
        }
        task.started_time = Some(step.now);
        task.start_to_close = start_to_close;
        task.identity = identity.to_owned();
        task.request_id = request_id;
        task.suggestions = suggestions;
        task.history_bytes = history_bytes;
        task.started_id = match task.kind {
            TaskKind::Normal => self.log.append(task.started_event(), step.now, Extra::default()),
            TaskKind::Transient | TaskKind::Speculative => {
                task.scheduled_id = self.log.next_id();
                task.scheduled_id + 1
            }
        };
        step.timer(start_to_close, Due::TaskStartToClose { stamp });
        self.finish(step);
        true
    }

    /// Writes the events of a task that has none so far, as far as it has come.
    pub(super) fn write_task_events(&mut self) {
        let queue = self.task_queue();
        let Some(task) = &mut self.task else { return };
        if task.kind == TaskKind::Normal {
            return;
        }
        task.scheduled_id = self.log.append(task.scheduled_event(&queue), task.scheduled_time, Extra::default());
        if let Some(started) = task.started_time {
            task.started_id = self.log.append(task.started_event(), started, Extra::default());
        }
    }

    /// The events of a task that are not in the history, as its worker has to see them.
    pub(crate) fn unwritten_events(&self) -> Vec<HistoryEvent> {
        let Some(task) = self.task.as_ref().filter(|task| task.kind != TaskKind::Normal) else { return Vec::new() };
        let id = self.log.next_id();
        let queue = self.task_queue();
        let mut events = vec![log::event(id, task.scheduled_event(&queue), task.scheduled_time, Extra::default())];
        if let Some(started) = task.started_time {
            let task = Task { scheduled_id: id, ..task.clone() };
            events.push(log::event(id + 1, task.started_event(), started, Extra::default()));
        }
        events
    }

    /// Takes over the task that another run has scheduled, and maybe started.
    pub(super) fn take_over_task(&mut self, event: &HistoryEvent) {
        let time = event.event_time.as_ref().map(Time::from_proto).unwrap_or_default();
        match &event.attributes {
            Some(Attributes::WorkflowTaskScheduledEventAttributes(scheduled)) => {
                let stamp = self.stamp();
                self.task = Some(Task {
                    kind: TaskKind::Normal,
                    stamp,
                    scheduled_id: event.event_id,
                    started_id: 0,
                    attempt: scheduled.attempt,
                    sticky: None,
                    scheduled_time: time,
                    original_scheduled_time: time,
                    started_time: None,
                    start_to_close: time::duration(scheduled.start_to_close_timeout.as_ref()),
                    schedule_to_start: Duration::ZERO,
                    identity: String::new(),
                    request_id: String::new(),
                    suggestions: Vec::new(),
                    history_bytes: 0,
                });
            }
            Some(Attributes::WorkflowTaskStartedEventAttributes(_)) => {
                if let Some(task) = &mut self.task {
                    task.started_id = event.event_id;
                    task.started_time = Some(time);
                }
            }
            _ => {}
        }
    }

    /// Writes that the task was started, if it was not.
    pub(super) fn start_to_reset(&mut self, step: &mut Step<'_>) {
        let request_id = step.new_id();
        let Some(task) = self.task.as_mut().filter(|task| !task.is_started()) else { return };
        task.identity = "history-service".to_owned();
        task.request_id = request_id;
        task.started_time = Some(step.now);
        task.started_id = self.log.append(task.started_event(), step.now, Extra::default());
    }

    /// The task of this stamp that a worker has.
    pub(super) fn started_task(&self, stamp: u64) -> Option<&Task> {
        self.task.as_ref().filter(|task| self.is_open() && task.stamp == stamp && task.is_started())
    }

    /// A worker could not do the task; `false` if it is not to be had any more.
    pub(crate) fn fail_task(
        &mut self,
        stamp: u64,
        cause: WorkflowTaskFailedCause,
        failure: Option<Failure>,
        identity: &str,
        step: &mut Step<'_>,
    ) -> bool {
        if self.started_task(stamp).is_none() {
            return false;
        }
        if self.task.as_ref().is_some_and(|task| task.kind == TaskKind::Speculative) {
            // That it has failed is to be seen.
            self.persist_task();
        }
        self.end_task(step, |task| {
            Attributes::WorkflowTaskFailedEventAttributes(history::WorkflowTaskFailedEventAttributes {
                scheduled_event_id: task.scheduled_id,
                started_event_id: task.started_id,
                cause: cause as i32,
                failure: failure.map(failures::readable),
                identity: identity.to_owned(),
                ..Default::default()
            })
        });
        self.finish(step);
        true
    }

    /// Ends the task without success and makes the next one.
    pub(super) fn end_task(&mut self, step: &mut Step<'_>, event: impl FnOnce(&Task) -> Attributes) {
        let Some(task) = self.task.take() else { return };
        if task.kind == TaskKind::Normal {
            self.log.append(event(&task), step.now, Extra::default());
        }
        let was_sticky = self.sticky.take().is_some();
        self.attempt = if was_sticky || task.kind == TaskKind::Speculative { 1 } else { self.attempt + 1 };
        self.updates.task_failed();
        if self.flush() {
            self.attempt = 1;
        }
        self.schedule_task(step);
    }

    /// The worker did not answer in time.
    pub(super) fn task_timed_out(&mut self, step: &mut Step<'_>) {
        self.end_task(step, |task| timed_out(task, TimeoutType::StartToClose));
    }

    /// No worker took the task from the queue it was put into.
    pub(super) fn task_not_taken(&mut self, step: &mut Step<'_>) {
        self.sticky = None;
        let Some(task) = self.task.take() else { return };
        self.attempt = 1;
        if task.kind == TaskKind::Normal {
            self.log.append(timed_out(&task, TimeoutType::ScheduleToStart), step.now, Extra::default());
        }
        self.make_task(TaskKind::Normal, step.now, step);
    }

    /// The worker that had the run in memory is gone.
    pub(crate) fn forget_sticky(&mut self) {
        self.sticky = None;
    }

    pub(crate) fn sticky_queue(&self) -> Option<&str> {
        self.sticky.as_ref().map(|sticky| sticky.queue.as_str())
    }

    pub(super) fn set_sticky(&mut self, queue: String, schedule_to_start: Duration) {
        self.sticky = Some(Sticky { queue, schedule_to_start });
    }

    /// The first workflow task may run from now on.
    pub(super) fn first_task(&mut self, step: &mut Step<'_>) {
        if matches!(self.waiting, Some(Waiting::Backoff(_))) {
            self.waiting = None;
            self.schedule_task(step);
        }
    }

    pub(crate) fn task_queue(&self) -> TaskQueue {
        self.started.task_queue.clone().unwrap_or_default()
    }

    fn task_timeout(&self) -> Duration {
        self.task_timeout_of(self.attempt)
    }

    fn task_timeout_of(&self, attempt: i32) -> Duration {
        let timeout = time::duration(self.started.workflow_task_timeout.as_ref());
        let Ok(slow) = u32::try_from(attempt - SLOW_ATTEMPT) else { return timeout };
        timeout + Duration::from_secs(5).saturating_mul(1_u32.checked_shl(slow).unwrap_or(u32::MAX)).min(SLOWEST)
    }

    fn suggestions(&self, step: &Step<'_>) -> Vec<i32> {
        let mut reasons = Vec::new();
        if self.log.bytes() >= step.limits.suggested_bytes {
            reasons.push(SuggestContinueAsNewReason::HistorySizeTooLarge as i32);
        }
        if self.log.len() >= step.limits.suggested_events {
            reasons.push(SuggestContinueAsNewReason::TooManyHistoryEvents as i32);
        }
        if self.updates.count() * 10 >= step.limits.updates * 9 {
            reasons.push(SuggestContinueAsNewReason::TooManyUpdates as i32);
        }
        reasons
    }
}

fn timed_out(task: &Task, timeout: TimeoutType) -> Attributes {
    Attributes::WorkflowTaskTimedOutEventAttributes(history::WorkflowTaskTimedOutEventAttributes {
        scheduled_event_id: task.scheduled_id,
        started_event_id: task.started_id,
        timeout_type: timeout as i32,
    })
}
