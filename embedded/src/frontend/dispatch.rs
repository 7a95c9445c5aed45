//! From the name of a call to what answers it.

use bytes::Bytes;
use prost::Message;
use tonic::Status;

use super::Call;
use crate::refusal::Refusal;

/// Answers one call, message in and message out.
///
/// Errors: the message does not decode, the call is refused, or it is none that this server knows.
pub(crate) async fn dispatch(call: Call, service: &str, rpc: &str, message: Bytes) -> Result<Vec<u8>, Status> {
    macro_rules! calls {
        ($($name:literal => $method:ident),* $(,)?) => {
            match rpc {
                $($name => {
                    let request = Message::decode(message).map_err(malformed)?;
                    call.$method(request).await.map(|response| response.encode_to_vec()).map_err(Status::from)
                })*
                _ => Err(unknown(service, rpc)),
            }
        };
    }
    match service {
        "temporal.api.workflowservice.v1.WorkflowService" => calls! {
            "GetSystemInfo" => get_system_info,
            "GetClusterInfo" => get_cluster_info,
            "RegisterNamespace" => register_namespace,
            "DescribeNamespace" => describe_namespace,
            "ListNamespaces" => list_namespaces,
            "UpdateNamespace" => update_namespace,
            "DeprecateNamespace" => deprecate_namespace,
            "StartWorkflowExecution" => start_workflow_execution,
            "SignalWithStartWorkflowExecution" => signal_with_start_workflow_execution,
            "PollWorkflowTaskQueue" => poll_workflow_task_queue,
            "RespondWorkflowTaskCompleted" => respond_workflow_task_completed,
            "RespondWorkflowTaskFailed" => respond_workflow_task_failed,
            "PollActivityTaskQueue" => poll_activity_task_queue,
            "PollNexusTaskQueue" => poll_nexus_task_queue,
            "RespondActivityTaskCompleted" => respond_activity_task_completed,
            "RespondActivityTaskFailed" => respond_activity_task_failed,
            "RespondActivityTaskCanceled" => respond_activity_task_canceled,
            "RecordActivityTaskHeartbeat" => record_activity_task_heartbeat,
            "RespondActivityTaskCompletedById" => respond_activity_task_completed_by_id,
            "RespondActivityTaskFailedById" => respond_activity_task_failed_by_id,
            "RespondActivityTaskCanceledById" => respond_activity_task_canceled_by_id,
            "RecordActivityTaskHeartbeatById" => record_activity_task_heartbeat_by_id,
            "SignalWorkflowExecution" => signal_workflow_execution,
            "RequestCancelWorkflowExecution" => request_cancel_workflow_execution,
            "TerminateWorkflowExecution" => terminate_workflow_execution,
            "DeleteWorkflowExecution" => delete_workflow_execution,
            "ResetWorkflowExecution" => reset_workflow_execution,
            "DescribeWorkflowExecution" => describe_workflow_execution,
            "GetWorkflowExecutionHistory" => get_workflow_execution_history,
            "GetWorkflowExecutionHistoryReverse" => get_workflow_execution_history_reverse,
            "QueryWorkflow" => query_workflow,
            "RespondQueryTaskCompleted" => respond_query_task_completed,
            "UpdateWorkflowExecution" => update_workflow_execution,
            "PollWorkflowExecutionUpdate" => poll_workflow_execution_update,
            "ExecuteMultiOperation" => execute_multi_operation,
            "CreateSchedule" => create_schedule,
            "DescribeSchedule" => describe_schedule,
            "UpdateSchedule" => update_schedule,
            "PatchSchedule" => patch_schedule,
            "DeleteSchedule" => delete_schedule,
            "ListSchedules" => list_schedules,
            "ListScheduleMatchingTimes" => list_schedule_matching_times,
            "ListWorkflowExecutions" => list_workflow_executions,
            "ScanWorkflowExecutions" => scan_workflow_executions,
            "ListOpenWorkflowExecutions" => list_open_workflow_executions,
            "ListClosedWorkflowExecutions" => list_closed_workflow_executions,
            "ListArchivedWorkflowExecutions" => list_archived_workflow_executions,
            "CountWorkflowExecutions" => count_workflow_executions,
            "GetSearchAttributes" => get_search_attributes,
            "ShutdownWorker" => shutdown_worker,
            "ResetStickyTaskQueue" => reset_sticky_task_queue,
            "DescribeTaskQueue" => describe_task_queue,
            "UpdateWorkflowExecutionOptions" => update_workflow_execution_options,
            "CountSchedules" => count_schedules,
            "RecordWorkerHeartbeat" => record_worker_heartbeat,
            "ListWorkers" => list_workers,
            "DescribeWorker" => describe_worker,
            "CountWorkers" => count_workers,
            "StartBatchOperation" => start_batch_operation,
            "StopBatchOperation" => stop_batch_operation,
            "DescribeBatchOperation" => describe_batch_operation,
            "ListBatchOperations" => list_batch_operations,
        },
        "temporal.api.operatorservice.v1.OperatorService" => calls! {
            "AddSearchAttributes" => add_search_attributes,
            "RemoveSearchAttributes" => remove_search_attributes,
            "ListSearchAttributes" => list_search_attributes,
            "DeleteNamespace" => delete_namespace,
        },
        "temporal.api.testservice.v1.TestService" => calls! {
            "LockTimeSkipping" => lock_time_skipping,
            "UnlockTimeSkipping" => unlock_time_skipping,
            "Sleep" => sleep,
            "SleepUntil" => sleep_until,
            "UnlockTimeSkippingWithSleep" => unlock_time_skipping_with_sleep,
            "GetCurrentTime" => get_current_time,
        },
        "grpc.health.v1.Health" => calls! {
            "Check" => check_health,
        },
        _ => Err(unknown(service, rpc)),
    }
}

fn malformed(error: prost::DecodeError) -> Status {
    Refusal::invalid(format!("the request does not decode: {error}")).into()
}

fn unknown(service: &str, rpc: &str) -> Status {
    Refusal::unimplemented(format!("the embedded server does not implement {service}/{rpc}")).into()
}
