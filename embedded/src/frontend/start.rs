//! Starting workflows.

use temporalio_protos::temporal::api::{
    enums::v1::{EventType, WorkflowIdConflictPolicy},
    workflowservice::v1::{
        SignalWithStartWorkflowExecutionRequest, SignalWithStartWorkflowExecutionResponse,
        StartWorkflowExecutionRequest, StartWorkflowExecutionResponse,
    },
};

use super::{Call, links};
use crate::{
    engine::{Engine, RunKey},
    refusal::Refusal,
    run::{Signal, Start},
};

impl Call {
    pub(super) async fn start_workflow_execution(
        self,
        request: StartWorkflowExecutionRequest,
    ) -> Result<StartWorkflowExecutionResponse, Refusal> {
        let eager = request.request_eager_execution;
        let identity = request.identity.clone();
        self.shared.with(|engine| {
            let (start, policies) = engine.checked(request)?;
            let eager = eager && start.backoff.unwrap_or_default().is_zero();
            let request_id = start.request_id.clone();
            let started = engine.start(Start { eager, ..start }, policies, None)?;
            let mut response = started_response(engine, started.key, started.new, &request_id);
            if eager && started.new && !started.again {
                response.eager_workflow_task = engine.start_inline(started.key, &identity, None);
            }
            Ok(response)
        })
    }

    pub(super) async fn signal_with_start_workflow_execution(
        self,
        request: SignalWithStartWorkflowExecutionRequest,
    ) -> Result<SignalWithStartWorkflowExecutionResponse, Refusal> {
        if request.signal_name.is_empty() {
            return Err(Refusal::invalid("SignalName is not set on request."));
        }
        let signal = Signal {
            name: request.signal_name.clone(),
            input: request.signal_input.clone(),
            header: request.header.clone(),
            identity: request.identity.clone(),
            request_id: request.request_id.clone(),
            ..Signal::default()
        };
        let request_id = request.request_id.clone();
        self.shared.with(|engine| {
            engine.fits(signal.input.as_ref())?;
            let (start, policies) = engine.checked(without_signal(request))?;
            let started = engine.start(start, policies, Some(signal))?;
            let run = engine.run(started.key).ok_or_else(|| Refusal::not_found("workflow not found"))?;
            Ok(SignalWithStartWorkflowExecutionResponse {
                run_id: run.ids.run_id.clone(),
                first_execution_run_id: run.ids.first_run_id.clone(),
                started: started.new,
                signal_link: links::to_request(engine, started.key, &request_id, EventType::WorkflowExecutionSignaled),
            })
        })
    }
}

/// What a start answers.
pub(super) fn started_response(
    engine: &Engine,
    key: RunKey,
    new: bool,
    request_id: &str,
) -> StartWorkflowExecutionResponse {
    let Some(run) = engine.run(key) else { return StartWorkflowExecutionResponse::default() };
    StartWorkflowExecutionResponse {
        run_id: run.ids.run_id.clone(),
        first_execution_run_id: run.ids.first_run_id.clone(),
        started: new,
        status: run.status as i32,
        eager_workflow_task: None,
        link: match run.attached.iter().any(|attached| attached == request_id) {
            true => links::to_request(engine, key, request_id, EventType::WorkflowExecutionOptionsUpdated),
            false => links::to_start(engine, key),
        },
    }
}

fn without_signal(request: SignalWithStartWorkflowExecutionRequest) -> StartWorkflowExecutionRequest {
    let conflict = match request.workflow_id_conflict_policy() {
        WorkflowIdConflictPolicy::Unspecified => WorkflowIdConflictPolicy::UseExisting as i32,
        policy => policy as i32,
    };
    StartWorkflowExecutionRequest {
        namespace: request.namespace,
        workflow_id: request.workflow_id,
        workflow_type: request.workflow_type,
        task_queue: request.task_queue,
        input: request.input,
        workflow_execution_timeout: request.workflow_execution_timeout,
        workflow_run_timeout: request.workflow_run_timeout,
        workflow_task_timeout: request.workflow_task_timeout,
        identity: request.identity,
        request_id: request.request_id,
        workflow_id_reuse_policy: request.workflow_id_reuse_policy,
        workflow_id_conflict_policy: conflict,
        retry_policy: request.retry_policy,
        cron_schedule: request.cron_schedule,
        memo: request.memo,
        search_attributes: request.search_attributes,
        header: request.header,
        workflow_start_delay: request.workflow_start_delay,
        user_metadata: request.user_metadata,
        links: request.links,
        versioning_override: request.versioning_override,
        priority: request.priority,
        ..StartWorkflowExecutionRequest::default()
    }
}
