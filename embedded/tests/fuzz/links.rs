//! What events say of other events.

use temporalio_protos::temporal::api::{enums::v1::EventType as Kind, history::v1::history_event::Attributes};

/// The workflow task whose completion brought the command that this event is the record of.
pub(crate) fn command(attributes: &Attributes) -> Option<i64> {
    macro_rules! completed {
        ($($attributes:ident)*) => {
            Some(match attributes {
                $(Attributes::$attributes(event) => event.workflow_task_completed_event_id,)*
                _ => return None,
            })
        };
    }
    completed! {
        ActivityTaskScheduledEventAttributes
        ActivityTaskCancelRequestedEventAttributes
        TimerStartedEventAttributes
        TimerCanceledEventAttributes
        MarkerRecordedEventAttributes
        UpsertWorkflowSearchAttributesEventAttributes
        WorkflowPropertiesModifiedEventAttributes
        StartChildWorkflowExecutionInitiatedEventAttributes
        SignalExternalWorkflowExecutionInitiatedEventAttributes
        RequestCancelExternalWorkflowExecutionInitiatedEventAttributes
        WorkflowExecutionCompletedEventAttributes
        WorkflowExecutionFailedEventAttributes
        WorkflowExecutionCanceledEventAttributes
        WorkflowExecutionContinuedAsNewEventAttributes
    }
}

/// The other events that this one speaks of, and what they must be.
pub(crate) fn links(attributes: &Attributes) -> Vec<(i64, Kind)> {
    let mut links = Vec::new();
    // Where there may be none, it is zero.
    macro_rules! link {
        ($id:expr, $kind:ident) => {
            links.push(($id, Kind::$kind))
        };
        ($id:expr, $kind:ident?) => {
            links.extend(Some(($id, Kind::$kind)).filter(|(id, _)| *id != 0))
        };
    }
    macro_rules! activity {
        ($event:expr) => {{
            link!($event.scheduled_event_id, ActivityTaskScheduled);
            link!($event.started_event_id, ActivityTaskStarted?);
        }};
    }
    macro_rules! child {
        ($event:expr) => {{
            link!($event.initiated_event_id, StartChildWorkflowExecutionInitiated);
            link!($event.started_event_id, ChildWorkflowExecutionStarted);
        }};
    }
    match attributes {
        Attributes::WorkflowTaskStartedEventAttributes(event) => {
            link!(event.scheduled_event_id, WorkflowTaskScheduled);
        }
        Attributes::WorkflowTaskCompletedEventAttributes(event) => {
            link!(event.scheduled_event_id, WorkflowTaskScheduled);
            link!(event.started_event_id, WorkflowTaskStarted);
        }
        Attributes::WorkflowTaskFailedEventAttributes(event) => {
            link!(event.scheduled_event_id, WorkflowTaskScheduled);
            link!(event.started_event_id, WorkflowTaskStarted);
        }
        Attributes::WorkflowTaskTimedOutEventAttributes(event) => {
            link!(event.scheduled_event_id, WorkflowTaskScheduled);
            link!(event.started_event_id, WorkflowTaskStarted?);
        }
        Attributes::ActivityTaskStartedEventAttributes(event) => {
            link!(event.scheduled_event_id, ActivityTaskScheduled);
        }
        Attributes::ActivityTaskCompletedEventAttributes(event) => activity!(event),
        Attributes::ActivityTaskFailedEventAttributes(event) => activity!(event),
        Attributes::ActivityTaskTimedOutEventAttributes(event) => activity!(event),
        Attributes::ActivityTaskCanceledEventAttributes(event) => {
            activity!(event);
            link!(event.latest_cancel_requested_event_id, ActivityTaskCancelRequested?);
        }
        Attributes::ActivityTaskCancelRequestedEventAttributes(event) => {
            link!(event.scheduled_event_id, ActivityTaskScheduled);
        }
        Attributes::TimerFiredEventAttributes(event) => link!(event.started_event_id, TimerStarted),
        Attributes::TimerCanceledEventAttributes(event) => link!(event.started_event_id, TimerStarted),
        Attributes::StartChildWorkflowExecutionFailedEventAttributes(event) => {
            link!(event.initiated_event_id, StartChildWorkflowExecutionInitiated);
        }
        Attributes::ChildWorkflowExecutionStartedEventAttributes(event) => {
            link!(event.initiated_event_id, StartChildWorkflowExecutionInitiated);
        }
        Attributes::ChildWorkflowExecutionCompletedEventAttributes(event) => child!(event),
        Attributes::ChildWorkflowExecutionFailedEventAttributes(event) => child!(event),
        Attributes::ChildWorkflowExecutionCanceledEventAttributes(event) => child!(event),
        Attributes::ChildWorkflowExecutionTimedOutEventAttributes(event) => child!(event),
        Attributes::ChildWorkflowExecutionTerminatedEventAttributes(event) => child!(event),
        Attributes::SignalExternalWorkflowExecutionFailedEventAttributes(event) => {
            link!(event.initiated_event_id, SignalExternalWorkflowExecutionInitiated);
        }
        Attributes::ExternalWorkflowExecutionSignaledEventAttributes(event) => {
            link!(event.initiated_event_id, SignalExternalWorkflowExecutionInitiated);
        }
        Attributes::RequestCancelExternalWorkflowExecutionFailedEventAttributes(event) => {
            link!(event.initiated_event_id, RequestCancelExternalWorkflowExecutionInitiated);
        }
        Attributes::ExternalWorkflowExecutionCancelRequestedEventAttributes(event) => {
            link!(event.initiated_event_id, RequestCancelExternalWorkflowExecutionInitiated);
        }
        Attributes::WorkflowExecutionUpdateCompletedEventAttributes(event) => {
            link!(event.accepted_event_id, WorkflowExecutionUpdateAccepted);
        }
        _ => {}
    }
    links
}

/// What this event ends, and nothing else may.
pub(crate) fn ends(attributes: &Attributes) -> Option<i64> {
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
        Attributes::SignalExternalWorkflowExecutionFailedEventAttributes(event) => event.initiated_event_id,
        Attributes::ExternalWorkflowExecutionSignaledEventAttributes(event) => event.initiated_event_id,
        Attributes::RequestCancelExternalWorkflowExecutionFailedEventAttributes(event) => event.initiated_event_id,
        Attributes::ExternalWorkflowExecutionCancelRequestedEventAttributes(event) => event.initiated_event_id,
        Attributes::WorkflowExecutionUpdateCompletedEventAttributes(event) => event.accepted_event_id,
        _ => return None,
    })
}
