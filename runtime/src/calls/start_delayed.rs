//! Starting a workflow later: an option that Temporal's client crate does not offer, by its raw service client.

use std::time::Duration;

use temporalio_client::{NamespacedClient, WorkflowStartOptions, errors::WorkflowStartError, tonic::IntoRequest};
use temporalio_common::protos::temporal::api::{
    common::v1::{Payloads, WorkflowType},
    enums::v1::{WorkflowIdConflictPolicy, WorkflowIdReusePolicy},
    taskqueue::v1::TaskQueue,
    workflowservice::v1::{SignalWithStartWorkflowExecutionRequest, StartWorkflowExecutionRequest},
};

use super::{WorkflowHandle, start::StartRequest};
use crate::{
    wire::{encode_memo, proto_duration, request_id, user_metadata, workflow_context},
    workflow::Workflow,
};

/// Sends the start with its delay. Interceptors of the client do not see it.
pub(super) async fn send_delayed<W: Workflow>(
    request: StartRequest<W>,
    delay: Duration,
) -> Result<WorkflowHandle<W>, WorkflowStartError> {
    let StartRequest { client, input, options, signal, .. } = request;
    let converter = client.options().data_converter.clone();
    let input = converter.to_payloads(&workflow_context(), &input).await?;
    let memo = match &options.memo {
        Some(memo) => Some(encode_memo(&converter, memo).await?),
        None => None,
    };
    let workflow_id = options.workflow_id.clone();
    let mut start = start_request::<W>(options, delay)?;
    start.namespace = client.namespace();
    start.identity = client.identity();
    start.input = Some(Payloads { payloads: input });
    start.memo = memo;
    let mut service = client.connection().workflow_service();
    let signalled = signal.is_some();
    let run_id = match signal {
        None => service.start_workflow_execution(start.into_request()).await?.into_inner().run_id,
        Some(signal) => {
            let payloads = converter.to_payloads(&workflow_context(), &signal.arguments).await?;
            let request = with_signal(start, signal.name.into_owned(), payloads);
            let started = service.signal_with_start_workflow_execution(request.into_request()).await;
            started?.into_inner().run_id
        }
    };
    let first = (!signalled).then(|| run_id.clone());
    Ok(WorkflowHandle::started(&client, workflow_id, Some(run_id), first))
}

fn start_request<W: Workflow>(
    options: WorkflowStartOptions,
    delay: Duration,
) -> Result<StartWorkflowExecutionRequest, WorkflowStartError> {
    Ok(StartWorkflowExecutionRequest {
        workflow_id: options.workflow_id,
        workflow_type: Some(WorkflowType { name: W::TYPE.name.to_owned() }),
        task_queue: Some(TaskQueue { name: options.task_queue, ..TaskQueue::default() }),
        workflow_execution_timeout: options.execution_timeout.map(proto_duration),
        workflow_run_timeout: options.run_timeout.map(proto_duration),
        workflow_task_timeout: options.task_timeout.map(proto_duration),
        request_id: request_id(),
        workflow_id_reuse_policy: WorkflowIdReusePolicy::from(options.id_reuse_policy) as i32,
        workflow_id_conflict_policy: WorkflowIdConflictPolicy::from(options.id_conflict_policy) as i32,
        retry_policy: options.retry_policy.map(Into::into),
        cron_schedule: options.cron_schedule.unwrap_or_default(),
        search_attributes: options.search_attributes.map(|attributes| attributes.into_proto()),
        header: options.header,
        workflow_start_delay: Some(proto_duration(delay)),
        completion_callbacks: options.completion_callbacks,
        user_metadata: user_metadata(options.static_summary.as_ref(), options.static_details.as_ref())?,
        links: options.links,
        versioning_override: options.versioning_override.map(Into::into),
        priority: Some(options.priority.into()),
        ..StartWorkflowExecutionRequest::default()
    })
}

fn with_signal(
    start: StartWorkflowExecutionRequest,
    signal: String,
    payloads: Vec<temporalio_common::protos::temporal::api::common::v1::Payload>,
) -> SignalWithStartWorkflowExecutionRequest {
    SignalWithStartWorkflowExecutionRequest {
        namespace: start.namespace,
        workflow_id: start.workflow_id,
        workflow_type: start.workflow_type,
        task_queue: start.task_queue,
        input: start.input,
        workflow_execution_timeout: start.workflow_execution_timeout,
        workflow_run_timeout: start.workflow_run_timeout,
        workflow_task_timeout: start.workflow_task_timeout,
        identity: start.identity,
        request_id: start.request_id,
        workflow_id_reuse_policy: start.workflow_id_reuse_policy,
        workflow_id_conflict_policy: start.workflow_id_conflict_policy,
        signal_name: signal,
        signal_input: Some(Payloads { payloads }),
        retry_policy: start.retry_policy,
        cron_schedule: start.cron_schedule,
        memo: start.memo,
        search_attributes: start.search_attributes,
        header: start.header,
        workflow_start_delay: start.workflow_start_delay,
        user_metadata: start.user_metadata,
        links: start.links,
        versioning_override: start.versioning_override,
        priority: start.priority,
        ..SignalWithStartWorkflowExecutionRequest::default()
    }
}
