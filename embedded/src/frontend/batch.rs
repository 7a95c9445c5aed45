//! Batch operations.

use std::sync::Arc;

use temporalio_protos::temporal::api::{
    batch::v1::BatchOperationInfo,
    common::v1::Execution,
    enums::v1::{BatchOperationType as Kind, ExecutionType},
    workflowservice::v1::{
        DescribeBatchOperationRequest, DescribeBatchOperationResponse, ListBatchOperationsRequest,
        ListBatchOperationsResponse, StartBatchOperationRequest, StartBatchOperationResponse,
        StopBatchOperationRequest, StopBatchOperationResponse, start_batch_operation_request::Operation,
    },
};

use super::{Call, options};
use crate::{
    engine::{Batch, reset_target},
    refusal::Refusal,
    run::OptionsChange,
    time::Time,
};

const REQUIRED: &str = "must provide required parameters: BatchType,Reason,Namespace, AND one of (Query OR Executions OR TargetExecutions)";
const PAGE: usize = 1000;

impl Call {
    pub(super) async fn start_batch_operation(
        self,
        request: StartBatchOperationRequest,
    ) -> Result<StartBatchOperationResponse, Refusal> {
        let namespace = self.namespace(&request.namespace)?.name;
        let id = request.job_id.clone();
        let batch = checked(request)?;
        let more = self.shared.with(|engine| {
            engine.start_batch(&namespace, &id, batch)?;
            Ok::<_, Refusal>(engine.go_on(&namespace, &id))
        })?;
        if more {
            let shared = Arc::clone(&self.shared);
            tokio::spawn(async move {
                while shared.with(|engine| engine.go_on(&namespace, &id)) {
                    tokio::task::yield_now().await;
                }
            });
        }
        Ok(StartBatchOperationResponse::default())
    }

    pub(super) async fn stop_batch_operation(
        self,
        request: StopBatchOperationRequest,
    ) -> Result<StopBatchOperationResponse, Refusal> {
        let namespace = self.namespace(&request.namespace)?.name;
        let id = job_id(&request.job_id)?;
        if request.reason.is_empty() {
            return Err(Refusal::invalid("Reason is not set on request."));
        }
        self.shared.with(|engine| engine.stop_batch(&namespace, id))?;
        Ok(StopBatchOperationResponse::default())
    }

    pub(super) async fn describe_batch_operation(
        self,
        request: DescribeBatchOperationRequest,
    ) -> Result<DescribeBatchOperationResponse, Refusal> {
        let namespace = self.namespace(&request.namespace)?.name;
        let id = job_id(&request.job_id)?;
        self.shared.with(|engine| {
            let job = engine.batch(&namespace, id)?;
            let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
            Ok(DescribeBatchOperationResponse {
                operation_type: kind(&job.batch.operation) as i32,
                job_id: id.to_owned(),
                state: job.state as i32,
                start_time: Some(job.start_time.proto()),
                close_time: job.close_time.map(Time::proto),
                total_operation_count: count(job.total),
                complete_operation_count: count(job.complete),
                failure_operation_count: count(job.failed),
                identity: job.batch.identity.clone(),
                reason: job.batch.reason.clone(),
                query: job.batch.query.clone(),
                executions: job.batch.executions.clone(),
            })
        })
    }

    pub(super) async fn list_batch_operations(
        self,
        request: ListBatchOperationsRequest,
    ) -> Result<ListBatchOperationsResponse, Refusal> {
        let namespace = self.namespace(&request.namespace)?.name;
        let before = match <[u8; 8]>::try_from(request.next_page_token.as_slice()) {
            Ok(token) => u64::from_be_bytes(token),
            Err(_) if request.next_page_token.is_empty() => u64::MAX,
            Err(_) => return Err(Refusal::invalid("Invalid NextPageToken.")),
        };
        let size = usize::try_from(request.page_size).ok().filter(|size| *size > 0).unwrap_or(PAGE).min(PAGE);
        Ok(self.shared.with(|engine| {
            let jobs = engine.batches(&namespace).into_iter().filter(|(number, ..)| *number < before);
            let mut rest = jobs.peekable();
            let page: Vec<_> = rest.by_ref().take(size).collect();
            let last = page.last().map(|(number, ..)| number.to_be_bytes().to_vec());
            let info = |(_, id, job): (u64, &str, &crate::engine::Job)| BatchOperationInfo {
                job_id: id.to_owned(),
                state: job.state as i32,
                start_time: Some(job.start_time.proto()),
                close_time: job.close_time.map(Time::proto),
                operation_type: kind(&job.batch.operation) as i32,
            };
            ListBatchOperationsResponse {
                next_page_token: last.filter(|_| rest.peek().is_some()).unwrap_or_default(),
                operation_info: page.into_iter().map(info).collect(),
            }
        }))
    }
}

fn job_id(id: &str) -> Result<&str, Refusal> {
    if id.is_empty() { Err(Refusal::invalid("JobId is not set on request.")) } else { Ok(id) }
}

/// An operation that can be begun with.
#[allow(deprecated)]
fn checked(request: StartBatchOperationRequest) -> Result<Batch, Refusal> {
    let named =
        [!request.visibility_query.is_empty(), !request.executions.is_empty(), !request.target_executions.is_empty()];
    let Some(operation) = request.operation.filter(|_| !request.reason.is_empty() && named.contains(&true)) else {
        return Err(Refusal::invalid(REQUIRED));
    };
    if named.into_iter().filter(|named| *named).count() > 1 {
        return Err(Refusal::invalid("visibility query, executions, and target executions are mutually exclusive"));
    }
    job_id(&request.job_id)?;
    let (identity, changes) = match &operation {
        Operation::TerminationOperation(operation) => (&operation.identity, Vec::new()),
        Operation::SignalOperation(operation) if operation.signal.is_empty() => {
            return Err(Refusal::invalid("SignalName is not set on request."));
        }
        Operation::SignalOperation(operation) => (&operation.identity, Vec::new()),
        Operation::CancellationOperation(operation) => (&operation.identity, Vec::new()),
        Operation::DeletionOperation(operation) => (&operation.identity, Vec::new()),
        Operation::ResetOperation(operation) => {
            if reset_target(operation).is_none() {
                return Err(Refusal::invalid("unknown batch reset type Unspecified"));
            }
            (&operation.identity, options::after_reset(operation.post_reset_operations.clone())?)
        }
        Operation::UpdateWorkflowOptionsOperation(operation) => {
            let paths = operation.update_mask.clone().map(|mask| mask.paths);
            let change = OptionsChange::new(operation.workflow_execution_options.clone(), paths)?;
            (&operation.identity, vec![change])
        }
        Operation::UnpauseActivitiesOperation(_) => return Err(unimplemented("unpause_activities_operation")),
        Operation::ResetActivitiesOperation(_) => return Err(unimplemented("reset_activities_operation")),
        Operation::UpdateActivityOptionsOperation(_) => return Err(unimplemented("update_activity_options_operation")),
        Operation::CancelActivitiesOperation(_) => return Err(unimplemented("cancel_activities_operation")),
        Operation::TerminateActivitiesOperation(_) => return Err(unimplemented("terminate_activities_operation")),
        Operation::DeleteActivitiesOperation(_) => return Err(unimplemented("delete_activities_operation")),
    };
    let executions = request.executions.into_iter().map(|execution| Execution {
        r#type: ExecutionType::Workflow as i32,
        business_id: execution.workflow_id,
        run_id: execution.run_id,
    });
    Ok(Batch {
        identity: identity.clone(),
        changes,
        reason: request.reason,
        query: request.visibility_query,
        executions: executions.chain(request.target_executions).collect(),
        operation,
    })
}

fn unimplemented(operation: &str) -> Refusal {
    Refusal::unimplemented(format!("the embedded server does not implement {operation} of StartBatchOperation"))
}

fn kind(operation: &Operation) -> Kind {
    match operation {
        Operation::TerminationOperation(_) => Kind::TerminateWorkflow,
        Operation::SignalOperation(_) => Kind::SignalWorkflow,
        Operation::CancellationOperation(_) => Kind::CancelWorkflow,
        Operation::DeletionOperation(_) => Kind::DeleteWorkflow,
        Operation::ResetOperation(_) => Kind::ResetWorkflow,
        Operation::UpdateWorkflowOptionsOperation(_) => Kind::UpdateWorkflowExecutionOptions,
        _ => Kind::Unspecified,
    }
}
