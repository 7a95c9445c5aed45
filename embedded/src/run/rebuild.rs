//! The state of a run, from its events.

use super::{Run, Step, children::Child, commands::merge_memo, external::Pending};
use crate::{
    api::{Attributes, HistoryEvent},
    time::Time,
    visibility,
};

impl Run {
    /// Takes over the events of another run, and the state that they lead to. Activities that wait are handed out anew,
    /// timers go on.
    pub(super) fn take_over(&mut self, events: &[HistoryEvent], step: &mut Step<'_>) {
        self.log.copy(events);
        let mut waiting = Vec::new();
        let mut timers = Vec::new();
        for event in events {
            let Some(attributes) = &event.attributes else { continue };
            match attributes {
                Attributes::ActivityTaskScheduledEventAttributes(_) => waiting.push(event),
                Attributes::TimerStartedEventAttributes(_) => timers.push(event),
                _ => {}
            }
            if let Some(ended) = ended_activity(attributes) {
                waiting.retain(|event| event.event_id != ended);
            }
            if let Some(ended) = ended_timer(attributes) {
                timers.retain(|event| event.event_id != ended);
            }
            self.follow(event, attributes);
        }
        for event in waiting {
            if let Some(Attributes::ActivityTaskScheduledEventAttributes(scheduled)) = &event.attributes {
                self.dispatch_activity(scheduled.clone(), event.event_id, step);
            }
        }
        for event in events {
            if let Some(Attributes::ActivityTaskCancelRequestedEventAttributes(requested)) = &event.attributes
                && let Some(activity) = self.activities.get_mut(&requested.scheduled_event_id)
            {
                activity.cancel_requested = Some(event.event_id);
            }
        }
        for event in timers {
            if let Some(Attributes::TimerStartedEventAttributes(timer)) = &event.attributes {
                let started = event.event_time.as_ref().map(Time::from_proto).unwrap_or(step.now);
                self.take_over_timer(timer, event.event_id, started, step);
            }
        }
    }

    fn follow(&mut self, event: &HistoryEvent, attributes: &Attributes) {
        match attributes {
            Attributes::WorkflowTaskScheduledEventAttributes(_) | Attributes::WorkflowTaskStartedEventAttributes(_) => {
                self.take_over_task(event);
            }
            Attributes::WorkflowTaskCompletedEventAttributes(completed) => {
                self.task = None;
                self.last_started_id = completed.started_event_id;
                self.last_completed_id = event.event_id;
            }
            Attributes::WorkflowTaskFailedEventAttributes(_) | Attributes::WorkflowTaskTimedOutEventAttributes(_) => {
                self.task = None;
            }
            Attributes::WorkflowExecutionSignaledEventAttributes(signal) => {
                self.signal_requests.insert(signal.request_id.clone());
            }
            Attributes::WorkflowExecutionCancelRequestedEventAttributes(_) => self.cancel_requested = true,
            Attributes::WorkflowExecutionOptionsUpdatedEventAttributes(updated) => self.follow_options(updated),
            Attributes::UpsertWorkflowSearchAttributesEventAttributes(upserted) => {
                let upserted = upserted.search_attributes.clone().unwrap_or_default();
                visibility::merge(&mut self.search_attributes, &upserted);
            }
            Attributes::WorkflowPropertiesModifiedEventAttributes(modified) => {
                merge_memo(&mut self.memo, &modified.upserted_memo.clone().unwrap_or_default());
            }
            Attributes::WorkflowExecutionUpdateAdmittedEventAttributes(admitted) => {
                self.take_over_admitted(admitted.request.clone().unwrap_or_default());
            }
            Attributes::WorkflowExecutionUpdateAcceptedEventAttributes(accepted) => {
                self.take_over_accepted(accepted, event.event_id);
            }
            Attributes::WorkflowExecutionUpdateCompletedEventAttributes(completed) => {
                self.take_over_completed(completed);
            }
            _ => self.follow_others(event, attributes),
        }
    }

    /// What the workflow has to do with others.
    pub(super) fn follow_others(&mut self, event: &HistoryEvent, attributes: &Attributes) {
        match attributes {
            Attributes::StartChildWorkflowExecutionInitiatedEventAttributes(initiated) => {
                self.children.insert(event.event_id, Child::initiated(initiated));
            }
            Attributes::ChildWorkflowExecutionStartedEventAttributes(started) => {
                if let Some(child) = self.children.get_mut(&started.initiated_event_id) {
                    child.run_id = started.workflow_execution.as_ref().map(|execution| execution.run_id.clone());
                    child.started_id = event.event_id;
                }
            }
            Attributes::SignalExternalWorkflowExecutionInitiatedEventAttributes(initiated) => {
                self.signals.insert(event.event_id, Pending::signal(initiated));
            }
            Attributes::RequestCancelExternalWorkflowExecutionInitiatedEventAttributes(initiated) => {
                self.cancels.insert(event.event_id, Pending::cancel(initiated, &self.ids.namespace));
            }
            _ => {
                if let Some(initiated) = answered(attributes) {
                    self.children.remove(&initiated);
                    self.signals.remove(&initiated);
                    self.cancels.remove(&initiated);
                }
            }
        }
    }
}

/// The scheduled event of the activity that this event ends.
pub(super) fn ended_activity(attributes: &Attributes) -> Option<i64> {
    Some(match attributes {
        Attributes::ActivityTaskCompletedEventAttributes(event) => event.scheduled_event_id,
        Attributes::ActivityTaskFailedEventAttributes(event) => event.scheduled_event_id,
        Attributes::ActivityTaskTimedOutEventAttributes(event) => event.scheduled_event_id,
        Attributes::ActivityTaskCanceledEventAttributes(event) => event.scheduled_event_id,
        _ => return None,
    })
}

/// The started event of the timer that this event ends.
fn ended_timer(attributes: &Attributes) -> Option<i64> {
    Some(match attributes {
        Attributes::TimerFiredEventAttributes(event) => event.started_event_id,
        Attributes::TimerCanceledEventAttributes(event) => event.started_event_id,
        _ => return None,
    })
}

/// The event that began what this one is the end of, of children and messages to other workflows.
pub(super) fn answered(attributes: &Attributes) -> Option<i64> {
    Some(match attributes {
        Attributes::StartChildWorkflowExecutionFailedEventAttributes(event) => event.initiated_event_id,
        Attributes::ChildWorkflowExecutionCompletedEventAttributes(event) => event.initiated_event_id,
        Attributes::ChildWorkflowExecutionFailedEventAttributes(event) => event.initiated_event_id,
        Attributes::ChildWorkflowExecutionCanceledEventAttributes(event) => event.initiated_event_id,
        Attributes::ChildWorkflowExecutionTimedOutEventAttributes(event) => event.initiated_event_id,
        Attributes::ChildWorkflowExecutionTerminatedEventAttributes(event) => event.initiated_event_id,
        Attributes::ExternalWorkflowExecutionSignaledEventAttributes(event) => event.initiated_event_id,
        Attributes::SignalExternalWorkflowExecutionFailedEventAttributes(event) => event.initiated_event_id,
        Attributes::ExternalWorkflowExecutionCancelRequestedEventAttributes(event) => event.initiated_event_id,
        Attributes::RequestCancelExternalWorkflowExecutionFailedEventAttributes(event) => event.initiated_event_id,
        _ => return None,
    })
}
