//! What happens by the clock.

use super::{Due, Effect, Run, Step, Waiting, activity::Phase, log::Extra};
use crate::{
    api::{Attributes, UserMetadata, command, enums::TimeoutType, history},
    time::{self, Time},
};

/// A timer that workflow code has started.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timer {
    pub(super) started_id: i64,
}

impl Run {
    /// Applies the command; the checks have passed.
    pub(super) fn start_timer(
        &mut self,
        command: command::StartTimerCommandAttributes,
        metadata: Option<UserMetadata>,
        completed_id: i64,
        step: &mut Step<'_>,
    ) {
        let after = time::duration(command.start_to_fire_timeout.as_ref());
        let event = history::TimerStartedEventAttributes {
            timer_id: command.timer_id.clone(),
            start_to_fire_timeout: command.start_to_fire_timeout,
            workflow_task_completed_event_id: completed_id,
        };
        let extra = Extra { user_metadata: metadata, ..Extra::default() };
        let started_id = self.log.append(Attributes::TimerStartedEventAttributes(event), step.now, extra);
        let at = step.now + after;
        self.timers.insert(command.timer_id, Timer { started_id });
        step.effect(Effect::Timer { at, due: Due::UserTimer { started_id } });
    }

    /// Takes over a timer of another run: it goes on.
    pub(super) fn take_over_timer(
        &mut self,
        event: &history::TimerStartedEventAttributes,
        started_id: i64,
        started: Time,
        step: &mut Step<'_>,
    ) {
        self.timers.insert(event.timer_id.clone(), Timer { started_id });
        let at = started + time::duration(event.start_to_fire_timeout.as_ref());
        step.effect(Effect::Timer { at, due: Due::UserTimer { started_id } });
    }

    /// Applies the command; the checks have passed.
    pub(super) fn cancel_timer(
        &mut self,
        timer_id: String,
        metadata: Option<UserMetadata>,
        completed_id: i64,
        identity: &str,
        step: &mut Step<'_>,
    ) {
        let fired = self.fired_in_buffer(&timer_id);
        self.unfire(&timer_id);
        let Some(started_id) = self.timers.remove(&timer_id).map(|timer| timer.started_id).or(fired) else { return };
        let event = history::TimerCanceledEventAttributes {
            timer_id,
            started_event_id: started_id,
            workflow_task_completed_event_id: completed_id,
            identity: identity.to_owned(),
        };
        let extra = Extra { user_metadata: metadata, ..Extra::default() };
        self.log.append(Attributes::TimerCanceledEventAttributes(event), step.now, extra);
    }

    pub(super) fn has_timer(&self, timer_id: &str) -> bool {
        self.timers.contains_key(timer_id)
    }

    /// Whether what this timer is for is still to come. One that is not must neither fire nor let time skip to it.
    pub(crate) fn is_live(&self, due: Due) -> bool {
        if !self.is_open() {
            return false;
        }
        let task = |stamp: u64| self.task.as_ref().filter(|task| task.stamp == stamp);
        let activity = |id: i64, stamp: u64| self.activities.get(&id).filter(|activity| activity.stamp == stamp);
        match due {
            Due::RunTimeout | Due::ExecutionTimeout => true,
            Due::FirstTask => matches!(self.waiting, Some(Waiting::Backoff(_))),
            Due::TaskStartToClose { stamp } => task(stamp).is_some_and(super::Task::is_started),
            Due::TaskScheduleToStart { stamp } => task(stamp).is_some_and(|task| !task.is_started()),
            Due::UserTimer { started_id } => self.timer_of(started_id).is_some(),
            Due::ActivityScheduleToClose { scheduled_id } => self.activities.contains_key(&scheduled_id),
            Due::ActivityScheduleToStart { scheduled_id, stamp }
            | Due::ActivityStartToClose { scheduled_id, stamp } => activity(scheduled_id, stamp).is_some(),
            Due::ActivityHeartbeat { scheduled_id, stamp } => activity(scheduled_id, stamp).is_some(),
            Due::ActivityRetry { scheduled_id, stamp } => {
                activity(scheduled_id, stamp).is_some_and(|activity| matches!(activity.phase, Phase::Backoff { .. }))
            }
        }
    }

    /// The time of these has come, in this order. What is not live any more does nothing.
    pub(crate) fn due(&mut self, due: &[Due], step: &mut Step<'_>) {
        self.wants_task = false;
        for due in due {
            if self.is_live(*due) {
                // A task that is tried again is there before what happens next, which makes it a first attempt.
                step.gathers = !matches!(due, Due::TaskStartToClose { .. } | Due::TaskScheduleToStart { .. });
                self.fire(*due, step);
            }
        }
        step.gathers = false;
        if self.wants_task {
            self.schedule_task(step);
        }
        self.finish(step);
    }

    fn fire(&mut self, due: Due, step: &mut Step<'_>) {
        match due {
            Due::FirstTask => self.first_task(step),
            Due::RunTimeout => self.time_out(false, step),
            Due::ExecutionTimeout => self.time_out(true, step),
            Due::TaskStartToClose { .. } => self.task_timed_out(step),
            Due::TaskScheduleToStart { .. } => self.task_not_taken(step),
            Due::UserTimer { started_id } => self.fire_timer(started_id, step),
            Due::ActivityScheduleToStart { scheduled_id, .. } => {
                self.activity_timed_out(scheduled_id, TimeoutType::ScheduleToStart, step);
            }
            Due::ActivityScheduleToClose { scheduled_id } => {
                self.activity_timed_out(scheduled_id, TimeoutType::ScheduleToClose, step);
            }
            Due::ActivityStartToClose { scheduled_id, .. } => {
                self.activity_timed_out(scheduled_id, TimeoutType::StartToClose, step);
            }
            Due::ActivityHeartbeat { scheduled_id, .. } => match self.heartbeat_due(scheduled_id) {
                Some(at) if at > step.now => step.effect(Effect::Timer { at, due }),
                _ => self.activity_timed_out(scheduled_id, TimeoutType::Heartbeat, step),
            },
            Due::ActivityRetry { scheduled_id, .. } => self.activity_again(scheduled_id, step),
        }
    }

    fn fire_timer(&mut self, started_id: i64, step: &mut Step<'_>) {
        let Some(timer_id) = self.timer_of(started_id) else { return };
        self.timers.remove(&timer_id);
        let event = history::TimerFiredEventAttributes { timer_id, started_event_id: started_id };
        self.record(Attributes::TimerFiredEventAttributes(event), Vec::new(), step);
    }

    /// The id of the timer that this event started, while it has neither fired nor been cancelled.
    fn timer_of(&self, started_id: i64) -> Option<String> {
        let event = self.log.event(started_id)?;
        let Some(Attributes::TimerStartedEventAttributes(started)) = event.attributes else { return None };
        let timer = self.timers.get(&started.timer_id)?;
        (timer.started_id == started_id).then_some(started.timer_id)
    }

    /// When the run times out by itself.
    pub(crate) fn expires_by_itself(&self) -> Option<Time> {
        let run = time::duration(self.started.workflow_run_timeout.as_ref());
        (!run.is_zero()).then(|| self.execution_time + run)
    }

    /// When the run is over at the latest.
    pub(super) fn run_expiration(&self) -> Option<Time> {
        let run = self.expires_by_itself();
        let execution = self.started.workflow_execution_expiration_time.as_ref().map(Time::from_proto);
        match (run, execution) {
            (Some(run), Some(execution)) => Some(run.min(execution)),
            (run, execution) => run.or(execution),
        }
    }
}
