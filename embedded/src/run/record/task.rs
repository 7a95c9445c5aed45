//! Workflow tasks as they are kept.

use prost::Message;

use super::Damaged;
use crate::{
    run::{Task, TaskKind},
    time::{self, Time},
};

#[derive(Clone, PartialEq, Message)]
pub(super) struct TaskRecord {
    #[prost(uint32, tag = "1")]
    kind: u32,
    #[prost(uint64, tag = "2")]
    stamp: u64,
    #[prost(int64, tag = "3")]
    scheduled_id: i64,
    #[prost(int64, tag = "4")]
    started_id: i64,
    #[prost(int32, tag = "5")]
    attempt: i32,
    #[prost(string, optional, tag = "6")]
    sticky: Option<String>,
    #[prost(sfixed64, tag = "7")]
    scheduled_time: i64,
    #[prost(sfixed64, tag = "8")]
    original_scheduled_time: i64,
    #[prost(sfixed64, optional, tag = "9")]
    started_time: Option<i64>,
    #[prost(message, optional, tag = "10")]
    start_to_close: Option<prost_wkt_types::Duration>,
    #[prost(string, tag = "11")]
    identity: String,
    #[prost(string, tag = "12")]
    request_id: String,
    #[prost(int32, repeated, tag = "13")]
    suggestions: Vec<i32>,
    #[prost(int64, tag = "14")]
    history_bytes: i64,
    #[prost(message, optional, tag = "15")]
    schedule_to_start: Option<prost_wkt_types::Duration>,
}

impl TaskRecord {
    pub(super) fn of(task: &Task) -> Self {
        let Task {
            kind,
            stamp,
            scheduled_id,
            started_id,
            attempt,
            sticky,
            scheduled_time,
            original_scheduled_time,
            started_time,
            start_to_close,
            schedule_to_start,
            identity,
            request_id,
            suggestions,
            history_bytes,
        } = task.clone();
        Self {
            kind: match kind {
                TaskKind::Normal => 0,
                TaskKind::Transient => 1,
                TaskKind::Speculative => 2,
            },
            stamp,
            scheduled_id,
            started_id,
            attempt,
            sticky,
            scheduled_time: scheduled_time.nanos(),
            original_scheduled_time: original_scheduled_time.nanos(),
            started_time: started_time.map(Time::nanos),
            start_to_close: Some(time::proto(start_to_close)),
            schedule_to_start: Some(time::proto(schedule_to_start)),
            identity,
            request_id,
            suggestions,
            history_bytes,
        }
    }

    /// Errors: there is no such kind of task.
    pub(super) fn task(self) -> Result<Task, Damaged> {
        Ok(Task {
            kind: match self.kind {
                0 => TaskKind::Normal,
                1 => TaskKind::Transient,
                2 => TaskKind::Speculative,
                other => return Err(Damaged(format!("there is no workflow task of kind {other}"))),
            },
            stamp: self.stamp,
            scheduled_id: self.scheduled_id,
            started_id: self.started_id,
            attempt: self.attempt,
            sticky: self.sticky,
            scheduled_time: Time::from_nanos(self.scheduled_time),
            original_scheduled_time: Time::from_nanos(self.original_scheduled_time),
            started_time: self.started_time.map(Time::from_nanos),
            start_to_close: time::duration(self.start_to_close.as_ref()),
            schedule_to_start: time::duration(self.schedule_to_start.as_ref()),
            identity: self.identity,
            request_id: self.request_id,
            suggestions: self.suggestions,
            history_bytes: self.history_bytes,
        })
    }
}
