//! Signals, cancellations, terminations, and what is known of a workflow.

use prost_wkt_types::Timestamp;
use temporalio_protos::temporal::api::{
    enums::v1::{EventType, PendingActivityState, PendingWorkflowTaskState, ResetReapplyExcludeType, ResetReapplyType},
    workflow::v1::{
        PendingActivityInfo, PendingChildExecutionInfo, PendingWorkflowTaskInfo, WorkflowExecutionConfig,
        WorkflowExecutionExtendedInfo, WorkflowExecutionInfo,
    },
    workflowservice::v1::{
        DeleteWorkflowExecutionRequest, DeleteWorkflowExecutionResponse, DescribeWorkflowExecutionRequest,
        DescribeWorkflowExecutionResponse, RequestCancelWorkflowExecutionRequest,
        RequestCancelWorkflowExecutionResponse, ResetWorkflowExecutionRequest, ResetWorkflowExecutionResponse,
        SignalWorkflowExecutionRequest, SignalWorkflowExecutionResponse, TerminateWorkflowExecutionRequest,
        TerminateWorkflowExecutionResponse,
    },
};

use super::{Call, links, options};
use crate::{
    api::WorkflowExecution,
    engine::{Engine, RunKey, new_id},
    refusal::Refusal,
    run::{Activity, Cancel, Phase, Reset, Run, Signal, Task},
    time::{self, Time},
};

/// What the real server says where there is no time: the zero of its language.
const NEVER: Timestamp = Timestamp { seconds: -62_135_596_800, nanos: 0 };

const COMPLETED: &str = "workflow execution already completed";

impl Call {
    pub(super) async fn signal_workflow_execution(
        self,
        request: SignalWorkflowExecutionRequest,
    ) -> Result<SignalWorkflowExecutionResponse, Refusal> {
        let namespace = self.namespace(&request.namespace)?.name;
        if request.signal_name.is_empty() {
            return Err(Refusal::invalid("SignalName is not set on request."));
        }
        let signal = Signal {
            name: request.signal_name,
            input: request.input,
            header: request.header,
            identity: request.identity,
            request_id: request.request_id,
            links: request.links,
            sender: None,
        };
        let execution = request.workflow_execution.unwrap_or_default();
        let request_id = signal.request_id.clone();
        self.shared.with(|engine| {
            engine.fits(signal.input.as_ref())?;
            let key = engine.find(&namespace, &execution)?;
            engine.transition(key, |run, step| run.signal(signal, step)).unwrap_or(Ok(()))?;
            let link = links::to_request(engine, key, &request_id, EventType::WorkflowExecutionSignaled);
            Ok(SignalWorkflowExecutionResponse { link })
        })
    }

    pub(super) async fn request_cancel_workflow_execution(
        self,
        request: RequestCancelWorkflowExecutionRequest,
    ) -> Result<RequestCancelWorkflowExecutionResponse, Refusal> {
        let namespace = self.namespace(&request.namespace)?.name;
        let execution = request.workflow_execution.unwrap_or_default();
        let cancel = Cancel { reason: request.reason, identity: request.identity, links: request.links, sender: None };
        self.shared.with(|engine| {
            let key = of_chain(engine, &namespace, &execution, &request.first_execution_run_id)?;
            engine.transition(key, |run, step| run.request_cancel(cancel, step));
            Ok(RequestCancelWorkflowExecutionResponse::default())
        })
    }

    pub(super) async fn terminate_workflow_execution(
        self,
        request: TerminateWorkflowExecutionRequest,
    ) -> Result<TerminateWorkflowExecutionResponse, Refusal> {
        let namespace = self.namespace(&request.namespace)?.name;
        let execution = request.workflow_execution.unwrap_or_default();
        self.shared.with(|engine| {
            let key = of_chain(engine, &namespace, &execution, &request.first_execution_run_id)?;
            let done = engine
                .transition(key, |run, step| run.terminate(&request.reason, request.details, &request.identity, step));
            done.unwrap_or_else(|| Err(Refusal::not_found(COMPLETED)))?;
            Ok(TerminateWorkflowExecutionResponse::default())
        })
    }

    pub(super) async fn delete_workflow_execution(
        self,
        request: DeleteWorkflowExecutionRequest,
    ) -> Result<DeleteWorkflowExecutionResponse, Refusal> {
        let namespace = self.namespace(&request.namespace)?.name;
        let execution = request.workflow_execution.unwrap_or_default();
        self.shared.with(|engine| {
            let key = engine.find(&namespace, &execution)?;
            engine.delete(key);
            Ok(DeleteWorkflowExecutionResponse::default())
        })
    }

    pub(super) async fn reset_workflow_execution(
        self,
        request: ResetWorkflowExecutionRequest,
    ) -> Result<ResetWorkflowExecutionResponse, Refusal> {
        let namespace = self.namespace(&request.namespace)?.name;
        let changes = options::after_reset(request.post_reset_operations.clone())?;
        let execution = request.workflow_execution.clone().unwrap_or_default();
        // Clients that are older than the exclusions say what is left of them.
        #[allow(deprecated)]
        let mut exclude = match request.reset_reapply_type() {
            ResetReapplyType::None => vec![ResetReapplyExcludeType::Signal, ResetReapplyExcludeType::Update],
            _ => Vec::new(),
        };
        exclude.extend(request.reset_reapply_exclude_types());
        let reset = Reset {
            run_id: new_id(),
            request_id: if request.request_id.is_empty() { new_id() } else { request.request_id },
            reason: request.reason,
            finish_id: request.workflow_task_finish_event_id,
            exclude,
            changes,
        };
        self.shared.with(|engine| {
            let key = engine.find(&namespace, &execution)?;
            let run_id = engine.reset(key, reset)?;
            Ok(ResetWorkflowExecutionResponse { run_id })
        })
    }

    pub(super) async fn describe_workflow_execution(
        self,
        request: DescribeWorkflowExecutionRequest,
    ) -> Result<DescribeWorkflowExecutionResponse, Refusal> {
        let namespace = self.namespace(&request.namespace)?.name;
        let execution = request.execution.unwrap_or_default();
        self.shared.with(|engine| {
            let key = engine.find(&namespace, &execution)?;
            let run = engine.run(key).ok_or_else(|| Refusal::not_found("workflow execution not found"))?;
            Ok(describe(run))
        })
    }
}

/// The run, which must be of the chain that began with this one if it is still open.
fn of_chain(
    engine: &Engine,
    namespace: &str,
    execution: &WorkflowExecution,
    first_run_id: &str,
) -> Result<RunKey, Refusal> {
    let key = engine.find(namespace, execution)?;
    let another = |run: &Run| run.is_open() && !first_run_id.is_empty() && run.ids.first_run_id != first_run_id;
    match engine.run(key) {
        Some(run) if another(run) => Err(Refusal::not_found("workflow execution not found")),
        _ => Ok(key),
    }
}

fn describe(run: &Run) -> DescribeWorkflowExecutionResponse {
    DescribeWorkflowExecutionResponse {
        execution_config: Some(WorkflowExecutionConfig {
            task_queue: Some(run.task_queue()),
            workflow_execution_timeout: run.started.workflow_execution_timeout,
            workflow_run_timeout: run.started.workflow_run_timeout,
            default_workflow_task_timeout: run.started.workflow_task_timeout,
            user_metadata: run.user_metadata.clone(),
        }),
        workflow_execution_info: Some(execution_info(run)),
        pending_activities: run.activities.values().map(pending_activity).collect(),
        pending_children: run
            .children
            .iter()
            .map(|(initiated_id, child)| PendingChildExecutionInfo {
                workflow_id: child.workflow_id.clone(),
                run_id: child.run_id.clone().unwrap_or_default(),
                workflow_type_name: child.workflow_type.clone().unwrap_or_default().name,
                initiated_id: *initiated_id,
                parent_close_policy: child.policy as i32,
            })
            .collect(),
        pending_workflow_task: run.task.as_ref().map(pending_task),
        workflow_extended_info: Some(WorkflowExecutionExtendedInfo {
            execution_expiration_time: run.started.workflow_execution_expiration_time,
            run_expiration_time: Some(run.expires_by_itself().map_or(NEVER, Time::proto)),
            cancel_requested: run.cancel_requested,
            original_start_time: Some(run.start_time.proto()),
            request_id_infos: run.requests(),
            ..WorkflowExecutionExtendedInfo::default()
        }),
        ..DescribeWorkflowExecutionResponse::default()
    }
}

/// What lists show of a run.
pub(crate) fn execution_info(run: &Run) -> WorkflowExecutionInfo {
    let duration = run.close_time.map(|close| time::proto(close.since(run.execution_time)));
    WorkflowExecutionInfo {
        execution: Some(WorkflowExecution { workflow_id: run.ids.workflow_id.clone(), run_id: run.ids.run_id.clone() }),
        r#type: run.started.workflow_type.clone(),
        start_time: Some(run.start_time.proto()),
        close_time: run.close_time.map(Time::proto),
        status: run.status as i32,
        history_length: run.log.last_id(),
        parent_namespace_id: run.started.parent_workflow_namespace_id.clone(),
        parent_execution: run.started.parent_workflow_execution.clone(),
        execution_time: Some(run.execution_time.proto()),
        memo: Some(run.memo.clone()),
        search_attributes: Some(run.search_attributes.clone()),
        task_queue: run.task_queue().name,
        state_transition_count: run.transitions,
        history_size_bytes: i64::try_from(run.log.bytes()).unwrap_or(i64::MAX),
        execution_duration: duration,
        root_execution: Some(run.root()),
        first_run_id: run.ids.first_run_id.clone(),
        priority: run.options.priority.clone(),
        versioning_info: run.options.versioning_info(),
        ..WorkflowExecutionInfo::default()
    }
}

fn pending_task(task: &Task) -> PendingWorkflowTaskInfo {
    let state = if task.is_started() { PendingWorkflowTaskState::Started } else { PendingWorkflowTaskState::Scheduled };
    PendingWorkflowTaskInfo {
        state: state as i32,
        scheduled_time: Some(task.scheduled_time.proto()),
        original_scheduled_time: Some(task.original_scheduled_time.proto()),
        started_time: task.started_time.map(Time::proto),
        attempt: task.attempt,
    }
}

fn pending_activity(activity: &Activity) -> PendingActivityInfo {
    let state = match (&activity.phase, activity.cancel_requested) {
        (_, Some(_)) => PendingActivityState::CancelRequested,
        (Phase::Started { .. }, None) => PendingActivityState::Started,
        (Phase::Scheduled | Phase::Backoff { .. }, None) => PendingActivityState::Scheduled,
    };
    let next = match activity.phase {
        Phase::Backoff { until } => Some(until.proto()),
        Phase::Scheduled | Phase::Started { .. } => None,
    };
    PendingActivityInfo {
        activity_id: activity.scheduled.activity_id.clone(),
        activity_type: activity.scheduled.activity_type.clone(),
        state: state as i32,
        heartbeat_details: activity.heartbeat.clone(),
        last_heartbeat_time: activity.last_heartbeat_time.map(Time::proto),
        last_started_time: activity.last_started_time.map(Time::proto),
        attempt: activity.attempt,
        maximum_attempts: activity.scheduled.retry_policy.as_ref().map_or(0, |policy| policy.maximum_attempts),
        scheduled_time: next.or(Some(activity.attempt_scheduled_time.proto())),
        expiration_time: activity.expiration().map(Time::proto),
        last_failure: activity.last_failure.clone(),
        last_worker_identity: activity.last_identity.clone(),
        current_retry_interval: activity.retry_interval.map(time::proto),
        last_attempt_complete_time: activity.last_completed_time.map(Time::proto),
        next_attempt_schedule_time: next,
        priority: activity.scheduled.priority.clone(),
        ..PendingActivityInfo::default()
    }
}
