//! Starting workflows.

use std::time::Duration;

use temporalio_protos::temporal::api::{
    common::v1::link::{self, workflow_event},
    enums::v1::{EventType, WorkflowIdConflictPolicy},
    workflowservice::v1::{
        SignalWithStartWorkflowExecutionRequest, SignalWithStartWorkflowExecutionResponse,
        StartWorkflowExecutionRequest, StartWorkflowExecutionResponse,
    },
};

use super::Call;
use crate::{
    api::Link,
    engine::{Engine, RunKey, StartPolicies, new_id},
    refusal::Refusal,
    run::{Signal, Start, validate_retry_policy},
    time,
};

impl Call {
    pub(super) async fn start_workflow_execution(
        self,
        request: StartWorkflowExecutionRequest,
    ) -> Result<StartWorkflowExecutionResponse, Refusal> {
        let eager = request.request_eager_execution;
        let identity = request.identity.clone();
        let (start, policies) = self.checked(request)?;
        self.shared.with(|engine| {
            let eager = eager && start.backoff.is_zero();
            let started = engine.start(Start { eager, ..start }, policies, None)?;
            let mut response = started_response(engine, started.key, started.new);
            if eager && started.new {
                response.eager_workflow_task = engine.start_inline(started.key, &identity);
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
        let (start, policies) = self.checked(without_signal(request))?;
        self.shared.with(|engine| {
            let started = engine.start(start, policies, Some(signal))?;
            let run = engine.run(started.key).ok_or_else(|| Refusal::not_found("workflow not found"))?;
            Ok(SignalWithStartWorkflowExecutionResponse {
                run_id: run.ids.run_id.clone(),
                first_execution_run_id: run.ids.first_run_id.clone(),
                started: started.new,
                signal_link: None,
            })
        })
    }

    /// A request that can be carried out.
    pub(super) fn checked(&self, request: StartWorkflowExecutionRequest) -> Result<(Start, StartPolicies), Refusal> {
        let namespace = self.namespace(&request.namespace)?;
        let limits = self.shared.with(|engine| engine.limits.clone());
        let set = |text: &str, what: &str| match text.len() {
            0 => Err(Refusal::invalid(format!("{what} is not set on request."))),
            length if length > limits.id_bytes => Err(Refusal::invalid(format!("{what} length exceeds limit."))),
            _ => Ok(()),
        };
        set(&request.workflow_id, "WorkflowId")?;
        let workflow_type = request.workflow_type.clone().unwrap_or_default();
        set(&workflow_type.name, "WorkflowType")?;
        let task_queue = request.task_queue.clone().unwrap_or_default().name;
        if task_queue.is_empty() {
            return Err(Refusal::invalid("taskQueue is not set"));
        }
        set(&task_queue, "taskQueue")?;
        let timeout = |timeout: &Option<prost_wkt_types::Duration>, what: &str| match timeout {
            Some(given) if given.seconds < 0 || given.nanos < 0 => {
                Err(Refusal::invalid(format!("invalid {what}: negative duration")))
            }
            given => Ok(time::duration(given.as_ref())),
        };
        let execution_timeout = timeout(&request.workflow_execution_timeout, "WorkflowExecutionTimeoutSeconds")?;
        let run_timeout = timeout(&request.workflow_run_timeout, "WorkflowRunTimeoutSeconds")?;
        let task_timeout = timeout(&request.workflow_task_timeout, "WorkflowTaskTimeoutSeconds")?;
        let delay = timeout(&request.workflow_start_delay, "WorkflowStartDelay")?;
        if let Some(policy) = &request.retry_policy {
            validate_retry_policy(policy)?;
        }
        let backoff = self.backoff(&request.cron_schedule, delay)?;
        let blob = request.input.as_ref().map_or(0, prost::Message::encoded_len);
        if blob > limits.blob_bytes {
            return Err(Refusal::invalid("Blob data size exceeds limit."));
        }
        let policies =
            StartPolicies { reuse: request.workflow_id_reuse_policy(), conflict: request.workflow_id_conflict_policy() };
        let start = Start {
            namespace: namespace.name,
            namespace_id: namespace.id,
            workflow_id: request.workflow_id,
            workflow_type,
            task_queue,
            input: request.input,
            header: request.header,
            execution_timeout,
            run_timeout,
            task_timeout,
            identity: request.identity,
            request_id: if request.request_id.is_empty() { new_id() } else { request.request_id },
            retry_policy: request.retry_policy,
            cron_schedule: request.cron_schedule,
            memo: request.memo.unwrap_or_default(),
            search_attributes: request.search_attributes.unwrap_or_default(),
            user_metadata: request.user_metadata,
            links: request.links,
            priority: request.priority,
            versioning_override: request.versioning_override,
            backoff,
            last_result: request.last_completion_result,
            last_failure: request.continued_failure,
            attempt: 1,
            ..Start::default()
        };
        Ok((start, policies))
    }

    fn backoff(&self, cron_schedule: &str, delay: Duration) -> Result<Duration, Refusal> {
        if cron_schedule.is_empty() {
            return Ok(delay);
        }
        let schedule = crate::cron::parse(cron_schedule).map_err(|_| Refusal::invalid("invalid CronSchedule."))?;
        if !delay.is_zero() {
            return Err(Refusal::invalid("CronSchedule and WorkflowStartDelay may not be used together."));
        }
        let now = self.shared.with(|engine| engine.clock.now());
        Ok(schedule.next(now, now).unwrap_or_default())
    }
}

/// What a start answers.
pub(super) fn started_response(engine: &Engine, key: RunKey, new: bool) -> StartWorkflowExecutionResponse {
    let Some(run) = engine.run(key) else { return StartWorkflowExecutionResponse::default() };
    StartWorkflowExecutionResponse {
        run_id: run.ids.run_id.clone(),
        first_execution_run_id: run.ids.first_run_id.clone(),
        started: new,
        status: run.status as i32,
        eager_workflow_task: None,
        link: Some(Link {
            variant: Some(link::Variant::WorkflowEvent(link::WorkflowEvent {
                namespace: run.ids.namespace.clone(),
                workflow_id: run.ids.workflow_id.clone(),
                run_id: run.ids.run_id.clone(),
                reference: Some(workflow_event::Reference::EventRef(workflow_event::EventReference {
                    event_id: 1,
                    event_type: EventType::WorkflowExecutionStarted as i32,
                })),
            })),
        }),
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
