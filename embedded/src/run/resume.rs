//! A run that goes on where it was kept.

use super::{Due, Effect, Run, Step, Waiting, activity::Phase};
use crate::{
    api::Attributes,
    time::{self, Time},
};

impl Run {
    /// Asks again for everything that is still to come: timers, and tasks that no worker has. What a worker has stays with
    /// it until it times out. Questions are forgotten.
    pub(crate) fn resume(&self, step: &mut Step<'_>) {
        if !self.is_open() {
            return;
        }
        self.expire_later(step);
        if let Some(Waiting::Backoff(until)) = self.waiting {
            step.effect(Effect::Timer { at: until, due: Due::FirstTask });
        }
        self.resume_task(step);
        self.resume_timers(step);
        self.resume_activities(step);
    }

    fn resume_task(&self, step: &mut Step<'_>) {
        let Some(task) = &self.task else { return };
        let stamp = task.stamp;
        if let Some(started) = task.started_time {
            let due = Due::TaskStartToClose { stamp };
            return step.effect(Effect::Timer { at: started + task.start_to_close, due });
        }
        if !task.schedule_to_start.is_zero() {
            let at = task.scheduled_time + task.schedule_to_start;
            step.effect(Effect::Timer { at, due: Due::TaskScheduleToStart { stamp } });
        }
        step.effect(Effect::WorkflowTask { stamp });
    }

    fn resume_timers(&self, step: &mut Step<'_>) {
        let mut timers: Vec<_> = self.timers.values().map(|timer| timer.started_id).collect();
        timers.sort_unstable();
        for started_id in timers {
            let Some(event) = self.log.event(started_id) else { continue };
            let Some(Attributes::TimerStartedEventAttributes(timer)) = &event.attributes else { continue };
            let started = event.event_time.as_ref().map(Time::from_proto).unwrap_or_default();
            let at = started + time::duration(timer.start_to_fire_timeout.as_ref());
            step.effect(Effect::Timer { at, due: Due::UserTimer { started_id } });
        }
    }

    fn resume_activities(&self, step: &mut Step<'_>) {
        for (scheduled_id, activity) in &self.activities {
            let (scheduled_id, stamp) = (*scheduled_id, activity.stamp);
            let mut timer = |since: Time, limit: std::time::Duration, due: Due| {
                if !limit.is_zero() {
                    step.effect(Effect::Timer { at: since + limit, due });
                }
            };
            let due = Due::ActivityScheduleToClose { scheduled_id };
            timer(activity.scheduled_time, activity.schedule_to_close(), due);
            match &activity.phase {
                Phase::Scheduled => {
                    let due = Due::ActivityScheduleToStart { scheduled_id, stamp };
                    timer(activity.attempt_scheduled_time, activity.schedule_to_start(), due);
                    let task_queue = activity.task_queue().to_owned();
                    step.effect(Effect::ActivityTask { task_queue, scheduled_id, stamp });
                }
                Phase::Started { time, .. } => {
                    let due = Due::ActivityStartToClose { scheduled_id, stamp };
                    timer(*time, activity.start_to_close(), due);
                    let due = Due::ActivityHeartbeat { scheduled_id, stamp };
                    timer(activity.last_heartbeat_time.unwrap_or(*time), activity.heartbeat_timeout(), due);
                }
                Phase::Backoff { until } => {
                    let due = Due::ActivityRetry { scheduled_id, stamp };
                    step.effect(Effect::Timer { at: *until, due });
                }
            }
        }
    }
}
