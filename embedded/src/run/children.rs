//! Child workflows, as their parent sees them.

use std::time::Duration;

use super::{
    Effect, Parent, Report, Run, Start, StartChild, Step, buffer::BUFFERED, effect::Outcome, log::Extra, retry,
    start::TASK_TIMEOUT,
};
use crate::{
    api::{
        Attributes, UserMetadata, WorkflowExecution, WorkflowType, command,
        enums::{ParentClosePolicy, TaskQueueKind},
        history,
    },
    time,
};

/// A child that was initiated and has not ended.
#[derive(Debug)]
pub(crate) struct Child {
    pub(crate) workflow_id: String,
    pub(crate) workflow_type: Option<WorkflowType>,
    pub(crate) policy: ParentClosePolicy,
    /// `None` until it has started.
    pub(crate) run_id: Option<String>,
    pub(super) started_id: i64,
    control: String,
}

#[allow(deprecated)]
impl Child {
    /// As its first event says.
    pub(super) fn initiated(event: &history::StartChildWorkflowExecutionInitiatedEventAttributes) -> Self {
        Self {
            workflow_id: event.workflow_id.clone(),
            workflow_type: event.workflow_type.clone(),
            policy: event.parent_close_policy(),
            run_id: None,
            started_id: 0,
            control: event.control.clone(),
        }
    }
}

#[allow(deprecated)]
impl Run {
    /// Applies the command; the checks have passed.
    pub(super) fn start_child(
        &mut self,
        command: command::StartChildWorkflowExecutionCommandAttributes,
        metadata: Option<UserMetadata>,
        completed_id: i64,
        step: &mut Step<'_>,
    ) {
        let policy = match command.parent_close_policy() {
            ParentClosePolicy::Unspecified => ParentClosePolicy::Terminate,
            policy => policy,
        };
        let namespace =
            if command.namespace.is_empty() { self.ids.namespace.clone() } else { command.namespace.clone() };
        let mut task_queue = command.task_queue.clone().unwrap_or_default();
        if task_queue.name.is_empty() {
            task_queue.name = self.task_queue().name;
        }
        task_queue.kind = TaskQueueKind::Normal as i32;
        let reuse_policy = command.workflow_id_reuse_policy();
        let attributes =
            command.search_attributes.as_ref().map(|given| step.attributes.normalise(given).unwrap_or_default());
        let some = |timeout: &Option<prost_wkt_types::Duration>| {
            Some(time::duration(timeout.as_ref())).filter(|timeout| !timeout.is_zero())
        };
        let task_timeout = some(&command.workflow_task_timeout).unwrap_or(TASK_TIMEOUT);
        let task_timeout = some(&command.workflow_run_timeout).map_or(task_timeout, |run| task_timeout.min(run));
        let event = history::StartChildWorkflowExecutionInitiatedEventAttributes {
            namespace: namespace.clone(),
            namespace_id: self.ids.namespace_id.clone(),
            workflow_id: command.workflow_id.clone(),
            workflow_type: command.workflow_type.clone(),
            task_queue: Some(task_queue.clone()),
            input: command.input.clone(),
            workflow_execution_timeout: command.workflow_execution_timeout,
            workflow_run_timeout: Some(command.workflow_run_timeout.unwrap_or_default()),
            workflow_task_timeout: Some(time::proto(task_timeout)),
            parent_close_policy: policy as i32,
            control: command.control.clone(),
            workflow_task_completed_event_id: completed_id,
            workflow_id_reuse_policy: command.workflow_id_reuse_policy,
            retry_policy: command.retry_policy.clone().map(retry::with_defaults),
            cron_schedule: command.cron_schedule.clone(),
            header: command.header.clone(),
            memo: command.memo.clone(),
            search_attributes: attributes.clone(),
            inherit_build_id: command.inherit_build_id,
            priority: command.priority.clone(),
            versioning_override: command.versioning_override.clone(),
            ..Default::default()
        };
        let extra = Extra { user_metadata: metadata.clone(), ..Extra::default() };
        let event_attributes = Attributes::StartChildWorkflowExecutionInitiatedEventAttributes(event.clone());
        let initiated_id = self.log.append(event_attributes, step.now, extra);
        self.children.insert(initiated_id, Child::initiated(&event));
        let parent = Parent {
            namespace: self.ids.namespace.clone(),
            namespace_id: self.ids.namespace_id.clone(),
            execution: WorkflowExecution { workflow_id: self.ids.workflow_id.clone(), run_id: self.ids.run_id.clone() },
            initiated_id,
        };
        let start = Start {
            namespace: namespace.clone(),
            workflow_id: command.workflow_id,
            workflow_type: command.workflow_type.unwrap_or_default(),
            task_queue: task_queue.name,
            input: command.input,
            header: command.header,
            execution_timeout: event.workflow_execution_timeout.as_ref().map(|timeout| time::duration(Some(timeout))),
            run_timeout: event.workflow_run_timeout.as_ref().map(|timeout| time::duration(Some(timeout))),
            task_timeout: time::duration(event.workflow_task_timeout.as_ref()),
            request_id: format!("{}:{initiated_id}:0", self.ids.run_id),
            backoff: Some(Duration::ZERO),
            retry_policy: command.retry_policy,
            cron_schedule: command.cron_schedule,
            memo: command.memo.unwrap_or_default(),
            search_attributes: attributes.unwrap_or_default(),
            user_metadata: metadata,
            priority: event.priority.or_else(|| self.started.priority.clone()),
            versioning_override: event.versioning_override,
            parent: Some(parent),
            root: Some(self.root()),
            attempt: 1,
            ..Start::default()
        };
        step.effect(Effect::StartChild(Box::new(StartChild { initiated_id, namespace, reuse_policy, start })));
    }

    /// What a child tells; what comes from one that is not waited for is dropped.
    pub(crate) fn child_reports(&mut self, report: Report, step: &mut Step<'_>) {
        let Report { initiated_id, execution, workflow_type, outcome } = report;
        if !self.is_open() {
            return;
        }
        let namespace = self.ids.namespace.clone();
        let namespace_id = self.ids.namespace_id.clone();
        if let Outcome::Started { header } = outcome {
            let run_id = execution.run_id.clone();
            if self.children.get(&initiated_id).is_none_or(|child| child.run_id.is_some()) {
                return;
            }
            let event = history::ChildWorkflowExecutionStartedEventAttributes {
                namespace,
                namespace_id,
                initiated_event_id: initiated_id,
                workflow_execution: Some(execution),
                workflow_type,
                header,
            };
            let event = Attributes::ChildWorkflowExecutionStartedEventAttributes(event);
            let id = self.record(event, Vec::new(), step);
            if let Some(child) = self.children.get_mut(&initiated_id) {
                child.run_id = Some(run_id);
                child.started_id = id;
            }
            return self.finish(step);
        }
        let Some(child) = self.children.remove(&initiated_id) else { return };
        let started_event_id = child.started_id;
        debug_assert!(started_event_id == BUFFERED || started_event_id >= 0);
        let workflow_execution = Some(execution);
        let event = match outcome {
            Outcome::NotStarted { cause } => Attributes::StartChildWorkflowExecutionFailedEventAttributes(
                history::StartChildWorkflowExecutionFailedEventAttributes {
                    namespace,
                    namespace_id,
                    workflow_id: child.workflow_id,
                    workflow_type: child.workflow_type,
                    cause: cause as i32,
                    control: child.control,
                    initiated_event_id: initiated_id,
                    // As the real server has it, which knows the id and does not say it.
                    workflow_task_completed_event_id: 0,
                },
            ),
            Outcome::Completed { result } => Attributes::ChildWorkflowExecutionCompletedEventAttributes(
                history::ChildWorkflowExecutionCompletedEventAttributes {
                    result,
                    namespace,
                    namespace_id,
                    workflow_execution,
                    workflow_type,
                    initiated_event_id: initiated_id,
                    started_event_id,
                },
            ),
            Outcome::Failed { failure, retry_state } => Attributes::ChildWorkflowExecutionFailedEventAttributes(
                history::ChildWorkflowExecutionFailedEventAttributes {
                    failure: failure.map(|failure| *failure),
                    namespace,
                    namespace_id,
                    workflow_execution,
                    workflow_type,
                    initiated_event_id: initiated_id,
                    started_event_id,
                    retry_state: retry_state as i32,
                },
            ),
            Outcome::Canceled { details } => Attributes::ChildWorkflowExecutionCanceledEventAttributes(
                history::ChildWorkflowExecutionCanceledEventAttributes {
                    details,
                    namespace,
                    namespace_id,
                    workflow_execution,
                    workflow_type,
                    initiated_event_id: initiated_id,
                    started_event_id,
                },
            ),
            Outcome::TimedOut { retry_state } => Attributes::ChildWorkflowExecutionTimedOutEventAttributes(
                history::ChildWorkflowExecutionTimedOutEventAttributes {
                    namespace,
                    namespace_id,
                    workflow_execution,
                    workflow_type,
                    initiated_event_id: initiated_id,
                    started_event_id,
                    retry_state: retry_state as i32,
                },
            ),
            Outcome::Terminated | Outcome::Started { .. } => {
                Attributes::ChildWorkflowExecutionTerminatedEventAttributes(
                    history::ChildWorkflowExecutionTerminatedEventAttributes {
                        namespace,
                        namespace_id,
                        workflow_execution,
                        workflow_type,
                        initiated_event_id: initiated_id,
                        started_event_id,
                    },
                )
            }
        };
        self.record(event, Vec::new(), step);
        self.finish(step);
    }

    /// Whether this workflow is a child that has not ended.
    pub(crate) fn is_child(&self, workflow_id: &str) -> bool {
        self.children.values().any(|child| child.workflow_id == workflow_id)
    }
}
