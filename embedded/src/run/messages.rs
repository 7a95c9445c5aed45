//! What clients and other workflows send: signals, cancellations, termination.

use super::{Outcome, Run, Step};
use crate::{
    api::{
        Attributes, Header, Link, Payloads, WorkflowExecution,
        enums::{WorkflowExecutionStatus, WorkflowTaskFailedCause},
        history,
    },
    refusal::Refusal,
};

const COMPLETED: &str = "workflow execution already completed";

/// A signal to deliver.
#[derive(Debug, Default)]
pub(crate) struct Signal {
    pub(crate) name: String,
    pub(crate) input: Option<Payloads>,
    pub(crate) header: Option<Header>,
    pub(crate) identity: String,
    pub(crate) request_id: String,
    pub(crate) links: Vec<Link>,
    /// The workflow that sends it.
    pub(crate) sender: Option<WorkflowExecution>,
}

/// A request to cancel.
#[derive(Debug, Default)]
pub(crate) struct Cancel {
    pub(crate) reason: String,
    pub(crate) identity: String,
    pub(crate) links: Vec<Link>,
    /// The workflow that asks, and the event with which it began to.
    pub(crate) sender: Option<(WorkflowExecution, i64)>,
}

impl Run {
    /// Errors: the workflow is closed, or has had too many signals.
    pub(crate) fn signal(&mut self, signal: Signal, step: &mut Step<'_>) -> Result<(), Refusal> {
        if !self.is_open() {
            return Err(Refusal::not_found(COMPLETED));
        }
        if self.signal_requests.len() >= step.limits.signals {
            return Err(Refusal::exhausted("exceeded workflow execution limit for signal events"));
        }
        let request_id = if signal.request_id.is_empty() { step.new_id() } else { signal.request_id };
        if !self.signal_requests.insert(request_id.clone()) {
            return Ok(());
        }
        let event = history::WorkflowExecutionSignaledEventAttributes {
            signal_name: signal.name,
            input: signal.input,
            identity: signal.identity,
            header: signal.header,
            external_workflow_execution: signal.sender,
            request_id,
            ..Default::default()
        };
        self.record(Attributes::WorkflowExecutionSignaledEventAttributes(event), signal.links, step);
        self.finish(step);
        Ok(())
    }

    /// Asks the workflow to cancel itself; a second time, or once it is closed, this does nothing.
    pub(crate) fn request_cancel(&mut self, cancel: Cancel, step: &mut Step<'_>) {
        if !self.is_open() || self.cancel_requested {
            return;
        }
        self.cancel_requested = true;
        let (external, initiated_id) = match cancel.sender {
            Some((execution, initiated_id)) => (Some(execution), initiated_id),
            None => (None, 0),
        };
        let event = history::WorkflowExecutionCancelRequestedEventAttributes {
            cause: cancel.reason,
            external_initiated_event_id: initiated_id,
            external_workflow_execution: external,
            identity: cancel.identity,
        };
        self.record(Attributes::WorkflowExecutionCancelRequestedEventAttributes(event), cancel.links, step);
        self.finish(step);
    }

    /// Ends the workflow at once.
    ///
    /// Errors: it is closed.
    pub(crate) fn terminate(
        &mut self,
        reason: &str,
        details: Option<Payloads>,
        identity: &str,
        step: &mut Step<'_>,
    ) -> Result<(), Refusal> {
        if !self.is_open() {
            return Err(Refusal::not_found(COMPLETED));
        }
        self.end(reason, details, identity, Some(Outcome::Terminated), step);
        Ok(())
    }

    /// Ends the workflow because another run goes on from a point of its history. Its children are that run's, and nobody
    /// hears of this end.
    pub(crate) fn give_way(&mut self, reason: &str, identity: &str, step: &mut Step<'_>) {
        if self.is_open() {
            self.children.clear();
            self.end(reason, None, identity, None, step);
        }
    }

    fn end(
        &mut self,
        reason: &str,
        details: Option<Payloads>,
        identity: &str,
        outcome: Option<Outcome>,
        step: &mut Step<'_>,
    ) {
        self.force_close_task(step);
        let event = history::WorkflowExecutionTerminatedEventAttributes {
            reason: reason.to_owned(),
            details,
            identity: identity.to_owned(),
        };
        let event = Attributes::WorkflowExecutionTerminatedEventAttributes(event);
        self.close(WorkflowExecutionStatus::Terminated, event, outcome, None, step);
        self.finish(step);
    }

    /// The workflow is about to be closed from outside: takes the task from the worker that has it.
    pub(super) fn force_close_task(&mut self, step: &mut Step<'_>) {
        let Some(task) = self.task.take() else { return };
        if task.is_started() && task.kind != super::TaskKind::Normal {
            self.task = Some(task.clone());
            self.write_task_events();
            let written = self.task.take().unwrap_or(task);
            return self.force_close(&written, step);
        }
        if task.is_started() {
            self.force_close(&task, step);
        }
    }

    fn force_close(&mut self, task: &super::Task, step: &mut Step<'_>) {
        let event = history::WorkflowTaskFailedEventAttributes {
            scheduled_event_id: task.scheduled_id,
            started_event_id: task.started_id,
            cause: WorkflowTaskFailedCause::ForceCloseCommand as i32,
            identity: "history-service".to_owned(),
            ..Default::default()
        };
        let event = Attributes::WorkflowTaskFailedEventAttributes(event);
        self.log.append(event, step.now, super::log::Extra::default());
        self.flush();
    }
}
