//! What a schedule starts: the whole of a workflow start, not only type and arguments.

use temporalio_client::Client;
use temporalio_common::{
    MemoValues,
    data_converters::PayloadConversionError,
    protos::temporal::api::{
        common::v1::{Payloads, WorkflowType},
        schedule::v1::{Schedule, ScheduleAction, schedule_action::Action},
        taskqueue::v1::TaskQueue,
        workflow::v1::NewWorkflowExecutionInfo,
    },
};

use crate::{
    wire::{encode_memo, proto_duration, user_metadata, workflow_context},
    workflow::{RunInput, Workflow},
};

/// Values of the action that are converted when the call is sent, since codecs are async.
pub(super) struct Pending<W: Workflow> {
    pub(super) arguments: Option<RunInput<W>>,
    pub(super) memo: Option<MemoValues>,
    pub(super) summary: Option<String>,
    pub(super) details: Option<String>,
}

impl<W: Workflow> Default for Pending<W> {
    fn default() -> Self {
        Self { arguments: None, memo: None, summary: None, details: None }
    }
}

/// The start with the defaults of the attributes. The policies about ids are none of them: each start has an id of its own, and
/// the server refuses policies, as it refuses cron schedules inside of schedules.
pub(super) fn new_workflow<W: Workflow>(input: &RunInput<W>) -> NewWorkflowExecutionInfo {
    let defaults = &W::TYPE.defaults;
    let task_queue = defaults.task_queue.unwrap_or_default().to_owned();
    NewWorkflowExecutionInfo {
        workflow_id: input.id().unwrap_or_default(),
        workflow_type: Some(WorkflowType { name: input.name() }),
        task_queue: Some(TaskQueue { name: task_queue, ..TaskQueue::default() }),
        workflow_execution_timeout: defaults.execution_timeout.map(proto_duration),
        workflow_run_timeout: defaults.run_timeout.map(proto_duration),
        workflow_task_timeout: defaults.task_timeout.map(proto_duration),
        retry_policy: defaults.retry_policy.as_ref().map(|policy| crate::RetryPolicy::from(policy).into_raw()),
        ..NewWorkflowExecutionInfo::default()
    }
}

/// The start inside a schedule; made if the schedule has none.
pub(super) fn workflow_mut(schedule: &mut Schedule) -> &mut NewWorkflowExecutionInfo {
    let action = schedule.action.get_or_insert_with(ScheduleAction::default);
    let Action::StartWorkflow(workflow) =
        action.action.get_or_insert_with(|| Action::StartWorkflow(NewWorkflowExecutionInfo::default()));
    workflow
}

impl<W: Workflow> Pending<W> {
    /// Converts what was given, and leaves the rest of the start as it is.
    pub(super) async fn apply(self, client: &Client, schedule: &mut Schedule) -> Result<(), PayloadConversionError> {
        let converter = &client.options().data_converter;
        let workflow = workflow_mut(schedule);
        if let Some(arguments) = self.arguments {
            let payloads = converter.to_payloads(&workflow_context(), &arguments).await?;
            workflow.input = Some(Payloads { payloads });
        }
        if let Some(memo) = self.memo {
            workflow.memo = Some(encode_memo(converter, &memo).await?);
        }
        if let Some(given) = user_metadata(self.summary.as_ref(), self.details.as_ref())? {
            let metadata = workflow.user_metadata.get_or_insert_default();
            metadata.summary = given.summary.or(metadata.summary.take());
            metadata.details = given.details.or(metadata.details.take());
        }
        Ok(())
    }
}
