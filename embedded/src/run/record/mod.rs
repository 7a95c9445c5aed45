//! A run as it is kept in a file: its history, and beside that what the history does not say.
//!
//! The history is kept as it grows; what is in these records is written anew with each change. So whatever an event says is
//! found there again and not written twice: inputs of activities, names of timers, targets of messages.

mod activity;
mod events;
mod task;
mod updates;

use std::collections::{BTreeMap, HashMap, HashSet};

use prost::Message;

pub(crate) use events::{decode as decode_events, encode as encode_events};

use super::{
    Ids, Log, Options, Run, Sticky, Waiting, buffer::Buffered, children::Child, external::Pending, timers::Timer,
};
use crate::{
    api::{
        Attributes, HistoryEvent, Memo, Priority, SearchAttributes, UserMetadata, enums::WorkflowExecutionStatus,
        history, workflow::VersioningOverride,
    },
    time::{self, Time},
};
use activity::ActivityRecord;
use task::TaskRecord;
use updates::UpdateRecord;

/// What a file says makes no run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Damaged(pub(crate) String);

impl From<prost::DecodeError> for Damaged {
    fn from(error: prost::DecodeError) -> Self {
        Self(error.to_string())
    }
}

/// Errors: the history has no such event.
fn missing(what: &str, event_id: i64) -> Damaged {
    Damaged(format!("the history has no event {event_id} of a {what}"))
}

#[derive(Clone, PartialEq, Message)]
struct RunRecord {
    #[prost(message, optional, tag = "1")]
    ids: Option<IdsRecord>,
    /// Only if they are not those of the first event any more.
    #[prost(message, optional, tag = "2")]
    started: Option<history::WorkflowExecutionStartedEventAttributes>,
    #[prost(sfixed64, tag = "3")]
    start_time: i64,
    #[prost(sfixed64, tag = "4")]
    execution_time: i64,
    #[prost(int32, tag = "5")]
    status: i32,
    #[prost(sfixed64, optional, tag = "6")]
    close_time: Option<i64>,
    #[prost(message, optional, tag = "7")]
    memo: Option<Memo>,
    #[prost(message, optional, tag = "8")]
    search_attributes: Option<SearchAttributes>,
    #[prost(uint64, tag = "9")]
    visible: u64,
    #[prost(message, optional, tag = "10")]
    user_metadata: Option<UserMetadata>,
    #[prost(string, tag = "11")]
    create_request_id: String,
    #[prost(int64, tag = "12")]
    transitions: i64,
    #[prost(message, optional, tag = "13")]
    task: Option<TaskRecord>,
    #[prost(int32, tag = "14")]
    attempt: i32,
    #[prost(int64, tag = "15")]
    last_started_id: i64,
    #[prost(int64, tag = "16")]
    last_completed_id: i64,
    #[prost(message, optional, tag = "17")]
    sticky: Option<StickyRecord>,
    #[prost(sfixed64, optional, tag = "18")]
    backoff_until: Option<i64>,
    #[prost(bool, tag = "19")]
    waits_for_parent: bool,
    #[prost(message, repeated, tag = "20")]
    buffered: Vec<HistoryEvent>,
    #[prost(message, repeated, tag = "21")]
    activities: Vec<ActivityRecord>,
    /// Their started events.
    #[prost(int64, repeated, tag = "22")]
    timers: Vec<i64>,
    #[prost(message, repeated, tag = "23")]
    children: Vec<ChildRecord>,
    /// Their initiated events.
    #[prost(int64, repeated, tag = "24")]
    signals: Vec<i64>,
    /// Their initiated events.
    #[prost(int64, repeated, tag = "25")]
    cancels: Vec<i64>,
    #[prost(bool, tag = "26")]
    cancel_requested: bool,
    #[prost(message, repeated, tag = "27")]
    updates: Vec<UpdateRecord>,
    #[prost(uint64, tag = "28")]
    admitted: u64,
    #[prost(uint64, tag = "29")]
    next_stamp: u64,
    #[prost(message, optional, tag = "30")]
    versioning_override: Option<VersioningOverride>,
    #[prost(message, optional, tag = "31")]
    priority: Option<Priority>,
    /// Requests that were attached since the start.
    #[prost(string, repeated, tag = "32")]
    attached: Vec<String>,
}

#[derive(Clone, PartialEq, Message)]
struct IdsRecord {
    #[prost(string, tag = "1")]
    namespace: String,
    #[prost(string, tag = "2")]
    namespace_id: String,
    #[prost(string, tag = "3")]
    workflow_id: String,
    #[prost(string, tag = "4")]
    run_id: String,
    #[prost(string, tag = "5")]
    first_run_id: String,
}

#[derive(Clone, PartialEq, Message)]
struct StickyRecord {
    #[prost(string, tag = "1")]
    queue: String,
    #[prost(message, optional, tag = "2")]
    schedule_to_start: Option<prost_wkt_types::Duration>,
}

#[derive(Clone, PartialEq, Message)]
struct ChildRecord {
    #[prost(int64, tag = "1")]
    initiated_id: i64,
    #[prost(string, optional, tag = "2")]
    run_id: Option<String>,
    #[prost(int64, tag = "3")]
    started_id: i64,
}

impl Run {
    /// All that the history does not say.
    pub(crate) fn encode(&self) -> Vec<u8> {
        // A field that is added has to be kept, or to be left out on purpose.
        let Self {
            ids,
            started,
            start_time,
            execution_time,
            status,
            close_time,
            log,
            memo,
            search_attributes,
            visible,
            user_metadata,
            create_request_id,
            transitions,
            task,
            // Of one transition.
            wants_task: _,
            attempt,
            last_started_id,
            last_completed_id,
            sticky,
            waiting,
            buffered,
            activities,
            // Those of the activities.
            activity_ids: _,
            timers,
            children,
            signals,
            cancels,
            // Those of the signals in the history and in the buffer.
            signal_requests: _,
            cancel_requested,
            updates,
            // Whoever asked is gone.
            queries: _,
            next_stamp,
            options: Options { versioning_override, priority },
            attached,
        } = self;
        let ids = ids.clone();
        let record = RunRecord {
            ids: Some(IdsRecord {
                namespace: ids.namespace,
                namespace_id: ids.namespace_id,
                workflow_id: ids.workflow_id,
                run_id: ids.run_id,
                first_run_id: ids.first_run_id,
            }),
            started: (first_event(log).as_ref() != Some(started)).then(|| started.clone()),
            start_time: start_time.nanos(),
            execution_time: execution_time.nanos(),
            status: *status as i32,
            close_time: close_time.map(Time::nanos),
            memo: Some(memo.clone()),
            search_attributes: Some(search_attributes.clone()),
            visible: *visible,
            user_metadata: user_metadata.clone(),
            create_request_id: create_request_id.clone(),
            transitions: *transitions,
            task: task.as_ref().map(TaskRecord::of),
            attempt: *attempt,
            last_started_id: *last_started_id,
            last_completed_id: *last_completed_id,
            sticky: sticky.as_ref().map(|sticky| StickyRecord {
                queue: sticky.queue.clone(),
                schedule_to_start: Some(time::proto(sticky.schedule_to_start)),
            }),
            backoff_until: match waiting {
                Some(Waiting::Backoff(until)) => Some(until.nanos()),
                Some(Waiting::Parent) | None => None,
            },
            waits_for_parent: *waiting == Some(Waiting::Parent),
            buffered: buffered.iter().map(buffered_event).collect(),
            activities: activities.values().map(|activity| ActivityRecord::of(activity, log)).collect(),
            timers: timers.values().map(|timer| timer.started_id).collect(),
            children: children.iter().map(child_record).collect(),
            signals: signals.keys().copied().collect(),
            cancels: cancels.keys().copied().collect(),
            cancel_requested: *cancel_requested,
            updates: updates.records(),
            admitted: updates.admitted,
            next_stamp: *next_stamp,
            versioning_override: versioning_override.clone(),
            priority: priority.clone(),
            attached: attached.clone(),
        };
        record.encode_to_vec()
    }

    /// The run of a record and of its history.
    ///
    /// Errors: they do not belong together.
    pub(crate) fn decode(bytes: &[u8], log: Log) -> Result<Self, Damaged> {
        let record = RunRecord::decode(bytes)?;
        let ids = record.ids.ok_or_else(|| Damaged("a run has no id".into()))?;
        let started = record.started.or_else(|| first_event(&log));
        let status = WorkflowExecutionStatus::try_from(record.status);
        let activities = record
            .activities
            .into_iter()
            .map(|activity| Ok((activity.scheduled_id, activity.activity(&log)?)))
            .collect::<Result<BTreeMap<_, _>, Damaged>>()?;
        let timers = record.timers.into_iter().map(|id| timer(&log, id)).collect::<Result<HashMap<_, _>, _>>()?;
        let children = record.children.into_iter().map(|child| self::child(&log, child)).collect::<Result<_, _>>()?;
        let signals = record.signals.into_iter().map(|id| signal(&log, id)).collect::<Result<_, _>>()?;
        let cancels =
            record.cancels.into_iter().map(|id| cancel(&log, id, &ids.namespace)).collect::<Result<_, _>>()?;
        let buffered = record.buffered.into_iter().map(from_buffer).collect::<Result<Vec<_>, _>>()?;
        let written = log.events().filter_map(|event| event.attributes);
        let signal_requests = signal_requests(written.chain(buffered.iter().map(|event| event.attributes.clone())));
        let mut run = Self {
            ids: Ids {
                namespace: ids.namespace,
                namespace_id: ids.namespace_id,
                workflow_id: ids.workflow_id,
                run_id: ids.run_id,
                first_run_id: ids.first_run_id,
            },
            started: started.ok_or_else(|| missing("start", 1))?,
            start_time: Time::from_nanos(record.start_time),
            execution_time: Time::from_nanos(record.execution_time),
            status: status.map_err(|_| Damaged(format!("a run has the status {}", record.status)))?,
            close_time: record.close_time.map(Time::from_nanos),
            memo: record.memo.unwrap_or_default(),
            search_attributes: record.search_attributes.unwrap_or_default(),
            visible: record.visible,
            user_metadata: record.user_metadata,
            create_request_id: record.create_request_id,
            transitions: record.transitions,
            task: record.task.map(TaskRecord::task).transpose()?,
            wants_task: false,
            attempt: record.attempt,
            last_started_id: record.last_started_id,
            last_completed_id: record.last_completed_id,
            sticky: record.sticky.map(|sticky| Sticky {
                queue: sticky.queue,
                schedule_to_start: time::duration(sticky.schedule_to_start.as_ref()),
            }),
            waiting: match (record.waits_for_parent, record.backoff_until) {
                (true, _) => Some(Waiting::Parent),
                (false, until) => until.map(|until| Waiting::Backoff(Time::from_nanos(until))),
            },
            buffered,
            activity_ids: activities
                .iter()
                .map(|(id, activity)| (activity.scheduled.activity_id.clone(), *id))
                .collect(),
            activities,
            timers,
            children,
            signals,
            cancels,
            signal_requests,
            cancel_requested: record.cancel_requested,
            updates: Default::default(),
            queries: Vec::new(),
            next_stamp: record.next_stamp,
            options: Options { versioning_override: record.versioning_override, priority: record.priority },
            attached: record.attached,
            log,
        };
        run.keep_updates(record.updates, record.admitted)?;
        Ok(run)
    }
}

fn first_event(log: &Log) -> Option<history::WorkflowExecutionStartedEventAttributes> {
    match log.event(1)?.attributes? {
        Attributes::WorkflowExecutionStartedEventAttributes(started) => Some(started),
        _ => None,
    }
}

fn signal_requests(attributes: impl Iterator<Item = Attributes>) -> HashSet<String> {
    let request = |attributes: Attributes| match attributes {
        Attributes::WorkflowExecutionSignaledEventAttributes(signal) => Some(signal.request_id),
        _ => None,
    };
    attributes.filter_map(request).collect()
}

fn buffered_event(event: &Buffered) -> HistoryEvent {
    let Buffered { attributes, time, links } = event;
    HistoryEvent {
        attributes: Some(attributes.clone()),
        event_time: Some(time.proto()),
        links: links.clone(),
        ..HistoryEvent::default()
    }
}

fn from_buffer(event: HistoryEvent) -> Result<Buffered, Damaged> {
    Ok(Buffered {
        attributes: event.attributes.ok_or_else(|| Damaged("an event that waits says nothing".into()))?,
        time: event.event_time.as_ref().map(Time::from_proto).unwrap_or_default(),
        links: event.links,
    })
}

fn timer(log: &Log, started_id: i64) -> Result<(String, Timer), Damaged> {
    match log.event(started_id).and_then(|event| event.attributes) {
        Some(Attributes::TimerStartedEventAttributes(event)) => Ok((event.timer_id, Timer { started_id })),
        _ => Err(missing("timer", started_id)),
    }
}

fn child_record((initiated_id, child): (&i64, &Child)) -> ChildRecord {
    ChildRecord { initiated_id: *initiated_id, run_id: child.run_id.clone(), started_id: child.started_id }
}

fn child(log: &Log, record: ChildRecord) -> Result<(i64, Child), Damaged> {
    let ChildRecord { initiated_id, run_id, started_id } = record;
    match log.event(initiated_id).and_then(|event| event.attributes) {
        Some(Attributes::StartChildWorkflowExecutionInitiatedEventAttributes(event)) => {
            let mut child = Child::initiated(&event);
            (child.run_id, child.started_id) = (run_id, started_id);
            Ok((initiated_id, child))
        }
        _ => Err(missing("child workflow", initiated_id)),
    }
}

fn signal(log: &Log, initiated_id: i64) -> Result<(i64, Pending), Damaged> {
    match log.event(initiated_id).and_then(|event| event.attributes) {
        Some(Attributes::SignalExternalWorkflowExecutionInitiatedEventAttributes(event)) => {
            Ok((initiated_id, Pending::signal(&event)))
        }
        _ => Err(missing("signal", initiated_id)),
    }
}

fn cancel(log: &Log, initiated_id: i64, own_namespace: &str) -> Result<(i64, Pending), Damaged> {
    match log.event(initiated_id).and_then(|event| event.attributes) {
        Some(Attributes::RequestCancelExternalWorkflowExecutionInitiatedEventAttributes(event)) => {
            Ok((initiated_id, Pending::cancel(&event, own_namespace)))
        }
        _ => Err(missing("cancellation", initiated_id)),
    }
}
