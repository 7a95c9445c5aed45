//! What is true of every history.

use std::collections::HashMap;

use temporalio_protos::temporal::api::{
    enums::v1::EventType,
    history::v1::{HistoryEvent, history_event::Attributes},
};

const CLOSES: [EventType; 6] = [
    EventType::WorkflowExecutionCompleted,
    EventType::WorkflowExecutionFailed,
    EventType::WorkflowExecutionTimedOut,
    EventType::WorkflowExecutionCanceled,
    EventType::WorkflowExecutionTerminated,
    EventType::WorkflowExecutionContinuedAsNew,
];

pub(crate) fn is_open(events: &[HistoryEvent]) -> bool {
    events.last().is_some_and(|last| !CLOSES.contains(&last.event_type()))
}

/// Errors: what is wrong with it.
pub(crate) fn history(events: &[HistoryEvent], open: bool) -> Result<(), String> {
    let Some(last) = events.last() else { return Err("it is empty".to_owned()) };
    let mut kinds: HashMap<i64, EventType> = HashMap::new();
    let mut ended: HashMap<i64, i64> = HashMap::new();
    // The workflow task that is not over: scheduled, and started.
    let mut task: Option<(i64, bool)> = None;
    for (index, event) in events.iter().enumerate() {
        let id = i64::try_from(index).unwrap_or(0) + 1;
        let kind = event.event_type();
        let wrong = |what: &str| Err(format!("event {id}, {kind:?}: {what}"));
        if event.event_id != id {
            return wrong("its id is out of order");
        }
        if (id == 1) != (kind == EventType::WorkflowExecutionStarted) {
            return wrong("a history begins once");
        }
        if CLOSES.contains(&kind) && id != last.event_id {
            return wrong("something comes after the end");
        }
        if event.event_time.is_none() {
            return wrong("it has no time");
        }
        let Some(attributes) = &event.attributes else { return wrong("it has no attributes") };
        for (of, expected) in links(attributes) {
            match kinds.get(&of) {
                Some(kind) if expected.contains(kind) => {}
                other => return wrong(&format!("it is linked to event {of}, {other:?} instead of {expected:?}")),
            }
        }
        if let Some(of) = ends(attributes)
            && let Some(before) = ended.insert(of, id)
        {
            return wrong(&format!("event {of} has been ended by {before}"));
        }
        match kind {
            EventType::WorkflowTaskScheduled if task.is_some() => return wrong("there is a workflow task already"),
            EventType::WorkflowTaskScheduled => task = Some((id, false)),
            EventType::WorkflowTaskStarted => match task {
                Some((scheduled, false)) => task = Some((scheduled, true)),
                _ => return wrong("no workflow task waits"),
            },
            EventType::WorkflowTaskCompleted | EventType::WorkflowTaskFailed | EventType::WorkflowTaskTimedOut => {
                let Some(_) = task.take() else { return wrong("there is no workflow task") };
            }
            _ => {}
        }
        kinds.insert(id, kind);
    }
    match CLOSES.contains(&last.event_type()) == open {
        true => Err(format!(
            "it ends with {:?}, and the run is {}",
            last.event_type(),
            if open { "open" } else { "closed" }
        )),
        false => Ok(()),
    }
}

/// The events that this one speaks of, and what they may be.
fn links(attributes: &Attributes) -> Vec<(i64, Vec<EventType>)> {
    use EventType as Kind;
    let completed = |id: i64| (id, vec![Kind::WorkflowTaskCompleted]);
    let started = |id: i64, kind: Kind| if id == 0 { None } else { Some((id, vec![kind])) };
    let mut links = Vec::new();
    macro_rules! activity {
        ($event:expr) => {{
            links.push(($event.scheduled_event_id, vec![Kind::ActivityTaskScheduled]));
            links.extend(started($event.started_event_id, Kind::ActivityTaskStarted));
        }};
    }
    macro_rules! child {
        ($event:expr) => {{
            links.push(($event.initiated_event_id, vec![Kind::StartChildWorkflowExecutionInitiated]));
            links.push(($event.started_event_id, vec![Kind::ChildWorkflowExecutionStarted]));
        }};
    }
    match attributes {
        Attributes::WorkflowTaskStartedEventAttributes(event) => {
            links.push((event.scheduled_event_id, vec![Kind::WorkflowTaskScheduled]));
        }
        Attributes::WorkflowTaskCompletedEventAttributes(event) => {
            links.push((event.scheduled_event_id, vec![Kind::WorkflowTaskScheduled]));
            links.push((event.started_event_id, vec![Kind::WorkflowTaskStarted]));
        }
        Attributes::WorkflowTaskFailedEventAttributes(event) => {
            links.push((event.scheduled_event_id, vec![Kind::WorkflowTaskScheduled]));
            links.push((event.started_event_id, vec![Kind::WorkflowTaskStarted]));
        }
        Attributes::WorkflowTaskTimedOutEventAttributes(event) => {
            links.push((event.scheduled_event_id, vec![Kind::WorkflowTaskScheduled]));
            links.extend(started(event.started_event_id, Kind::WorkflowTaskStarted));
        }
        Attributes::ActivityTaskScheduledEventAttributes(event) => {
            links.push(completed(event.workflow_task_completed_event_id));
        }
        Attributes::ActivityTaskStartedEventAttributes(event) => {
            links.push((event.scheduled_event_id, vec![Kind::ActivityTaskScheduled]));
        }
        Attributes::ActivityTaskCompletedEventAttributes(event) => activity!(event),
        Attributes::ActivityTaskFailedEventAttributes(event) => activity!(event),
        Attributes::ActivityTaskTimedOutEventAttributes(event) => activity!(event),
        Attributes::ActivityTaskCanceledEventAttributes(event) => activity!(event),
        Attributes::ActivityTaskCancelRequestedEventAttributes(event) => {
            links.push((event.scheduled_event_id, vec![Kind::ActivityTaskScheduled]));
        }
        Attributes::TimerStartedEventAttributes(event) => {
            links.push(completed(event.workflow_task_completed_event_id));
        }
        Attributes::TimerFiredEventAttributes(event) => links.push((event.started_event_id, vec![Kind::TimerStarted])),
        Attributes::TimerCanceledEventAttributes(event) => {
            links.push((event.started_event_id, vec![Kind::TimerStarted]));
        }
        Attributes::StartChildWorkflowExecutionInitiatedEventAttributes(event) => {
            links.push(completed(event.workflow_task_completed_event_id));
        }
        Attributes::StartChildWorkflowExecutionFailedEventAttributes(event) => {
            links.push((event.initiated_event_id, vec![Kind::StartChildWorkflowExecutionInitiated]));
        }
        Attributes::ChildWorkflowExecutionStartedEventAttributes(event) => {
            links.push((event.initiated_event_id, vec![Kind::StartChildWorkflowExecutionInitiated]));
        }
        Attributes::ChildWorkflowExecutionCompletedEventAttributes(event) => child!(event),
        Attributes::ChildWorkflowExecutionFailedEventAttributes(event) => child!(event),
        Attributes::ChildWorkflowExecutionCanceledEventAttributes(event) => child!(event),
        Attributes::ChildWorkflowExecutionTimedOutEventAttributes(event) => child!(event),
        Attributes::ChildWorkflowExecutionTerminatedEventAttributes(event) => child!(event),
        Attributes::SignalExternalWorkflowExecutionFailedEventAttributes(event) => {
            links.push((event.initiated_event_id, vec![Kind::SignalExternalWorkflowExecutionInitiated]));
        }
        Attributes::ExternalWorkflowExecutionSignaledEventAttributes(event) => {
            links.push((event.initiated_event_id, vec![Kind::SignalExternalWorkflowExecutionInitiated]));
        }
        Attributes::WorkflowExecutionUpdateCompletedEventAttributes(event) => {
            links.push((event.accepted_event_id, vec![Kind::WorkflowExecutionUpdateAccepted]));
        }
        Attributes::WorkflowExecutionCompletedEventAttributes(event) => {
            links.push(completed(event.workflow_task_completed_event_id));
        }
        _ => {}
    }
    links
}

/// What this event ends, and nothing else may.
fn ends(attributes: &Attributes) -> Option<i64> {
    Some(match attributes {
        Attributes::ActivityTaskCompletedEventAttributes(event) => event.scheduled_event_id,
        Attributes::ActivityTaskFailedEventAttributes(event) => event.scheduled_event_id,
        Attributes::ActivityTaskTimedOutEventAttributes(event) => event.scheduled_event_id,
        Attributes::ActivityTaskCanceledEventAttributes(event) => event.scheduled_event_id,
        Attributes::TimerFiredEventAttributes(event) => event.started_event_id,
        Attributes::TimerCanceledEventAttributes(event) => event.started_event_id,
        Attributes::ChildWorkflowExecutionCompletedEventAttributes(event) => event.initiated_event_id,
        Attributes::ChildWorkflowExecutionFailedEventAttributes(event) => event.initiated_event_id,
        Attributes::ChildWorkflowExecutionCanceledEventAttributes(event) => event.initiated_event_id,
        Attributes::ChildWorkflowExecutionTimedOutEventAttributes(event) => event.initiated_event_id,
        Attributes::ChildWorkflowExecutionTerminatedEventAttributes(event) => event.initiated_event_id,
        Attributes::StartChildWorkflowExecutionFailedEventAttributes(event) => event.initiated_event_id,
        Attributes::WorkflowExecutionUpdateCompletedEventAttributes(event) => event.accepted_event_id,
        _ => return None,
    })
}
