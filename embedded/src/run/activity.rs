//! The state of one activity that is not closed.

use std::time::Duration;

use crate::{
    api::{Failure, Payloads, history},
    time::{self, Time},
};

/// An activity between its scheduled event and its end.
#[derive(Debug)]
pub(crate) struct Activity {
    /// The attributes of its scheduled event.
    pub(crate) scheduled: history::ActivityTaskScheduledEventAttributes,
    pub(crate) scheduled_id: i64,
    pub(crate) scheduled_time: Time,
    /// Of the attempt that goes on, or comes next.
    pub(crate) attempt: i32,
    pub(crate) phase: Phase,
    /// Changes with each attempt, and with each start of one.
    pub(crate) stamp: u64,
    pub(crate) attempt_scheduled_time: Time,
    pub(crate) heartbeat: Option<Payloads>,
    pub(crate) last_heartbeat_time: Option<Time>,
    pub(crate) last_started_time: Option<Time>,
    pub(crate) last_completed_time: Option<Time>,
    pub(crate) last_failure: Option<Failure>,
    pub(crate) last_identity: String,
    /// The event that asked it to cancel itself.
    pub(crate) cancel_requested: Option<i64>,
    pub(crate) retry_interval: Option<Duration>,
    /// Whether somebody outside ends this attempt, and time may skip until then.
    pub(crate) released: bool,
}

/// Where an attempt is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Phase {
    /// It waits for a worker.
    Scheduled,
    /// A worker has it.
    Started { time: Time, request_id: String },
    /// It comes at this time.
    Backoff { until: Time },
}

impl Activity {
    /// Whether somebody else than the clock has to do something.
    pub(crate) fn is_busy(&self) -> bool {
        match self.phase {
            Phase::Scheduled => true,
            Phase::Started { .. } => !self.released,
            Phase::Backoff { .. } => false,
        }
    }

    pub(crate) fn started_time(&self) -> Option<Time> {
        match &self.phase {
            Phase::Started { time, .. } => Some(*time),
            Phase::Scheduled | Phase::Backoff { .. } => None,
        }
    }

    pub(crate) fn task_queue(&self) -> &str {
        self.scheduled.task_queue.as_ref().map(|queue| queue.name.as_str()).unwrap_or_default()
    }

    pub(super) fn schedule_to_start(&self) -> Duration {
        time::duration(self.scheduled.schedule_to_start_timeout.as_ref())
    }

    pub(super) fn schedule_to_close(&self) -> Duration {
        time::duration(self.scheduled.schedule_to_close_timeout.as_ref())
    }

    pub(super) fn start_to_close(&self) -> Duration {
        time::duration(self.scheduled.start_to_close_timeout.as_ref())
    }

    pub(super) fn heartbeat_timeout(&self) -> Duration {
        time::duration(self.scheduled.heartbeat_timeout.as_ref())
    }

    /// When all attempts have to be over.
    pub(crate) fn expiration(&self) -> Option<Time> {
        let limit = self.schedule_to_close();
        (!limit.is_zero()).then(|| self.scheduled_time + limit)
    }
}
