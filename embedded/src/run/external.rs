//! Signals and cancellations that the workflow sends to others.

use super::{Effect, Run, Step, log::Extra};
use crate::api::{
    Attributes, UserMetadata, WorkflowExecution, command,
    enums::{CancelExternalWorkflowExecutionFailedCause, SignalExternalWorkflowExecutionFailedCause},
    history,
};

/// What is sent, and to which namespace it goes.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) namespace: String,
    pub(crate) execution: WorkflowExecution,
    /// It must be a child of the sender.
    pub(crate) child_only: bool,
}

/// What was sent and has no answer so far.
#[derive(Debug)]
pub(super) struct Pending {
    target: Target,
    control: String,
}

#[allow(deprecated)]
impl Pending {
    /// As the first event of a signal says.
    pub(super) fn signal(event: &history::SignalExternalWorkflowExecutionInitiatedEventAttributes) -> Self {
        let target = Target {
            namespace: event.namespace.clone(),
            execution: event.workflow_execution.clone().unwrap_or_default(),
            child_only: event.child_workflow_only,
        };
        Self { target, control: event.control.clone() }
    }

    /// As the first event of a cancellation says, which leaves out the namespace if it is the workflow's own.
    pub(super) fn cancel(
        event: &history::RequestCancelExternalWorkflowExecutionInitiatedEventAttributes,
        own_namespace: &str,
    ) -> Self {
        let namespace = if event.namespace.is_empty() { own_namespace } else { &event.namespace };
        let target = Target {
            namespace: namespace.to_owned(),
            execution: event.workflow_execution.clone().unwrap_or_default(),
            child_only: event.child_workflow_only,
        };
        Self { target, control: event.control.clone() }
    }
}

#[allow(deprecated)]
impl Run {
    fn namespace_of(&self, namespace: &str) -> String {
        if namespace.is_empty() { self.ids.namespace.clone() } else { namespace.to_owned() }
    }

    /// Applies the command; the checks have passed.
    pub(super) fn signal_external(
        &mut self,
        command: command::SignalExternalWorkflowExecutionCommandAttributes,
        metadata: Option<UserMetadata>,
        completed_id: i64,
        step: &mut Step<'_>,
    ) {
        let target = Target {
            namespace: self.namespace_of(&command.namespace),
            execution: command.execution.unwrap_or_default(),
            child_only: command.child_workflow_only,
        };
        let event = history::SignalExternalWorkflowExecutionInitiatedEventAttributes {
            workflow_task_completed_event_id: completed_id,
            namespace: target.namespace.clone(),
            namespace_id: self.ids.namespace_id.clone(),
            workflow_execution: Some(target.execution.clone()),
            signal_name: command.signal_name.clone(),
            input: command.input.clone(),
            control: command.control.clone(),
            child_workflow_only: target.child_only,
            header: command.header.clone(),
        };
        let event = Attributes::SignalExternalWorkflowExecutionInitiatedEventAttributes(event);
        let extra = Extra { user_metadata: metadata, ..Extra::default() };
        let initiated_id = self.log.append(event, step.now, extra);
        self.signals.insert(initiated_id, Pending { target: target.clone(), control: command.control });
        step.effect(Effect::Signal {
            initiated_id,
            target,
            name: command.signal_name,
            input: command.input,
            header: command.header,
        });
    }

    /// Applies the command; the checks have passed.
    pub(super) fn cancel_external(
        &mut self,
        command: command::RequestCancelExternalWorkflowExecutionCommandAttributes,
        metadata: Option<UserMetadata>,
        completed_id: i64,
        step: &mut Step<'_>,
    ) {
        let given = command.namespace.clone();
        let target = Target {
            namespace: self.namespace_of(&command.namespace),
            execution: WorkflowExecution { workflow_id: command.workflow_id, run_id: command.run_id },
            child_only: command.child_workflow_only,
        };
        let event = history::RequestCancelExternalWorkflowExecutionInitiatedEventAttributes {
            workflow_task_completed_event_id: completed_id,
            // Unlike that of a signal, it is left as the command has it.
            namespace: given,
            namespace_id: self.ids.namespace_id.clone(),
            workflow_execution: Some(target.execution.clone()),
            control: command.control.clone(),
            child_workflow_only: target.child_only,
            reason: command.reason.clone(),
        };
        let event = Attributes::RequestCancelExternalWorkflowExecutionInitiatedEventAttributes(event);
        let extra = Extra { user_metadata: metadata, ..Extra::default() };
        let initiated_id = self.log.append(event, step.now, extra);
        self.cancels.insert(initiated_id, Pending { target: target.clone(), control: command.control });
        step.effect(Effect::Cancel { initiated_id, target, reason: command.reason });
    }

    /// The signal arrived, or why it did not.
    pub(crate) fn signal_sent(
        &mut self,
        initiated_id: i64,
        result: Result<(), SignalExternalWorkflowExecutionFailedCause>,
        step: &mut Step<'_>,
    ) {
        if !self.is_open() {
            return;
        }
        let Some(Pending { target, control }) = self.signals.remove(&initiated_id) else { return };
        let event = match result {
            Ok(()) => Attributes::ExternalWorkflowExecutionSignaledEventAttributes(
                history::ExternalWorkflowExecutionSignaledEventAttributes {
                    initiated_event_id: initiated_id,
                    namespace: target.namespace,
                    namespace_id: self.ids.namespace_id.clone(),
                    workflow_execution: Some(target.execution),
                    control,
                },
            ),
            Err(cause) => Attributes::SignalExternalWorkflowExecutionFailedEventAttributes(
                history::SignalExternalWorkflowExecutionFailedEventAttributes {
                    cause: cause as i32,
                    // As the real server has it, which knows the id and does not say it.
                    workflow_task_completed_event_id: 0,
                    namespace: target.namespace,
                    namespace_id: self.ids.namespace_id.clone(),
                    workflow_execution: Some(target.execution),
                    initiated_event_id: initiated_id,
                    control,
                },
            ),
        };
        self.record(event, Vec::new(), step);
        self.finish(step);
    }

    /// The other workflow was asked to cancel itself, or why it was not.
    pub(crate) fn cancel_sent(
        &mut self,
        initiated_id: i64,
        result: Result<(), CancelExternalWorkflowExecutionFailedCause>,
        step: &mut Step<'_>,
    ) {
        if !self.is_open() {
            return;
        }
        let Some(Pending { target, control }) = self.cancels.remove(&initiated_id) else { return };
        let event = match result {
            Ok(()) => Attributes::ExternalWorkflowExecutionCancelRequestedEventAttributes(
                history::ExternalWorkflowExecutionCancelRequestedEventAttributes {
                    initiated_event_id: initiated_id,
                    namespace: target.namespace,
                    namespace_id: self.ids.namespace_id.clone(),
                    workflow_execution: Some(target.execution),
                },
            ),
            Err(cause) => Attributes::RequestCancelExternalWorkflowExecutionFailedEventAttributes(
                history::RequestCancelExternalWorkflowExecutionFailedEventAttributes {
                    cause: cause as i32,
                    // As the real server has it, which knows the id and does not say it.
                    workflow_task_completed_event_id: 0,
                    namespace: target.namespace,
                    namespace_id: self.ids.namespace_id.clone(),
                    workflow_execution: Some(target.execution),
                    initiated_event_id: initiated_id,
                    control,
                },
            ),
        };
        self.record(event, Vec::new(), step);
        self.finish(step);
    }
}
