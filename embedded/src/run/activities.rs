//! Activities: scheduled by a command, taken by a worker, reported on, timed out, tried again.

use std::time::Duration;

use super::{
    Activity, Due, Effect, Run, Step,
    activity::Phase,
    buffer::BUFFERED,
    failures,
    log::Extra,
    retry::{self, Retry},
};
use crate::{
    api::{
        Attributes, Failure, Payloads, UserMetadata, command,
        enums::{RetryState, TaskQueueKind, TimeoutType},
        history,
    },
    refusal::Refusal,
    time::{self, Time},
};

const GONE: &str = "invalid activityID or activity already timed out or invoking workflow is completed";
const NO_ROOM: &str =
    "Not enough time to schedule next retry before activity ScheduleToClose timeout, giving up retrying";

impl Run {
    /// Applies the command; the checks have passed.
    pub(super) fn schedule_activity(
        &mut self,
        command: command::ScheduleActivityTaskCommandAttributes,
        metadata: Option<UserMetadata>,
        completed_id: i64,
        step: &mut Step<'_>,
    ) -> i64 {
        let mut task_queue = command.task_queue.clone().unwrap_or_default();
        if task_queue.name.is_empty() {
            task_queue.name = self.task_queue().name;
        }
        task_queue.kind = TaskQueueKind::Normal as i32;
        let timeouts = self.timeouts(&command);
        let scheduled = history::ActivityTaskScheduledEventAttributes {
            activity_id: command.activity_id,
            activity_type: command.activity_type,
            task_queue: Some(task_queue),
            header: command.header,
            input: command.input,
            schedule_to_close_timeout: Some(time::proto(timeouts.schedule_to_close)),
            schedule_to_start_timeout: Some(time::proto(timeouts.schedule_to_start)),
            start_to_close_timeout: Some(time::proto(timeouts.start_to_close)),
            heartbeat_timeout: Some(time::proto(timeouts.heartbeat)),
            workflow_task_completed_event_id: completed_id,
            retry_policy: Some(retry::with_defaults(command.retry_policy.unwrap_or_default())),
            priority: command.priority,
            #[allow(deprecated)]
            use_workflow_build_id: command.use_workflow_build_id,
        };
        let extra = Extra { user_metadata: metadata, ..Extra::default() };
        let event = Attributes::ActivityTaskScheduledEventAttributes(scheduled.clone());
        let scheduled_id = self.log.append(event, step.now, extra);
        self.dispatch_activity(scheduled, scheduled_id, step);
        scheduled_id
    }

    /// The first attempt of an activity waits for a worker from now on.
    pub(super) fn dispatch_activity(
        &mut self,
        scheduled: history::ActivityTaskScheduledEventAttributes,
        scheduled_id: i64,
        step: &mut Step<'_>,
    ) {
        let stamp = self.stamp();
        let activity = Activity {
            scheduled_id,
            scheduled_time: step.now,
            attempt: 1,
            phase: Phase::Scheduled,
            stamp,
            attempt_scheduled_time: step.now,
            heartbeat: None,
            last_heartbeat_time: None,
            last_started_time: None,
            last_completed_time: None,
            last_failure: None,
            last_identity: String::new(),
            cancel_requested: None,
            retry_interval: None,
            released: false,
            scheduled,
        };
        self.activity_ids.insert(activity.scheduled.activity_id.clone(), scheduled_id);
        // Of two that are due at once, the first one is what happens.
        step.timer(activity.schedule_to_start(), Due::ActivityScheduleToStart { scheduled_id, stamp });
        step.timer(activity.schedule_to_close(), Due::ActivityScheduleToClose { scheduled_id });
        let task_queue = activity.task_queue().to_owned();
        step.effect(Effect::ActivityTask { task_queue, scheduled_id, stamp });
        self.activities.insert(scheduled_id, activity);
    }

    /// Timeouts as the server fills them in: each bounds the next.
    fn timeouts(&self, command: &command::ScheduleActivityTaskCommandAttributes) -> Timeouts {
        let run = time::duration(self.started.workflow_run_timeout.as_ref());
        let within = |timeout: Duration, limit: Duration| match (timeout.is_zero(), limit.is_zero()) {
            (true, _) => limit,
            (false, true) => timeout,
            (false, false) => timeout.min(limit),
        };
        let given = |timeout: &Option<prost_wkt_types::Duration>| time::duration(timeout.as_ref());
        let schedule_to_close = within(given(&command.schedule_to_close_timeout), run);
        let start_to_close = within(given(&command.start_to_close_timeout), schedule_to_close);
        let heartbeat = given(&command.heartbeat_timeout);
        Timeouts {
            schedule_to_start: within(given(&command.schedule_to_start_timeout), schedule_to_close),
            heartbeat: if heartbeat.is_zero() { heartbeat } else { within(heartbeat, start_to_close) },
            start_to_close,
            schedule_to_close,
        }
    }

    pub(crate) fn activity_by_id(&self, activity_id: &str) -> Option<&Activity> {
        self.activities.get(self.activity_ids.get(activity_id)?)
    }

    /// A worker takes the attempt of this stamp; `None` if it is not to be had any more.
    pub(crate) fn start_activity(
        &mut self,
        scheduled_id: i64,
        stamp: u64,
        identity: &str,
        step: &mut Step<'_>,
    ) -> Option<&Activity> {
        let open = self.is_open();
        let waits = |activity: &&mut Activity| open && activity.stamp == stamp && activity.phase == Phase::Scheduled;
        let request_id = step.new_id();
        let stamp = self.stamp();
        let activity = self.activities.get_mut(&scheduled_id).filter(waits)?;
        activity.phase = Phase::Started { time: step.now, request_id };
        activity.released = false;
        activity.stamp = stamp;
        activity.last_started_time = Some(step.now);
        activity.last_heartbeat_time = None;
        activity.last_identity = identity.to_owned();
        step.timer(activity.start_to_close(), Due::ActivityStartToClose { scheduled_id, stamp });
        step.timer(activity.heartbeat_timeout(), Due::ActivityHeartbeat { scheduled_id, stamp });
        self.transitions += 1;
        self.activities.get(&scheduled_id)
    }

    /// The attempt that a worker has, by what its token says.
    fn reported(&mut self, scheduled_id: i64, stamp: u64) -> Result<&mut Activity, Refusal> {
        if !self.is_open() {
            return Err(Refusal::not_found("workflow execution already completed"));
        }
        let started = |activity: &&mut Activity| activity.stamp == stamp && activity.started_time().is_some();
        self.activities.get_mut(&scheduled_id).filter(started).ok_or_else(|| Refusal::not_found(GONE))
    }

    /// Whether the worker is to cancel the activity. Details that are too large fail it.
    pub(crate) fn heartbeat(
        &mut self,
        scheduled_id: i64,
        stamp: u64,
        details: Option<Payloads>,
        step: &mut Step<'_>,
    ) -> Result<bool, Refusal> {
        let activity = self.reported(scheduled_id, stamp)?;
        if size(details.as_ref()) > step.limits.blob_bytes {
            let identity = activity.last_identity.clone();
            let failure = failures::server("Heartbeat details exceed size limit.", true);
            self.fail_activity(scheduled_id, stamp, failure, None, &identity, step)?;
            return Ok(true);
        }
        activity.heartbeat = details;
        activity.last_heartbeat_time = Some(step.now);
        let cancelled = activity.cancel_requested.is_some();
        self.persist_speculative();
        self.log.seal();
        Ok(cancelled)
    }

    pub(crate) fn complete_activity(
        &mut self,
        scheduled_id: i64,
        stamp: u64,
        result: Option<Payloads>,
        identity: &str,
        step: &mut Step<'_>,
    ) -> Result<(), Refusal> {
        self.reported(scheduled_id, stamp)?;
        if size(result.as_ref()) > step.limits.blob_bytes {
            let failure = failures::server("Complete result exceeds size limit.", true);
            return self.fail_activity(scheduled_id, stamp, failure, None, identity, step);
        }
        self.close_activity(scheduled_id, step, |started_event_id, _| {
            Attributes::ActivityTaskCompletedEventAttributes(history::ActivityTaskCompletedEventAttributes {
                result,
                scheduled_event_id: scheduled_id,
                started_event_id,
                identity: identity.to_owned(),
                ..Default::default()
            })
        });
        self.finish(step);
        Ok(())
    }

    pub(crate) fn fail_activity(
        &mut self,
        scheduled_id: i64,
        stamp: u64,
        failure: Failure,
        heartbeat: Option<Payloads>,
        identity: &str,
        step: &mut Step<'_>,
    ) -> Result<(), Refusal> {
        let failure = failures::readable(failure);
        let activity = self.reported(scheduled_id, stamp)?;
        if heartbeat.is_some() {
            activity.heartbeat = heartbeat;
            activity.last_heartbeat_time = Some(step.now);
        }
        if let Some(retry_state) = self.retry_activity(scheduled_id, &failure, step) {
            self.close_activity(scheduled_id, step, |started_event_id, _| {
                Attributes::ActivityTaskFailedEventAttributes(history::ActivityTaskFailedEventAttributes {
                    failure: Some(failure),
                    scheduled_event_id: scheduled_id,
                    started_event_id,
                    identity: identity.to_owned(),
                    retry_state: retry_state as i32,
                    ..Default::default()
                })
            });
        }
        self.finish(step);
        Ok(())
    }

    pub(crate) fn cancel_activity(
        &mut self,
        scheduled_id: i64,
        stamp: u64,
        details: Option<Payloads>,
        identity: &str,
        step: &mut Step<'_>,
    ) -> Result<(), Refusal> {
        let activity = self.reported(scheduled_id, stamp)?;
        let Some(requested_id) = activity.cancel_requested else {
            let message = "unable to mark activity as canceled without activity being request canceled first";
            return Err(Refusal::invalid(message));
        };
        self.close_activity(scheduled_id, step, |started_event_id, _| {
            canceled(details, requested_id, scheduled_id, started_event_id, identity)
        });
        self.finish(step);
        Ok(())
    }

    /// Applies the command. What no worker has is cancelled at once: the event for it is returned, to be written last.
    pub(super) fn request_activity_cancel(
        &mut self,
        scheduled_id: i64,
        completed_id: i64,
        identity: &str,
        step: &mut Step<'_>,
    ) -> Option<Attributes> {
        let event = history::ActivityTaskCancelRequestedEventAttributes {
            scheduled_event_id: scheduled_id,
            workflow_task_completed_event_id: completed_id,
        };
        let event = Attributes::ActivityTaskCancelRequestedEventAttributes(event);
        let requested_id = self.log.append(event, step.now, Extra::default());
        let activity = self.activities.get_mut(&scheduled_id)?;
        activity.cancel_requested = Some(requested_id);
        if activity.started_time().is_some() {
            return None;
        }
        let activity = self.activities.remove(&scheduled_id)?;
        self.activity_ids.remove(&activity.scheduled.activity_id);
        let details = crate::payload::json("ACTIVITY_ID_NOT_STARTED");
        Some(canceled(Some(details), requested_id, scheduled_id, 0, identity))
    }

    /// Another attempt, or why there is none.
    fn retry_activity(&mut self, scheduled_id: i64, failure: &Failure, step: &mut Step<'_>) -> Option<RetryState> {
        let stamp = self.stamp();
        let run_expiration = self.run_expiration();
        let Some(activity) = self.activities.get_mut(&scheduled_id) else {
            return Some(RetryState::InternalServerError);
        };
        activity.last_completed_time = Some(step.now);
        if activity.cancel_requested.is_some() {
            return Some(RetryState::CancelRequested);
        }
        let expiration = match (activity.expiration(), run_expiration) {
            (Some(own), Some(run)) => Some(own.min(run)),
            (own, run) => own.or(run),
        };
        let policy = activity.scheduled.retry_policy.as_ref();
        match retry::decide(policy, activity.attempt, failure, step.now, expiration) {
            Retry::No(state) => Some(state),
            Retry::After(interval) => {
                activity.attempt += 1;
                activity.stamp = stamp;
                activity.phase = Phase::Backoff { until: step.now + interval };
                activity.last_failure = Some(failure.clone());
                activity.retry_interval = Some(interval);
                let due = Due::ActivityRetry { scheduled_id, stamp };
                step.effect(Effect::Timer { at: step.now + interval, due });
                None
            }
        }
    }

    /// The backoff of an activity is over.
    pub(super) fn activity_again(&mut self, scheduled_id: i64, step: &mut Step<'_>) {
        let stamp = self.stamp();
        let Some(activity) = self.activities.get_mut(&scheduled_id) else { return };
        activity.phase = Phase::Scheduled;
        activity.stamp = stamp;
        activity.attempt_scheduled_time = step.now;
        step.timer(activity.schedule_to_start(), Due::ActivityScheduleToStart { scheduled_id, stamp });
        let task_queue = activity.task_queue().to_owned();
        step.effect(Effect::ActivityTask { task_queue, scheduled_id, stamp });
    }

    pub(super) fn activity_timed_out(&mut self, scheduled_id: i64, timeout: TimeoutType, step: &mut Step<'_>) {
        let Some(activity) = self.activities.get(&scheduled_id) else { return };
        let heartbeat = activity.heartbeat.clone();
        let last = activity.last_failure.clone();
        // The next attempt has the heartbeat's details of its own; the failure has them if it is the last one.
        let retried = failures::activity_timeout(timeout, None, None, None);
        let mut failure = failures::activity_timeout(timeout, None, heartbeat.clone(), None);
        let retryable = matches!(timeout, TimeoutType::StartToClose | TimeoutType::Heartbeat);
        let retry_state = match retryable {
            true => match self.retry_activity(scheduled_id, &retried, step) {
                None => return,
                Some(state) => state,
            },
            false => RetryState::Timeout,
        };
        failure = match (retryable, retry_state) {
            (true, RetryState::Timeout) => {
                failures::activity_timeout(TimeoutType::ScheduleToClose, Some(NO_ROOM), heartbeat, last)
            }
            _ => Failure { cause: last.map(Box::new), ..failure },
        };
        self.close_activity(scheduled_id, step, |started_event_id, _| {
            Attributes::ActivityTaskTimedOutEventAttributes(history::ActivityTaskTimedOutEventAttributes {
                failure: Some(failure),
                scheduled_event_id: scheduled_id,
                started_event_id,
                retry_state: retry_state as i32,
            })
        });
    }

    /// Writes that the activity has ended, and before that, that it was started.
    fn close_activity(
        &mut self,
        scheduled_id: i64,
        step: &mut Step<'_>,
        event: impl FnOnce(i64, &Activity) -> Attributes,
    ) {
        let Some(activity) = self.activities.remove(&scheduled_id) else { return };
        self.activity_ids.remove(&activity.scheduled.activity_id);
        let started_id = match &activity.phase {
            Phase::Started { time, request_id } => {
                let started = history::ActivityTaskStartedEventAttributes {
                    scheduled_event_id: scheduled_id,
                    identity: activity.last_identity.clone(),
                    request_id: request_id.clone(),
                    attempt: activity.attempt,
                    last_failure: activity.last_failure.clone(),
                    ..Default::default()
                };
                self.write(Attributes::ActivityTaskStartedEventAttributes(started), *time, Vec::new())
            }
            Phase::Scheduled | Phase::Backoff { .. } => 0,
        };
        debug_assert!(started_id == BUFFERED || started_id >= 0);
        self.record(event(started_id, &activity), Vec::new(), step);
    }

    /// Whether a heartbeat came in time; else when the next one is due.
    pub(super) fn heartbeat_due(&self, scheduled_id: i64) -> Option<Time> {
        let activity = self.activities.get(&scheduled_id)?;
        let since = activity.last_heartbeat_time.or(activity.started_time())?;
        Some(since + activity.heartbeat_timeout())
    }
}

fn size(payloads: Option<&Payloads>) -> usize {
    payloads.map_or(0, prost::Message::encoded_len)
}

struct Timeouts {
    schedule_to_close: Duration,
    schedule_to_start: Duration,
    start_to_close: Duration,
    heartbeat: Duration,
}

fn canceled(
    details: Option<Payloads>,
    requested_id: i64,
    scheduled_id: i64,
    started_id: i64,
    identity: &str,
) -> Attributes {
    Attributes::ActivityTaskCanceledEventAttributes(history::ActivityTaskCanceledEventAttributes {
        details,
        latest_cancel_requested_event_id: requested_id,
        scheduled_event_id: scheduled_id,
        started_event_id: started_id,
        identity: identity.to_owned(),
        ..Default::default()
    })
}
