//! Operations on many workflows at once.

use temporalio_protos::temporal::api::{
    batch::v1::{
        BatchOperationCancellation, BatchOperationDeletion, BatchOperationReset, BatchOperationSignal,
        BatchOperationTermination,
    },
    common::v1::{ResetOptions, reset_options},
    workflowservice::v1::{self as service, start_batch_operation_request::Operation as Batch},
};

use crate::{requests, world::World};

// What to do it to was named like that before there were other executions than those of workflows.
#[allow(deprecated)]
pub(super) async fn batch(world: &mut World) {
    let namespace = requests::namespace(&mut world.rng);
    let operation = match world.rng.below(5) {
        0 => Batch::SignalOperation(BatchOperationSignal { signal: "s".to_owned(), ..Default::default() }),
        1 => Batch::CancellationOperation(BatchOperationCancellation::default()),
        2 => Batch::TerminationOperation(BatchOperationTermination::default()),
        3 if !world.keeps => Batch::DeletionOperation(BatchOperationDeletion::default()),
        _ => Batch::ResetOperation(BatchOperationReset {
            options: Some(ResetOptions {
                target: Some(world.rng.pick(&[
                    reset_options::Target::FirstWorkflowTask(()),
                    reset_options::Target::LastWorkflowTask(()),
                    reset_options::Target::WorkflowTaskId(4),
                ])),
                ..Default::default()
            }),
            ..Default::default()
        }),
    };
    let job_id = format!("j{}", world.rng.below(20));
    let request = service::StartBatchOperationRequest {
        namespace: namespace.clone(),
        job_id: job_id.clone(),
        reason: "why".to_owned(),
        operation: Some(operation),
        ..Default::default()
    };
    if world.rng.once_in(3) {
        // So many take more than one turn, so that others may come between.
        let execution = requests::execution(&mut world.rng, &world.run_ids);
        let executions = vec![execution; 250];
        world.wait(namespace.clone(), service::StartBatchOperationRequest { executions, ..request });
        tokio::task::yield_now().await;
    } else {
        let query = world.rng.pick(&["WorkflowId = 'w1'", "TaskQueue = 'q'", "nonsense"]).to_owned();
        let request = service::StartBatchOperationRequest { visibility_query: query, ..request };
        let _: Option<service::StartBatchOperationResponse> = world.call(request).await;
    }
    match world.rng.below(3) {
        0 => {
            let reason = world.rng.pick(&["why", ""]).to_owned();
            let request = service::StopBatchOperationRequest { namespace, job_id, reason, ..Default::default() };
            let _: Option<service::StopBatchOperationResponse> = world.call(request).await;
        }
        1 => {
            let page_size = i32::try_from(world.rng.below(3)).unwrap_or(0);
            let next_page_token = world.rng.maybe(3, |rng| rng.garbage()).unwrap_or_default();
            let request = service::ListBatchOperationsRequest { namespace, page_size, next_page_token };
            let _: Option<service::ListBatchOperationsResponse> = world.call(request).await;
        }
        _ => {
            let request = service::DescribeBatchOperationRequest { namespace, job_id };
            let _: Option<service::DescribeBatchOperationResponse> = world.call(request).await;
        }
    }
}
