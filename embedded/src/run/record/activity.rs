//! Activities as they are kept.

use prost::Message;

use super::{Damaged, missing};
use crate::{
    api::{Attributes, Failure, Payloads, history},
    run::{Activity, Log, Phase},
    time::{self, Time},
};

#[derive(Clone, PartialEq, Message)]
pub(super) struct ActivityRecord {
    #[prost(int64, tag = "1")]
    pub(super) scheduled_id: i64,
    /// Only if they are not those of the scheduled event any more.
    #[prost(message, optional, tag = "2")]
    scheduled: Option<history::ActivityTaskScheduledEventAttributes>,
    #[prost(sfixed64, tag = "3")]
    scheduled_time: i64,
    #[prost(int32, tag = "4")]
    attempt: i32,
    /// Neither this nor the next one: it waits for a worker.
    #[prost(sfixed64, optional, tag = "5")]
    started_time: Option<i64>,
    #[prost(sfixed64, optional, tag = "6")]
    backoff_until: Option<i64>,
    #[prost(string, tag = "7")]
    request_id: String,
    #[prost(uint64, tag = "8")]
    stamp: u64,
    #[prost(sfixed64, tag = "9")]
    attempt_scheduled_time: i64,
    #[prost(message, optional, tag = "10")]
    heartbeat: Option<Payloads>,
    #[prost(sfixed64, optional, tag = "11")]
    last_heartbeat_time: Option<i64>,
    #[prost(sfixed64, optional, tag = "12")]
    last_started_time: Option<i64>,
    #[prost(sfixed64, optional, tag = "13")]
    last_completed_time: Option<i64>,
    #[prost(message, optional, tag = "14")]
    last_failure: Option<Failure>,
    #[prost(string, tag = "15")]
    last_identity: String,
    #[prost(int64, optional, tag = "16")]
    cancel_requested: Option<i64>,
    #[prost(message, optional, tag = "17")]
    retry_interval: Option<prost_wkt_types::Duration>,
    #[prost(bool, tag = "18")]
    released: bool,
}

impl ActivityRecord {
    pub(super) fn of(activity: &Activity, log: &Log) -> Self {
        let Activity {
            scheduled,
            scheduled_id,
            scheduled_time,
            attempt,
            phase,
            stamp,
            attempt_scheduled_time,
            heartbeat,
            last_heartbeat_time,
            last_started_time,
            last_completed_time,
            last_failure,
            last_identity,
            cancel_requested,
            retry_interval,
            released,
        } = activity;
        let (started_time, backoff_until, request_id) = match phase {
            Phase::Scheduled => (None, None, String::new()),
            Phase::Started { time, request_id } => (Some(time.nanos()), None, request_id.clone()),
            Phase::Backoff { until } => (None, Some(until.nanos()), String::new()),
        };
        Self {
            scheduled_id: *scheduled_id,
            scheduled: (scheduled_event(log, *scheduled_id).as_ref() != Some(scheduled)).then(|| scheduled.clone()),
            scheduled_time: scheduled_time.nanos(),
            attempt: *attempt,
            started_time,
            backoff_until,
            request_id,
            stamp: *stamp,
            attempt_scheduled_time: attempt_scheduled_time.nanos(),
            heartbeat: heartbeat.clone(),
            last_heartbeat_time: last_heartbeat_time.map(Time::nanos),
            last_started_time: last_started_time.map(Time::nanos),
            last_completed_time: last_completed_time.map(Time::nanos),
            last_failure: last_failure.clone(),
            last_identity: last_identity.clone(),
            cancel_requested: *cancel_requested,
            retry_interval: retry_interval.map(time::proto),
            released: *released,
        }
    }

    /// Errors: the history does not say that it was scheduled.
    pub(super) fn activity(self, log: &Log) -> Result<Activity, Damaged> {
        let scheduled = self.scheduled.or_else(|| scheduled_event(log, self.scheduled_id));
        let phase = match (self.started_time, self.backoff_until) {
            (Some(time), _) => Phase::Started { time: Time::from_nanos(time), request_id: self.request_id },
            (None, Some(until)) => Phase::Backoff { until: Time::from_nanos(until) },
            (None, None) => Phase::Scheduled,
        };
        Ok(Activity {
            scheduled: scheduled.ok_or_else(|| missing("scheduled activity", self.scheduled_id))?,
            scheduled_id: self.scheduled_id,
            scheduled_time: Time::from_nanos(self.scheduled_time),
            attempt: self.attempt,
            phase,
            stamp: self.stamp,
            attempt_scheduled_time: Time::from_nanos(self.attempt_scheduled_time),
            heartbeat: self.heartbeat,
            last_heartbeat_time: self.last_heartbeat_time.map(Time::from_nanos),
            last_started_time: self.last_started_time.map(Time::from_nanos),
            last_completed_time: self.last_completed_time.map(Time::from_nanos),
            last_failure: self.last_failure,
            last_identity: self.last_identity,
            cancel_requested: self.cancel_requested,
            retry_interval: self.retry_interval.map(|interval| time::duration(Some(&interval))),
            released: self.released,
        })
    }
}

fn scheduled_event(log: &Log, id: i64) -> Option<history::ActivityTaskScheduledEventAttributes> {
    match log.event(id)?.attributes? {
        Attributes::ActivityTaskScheduledEventAttributes(scheduled) => Some(scheduled),
        _ => None,
    }
}
