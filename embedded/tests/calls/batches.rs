//! Batch operations. Codes, texts and counts were recorded on the real server.

use temporalio_protos::temporal::api::{
    batch::v1::{
        BatchOperationCancellation, BatchOperationDeletion, BatchOperationReset, BatchOperationSignal,
        BatchOperationTermination, BatchOperationUnpauseActivities,
    },
    common::v1::{ResetOptions, WorkflowExecution, reset_options},
    enums::v1::{BatchOperationState, BatchOperationType, EventType},
    workflowservice::v1::{
        DescribeBatchOperationRequest, DescribeBatchOperationResponse, ListBatchOperationsRequest,
        ListBatchOperationsResponse, StartBatchOperationRequest, StartBatchOperationResponse,
        StopBatchOperationRequest, StopBatchOperationResponse, start_batch_operation_request::Operation,
    },
};
use tonic::{Code, Status};

use crate::support::{World, execution, refusal};

fn batch(job_id: &str, query: &str, operation: Operation) -> StartBatchOperationRequest {
    StartBatchOperationRequest {
        namespace: "default".into(),
        job_id: job_id.into(),
        reason: "why".into(),
        visibility_query: query.into(),
        operation: Some(operation),
        ..Default::default()
    }
}

#[allow(deprecated)]
fn batch_of(job_id: &str, ids: &[&str], operation: Operation) -> StartBatchOperationRequest {
    let executions = ids.iter().map(|id| execution(id)).collect::<Vec<WorkflowExecution>>();
    StartBatchOperationRequest { executions, ..batch(job_id, "", operation) }
}

async fn run(world: &World, request: StartBatchOperationRequest) -> DescribeBatchOperationResponse {
    let job_id = request.job_id.clone();
    let StartBatchOperationResponse {} = world.call(request).await.unwrap();
    loop {
        let job = describe(world, &job_id).await.unwrap();
        if job.state() != BatchOperationState::Running {
            return job;
        }
        tokio::task::yield_now().await;
    }
}

async fn describe(world: &World, job_id: &str) -> Result<DescribeBatchOperationResponse, Status> {
    world.call(DescribeBatchOperationRequest { namespace: "default".into(), job_id: job_id.into() }).await
}

fn counts(job: &DescribeBatchOperationResponse) -> (i64, i64, i64) {
    (job.total_operation_count, job.complete_operation_count, job.failure_operation_count)
}

fn terminate() -> Operation {
    Operation::TerminationOperation(BatchOperationTermination { identity: "me".into(), ..Default::default() })
}

fn signal() -> Operation {
    Operation::SignalOperation(BatchOperationSignal { signal: "s".into(), identity: "me".into(), ..Default::default() })
}

async fn last(world: &World, id: &str) -> EventType {
    *world.kinds(id).await.last().unwrap()
}

#[tokio::test]
async fn what_a_query_finds_is_signalled_cancelled_and_terminated() {
    let world = World::new();
    for id in ["a1", "a2", "b"] {
        world.start(id).await;
    }
    let job = run(&world, batch("s", "WorkflowId STARTS_WITH 'a'", signal())).await;
    assert_eq!(
        (job.operation_type(), job.state()),
        (BatchOperationType::SignalWorkflow, BatchOperationState::Completed)
    );
    assert_eq!((counts(&job), job.reason.as_str(), job.identity.as_str()), ((2, 2, 0), "why", "me"));
    assert_eq!(job.query, "WorkflowId STARTS_WITH 'a'");
    assert!(job.close_time.is_some());
    assert_eq!(last(&world, "a2").await, EventType::WorkflowExecutionSignaled);
    assert_eq!(last(&world, "b").await, EventType::WorkflowTaskScheduled);

    let cancel = Operation::CancellationOperation(BatchOperationCancellation { identity: "me".into() });
    assert_eq!(counts(&run(&world, batch("c", "WorkflowId = 'b'", cancel)).await), (1, 1, 0));
    assert_eq!(last(&world, "b").await, EventType::WorkflowExecutionCancelRequested);

    // Closed ones are not looked for; but it is well if one that was named has closed or is gone.
    assert_eq!(counts(&run(&world, batch("t", "TaskQueue = 'q'", terminate())).await), (3, 3, 0));
    assert_eq!(counts(&run(&world, batch("t2", "WorkflowId = 'a1'", terminate())).await), (0, 0, 0));
    assert_eq!(counts(&run(&world, batch_of("t3", &["a1", "a1", "missing"], terminate())).await), (3, 3, 0));
    assert_eq!(last(&world, "a1").await, EventType::WorkflowExecutionTerminated);

    let delete = Operation::DeletionOperation(BatchOperationDeletion { identity: "me".into() });
    assert_eq!(counts(&run(&world, batch("d", "WorkflowId STARTS_WITH 'a'", delete)).await), (2, 2, 0));
    assert_eq!(world.0.census().runs, 1);
}

#[tokio::test]
async fn workflows_are_reset_to_a_task_of_theirs() {
    let world = World::new();
    world.start("w").await;
    world.work(Vec::new()).await;
    world.signal("w").await;
    world.work(Vec::new()).await;
    let to = |target| {
        let options = ResetOptions { target: Some(target), ..Default::default() };
        Operation::ResetOperation(BatchOperationReset { options: Some(options), ..Default::default() })
    };
    // The last task is the event before which the signal was.
    let last_task = to(reset_options::Target::LastWorkflowTask(()));
    assert_eq!(counts(&run(&world, batch_of("last", &["w", "missing"], last_task)).await), (2, 1, 1));
    assert_eq!(world.history("w").await.len(), 9);
    let first_task = to(reset_options::Target::FirstWorkflowTask(()));
    assert_eq!(counts(&run(&world, batch_of("first", &["w"], first_task)).await), (1, 1, 0));
    let rest = [EventType::WorkflowTaskFailed, EventType::WorkflowExecutionSignaled, EventType::WorkflowTaskScheduled];
    assert_eq!(world.kinds("w").await[3..], rest);
    // There is no task yet that has been completed.
    world.start("new").await;
    let first_task = to(reset_options::Target::FirstWorkflowTask(()));
    assert_eq!(counts(&run(&world, batch_of("none", &["new"], first_task)).await), (1, 0, 1));
}

#[tokio::test]
async fn many_workflows_are_dealt_with_bit_by_bit() {
    let world = World::new();
    for number in 0..450 {
        world.start(&format!("w{number}")).await;
    }
    let StartBatchOperationResponse {} = world.call(batch("many", "TaskQueue = 'q'", terminate())).await.unwrap();
    let job = describe(&world, "many").await.unwrap();
    assert_eq!((job.state(), counts(&job)), (BatchOperationState::Running, (450, 100, 0)));
    let stop = StopBatchOperationRequest {
        namespace: "default".into(),
        job_id: "many".into(),
        reason: "enough".into(),
        ..Default::default()
    };
    let StopBatchOperationResponse {} = world.call(stop.clone()).await.unwrap();
    let job = describe(&world, "many").await.unwrap();
    assert_eq!((job.state(), job.complete_operation_count), (BatchOperationState::Failed, 100));
    assert_eq!(refusal(world.call::<_, StopBatchOperationResponse>(stop).await).0, Code::NotFound);
    assert_eq!(counts(&run(&world, batch("rest", "TaskQueue = 'q'", terminate())).await), (350, 350, 0));
}

#[tokio::test]
async fn operations_are_listed_the_latest_one_first() {
    let world = World::new();
    for id in ["one", "two", "three"] {
        run(&world, batch(id, "WorkflowId = 'w'", terminate())).await;
    }
    let list =
        |next_page_token| ListBatchOperationsRequest { namespace: "default".into(), page_size: 2, next_page_token };
    let page: ListBatchOperationsResponse = world.call(list(Vec::new())).await.unwrap();
    let ids: Vec<_> = page.operation_info.iter().map(|info| info.job_id.as_str()).collect();
    assert_eq!(ids, ["three", "two"]);
    let rest: ListBatchOperationsResponse = world.call(list(page.next_page_token)).await.unwrap();
    assert_eq!((rest.operation_info[0].job_id.as_str(), rest.next_page_token.len()), ("one", 0));
}

#[tokio::test]
async fn senseless_operations_are_refused() {
    let world = World::new();
    let required = "must provide required parameters: BatchType,Reason,Namespace, AND one of (Query OR Executions OR TargetExecutions)";
    let one = |request| async { refusal(world.call::<_, StartBatchOperationResponse>(request).await) };
    let nothing = StartBatchOperationRequest { operation: None, ..batch("j", "WorkflowId = 'w'", terminate()) };
    for request in [nothing, batch("j", "", terminate())] {
        assert_eq!(one(request).await, (Code::InvalidArgument, required.to_owned()));
    }
    let unreasoned =
        StartBatchOperationRequest { reason: String::new(), ..batch("j", "WorkflowId = 'w'", terminate()) };
    assert_eq!(one(unreasoned).await.0, Code::InvalidArgument);
    let both = StartBatchOperationRequest {
        visibility_query: "WorkflowId = 'w'".into(),
        ..batch_of("j", &["w"], terminate())
    };
    let message = "visibility query, executions, and target executions are mutually exclusive";
    assert_eq!(one(both).await, (Code::InvalidArgument, message.to_owned()));
    let unnamed = (Code::InvalidArgument, "JobId is not set on request.".to_owned());
    assert_eq!(one(batch("", "WorkflowId = 'w'", terminate())).await, unnamed);
    let reset = Operation::ResetOperation(BatchOperationReset::default());
    let message = "unknown batch reset type Unspecified".to_owned();
    assert_eq!(one(batch("j", "WorkflowId = 'w'", reset)).await, (Code::InvalidArgument, message));
    let activities = Operation::UnpauseActivitiesOperation(BatchOperationUnpauseActivities::default());
    assert_eq!(one(batch("j", "WorkflowId = 'w'", activities)).await.0, Code::Unimplemented);

    // A query that is none lets the operation fail, not the call; and an id is used once.
    let job = run(&world, batch("bad", "Foo = 'w'", terminate())).await;
    assert_eq!((job.state(), counts(&job)), (BatchOperationState::Failed, (0, 0, 0)));
    let (code, message) = one(batch("bad", "WorkflowId = 'w'", terminate())).await;
    assert_eq!(code, Code::AlreadyExists);
    assert!(message.starts_with("Workflow execution already finished. WorkflowId: bad, RunId: "), "{message}");
    let refused = refusal(describe(&world, "nope").await);
    assert_eq!(refused, (Code::NotFound, "workflow not found for ID: nope".to_owned()));
}
