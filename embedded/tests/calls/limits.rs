//! Data that is too large, and histories that are too long.

use durably_embedded::Limits;
use temporalio_protos::temporal::api::{
    common::v1::RetryPolicy,
    enums::v1::EventType,
    failure::v1::Failure,
    history::v1::history_event::Attributes,
    query::v1::WorkflowQuery,
    update::v1::{Input, Request},
    workflowservice::v1::{
        DescribeWorkflowExecutionRequest, DescribeWorkflowExecutionResponse, ExecuteMultiOperationRequest,
        ExecuteMultiOperationResponse, QueryWorkflowRequest, QueryWorkflowResponse, RespondActivityTaskFailedRequest,
        RespondActivityTaskFailedResponse, SignalWorkflowExecutionRequest, SignalWorkflowExecutionResponse,
        StartWorkflowExecutionRequest, StartWorkflowExecutionResponse, UpdateWorkflowExecutionRequest,
        execute_multi_operation_request::{Operation as MultiOperation, operation::Operation},
    },
};
use tonic::{Code, Status};

use crate::support::{World, activity, execution, payloads, start};

const LIMIT: usize = 1000;

fn world() -> World {
    World::with(|builder| builder.limits(Limits { blob_bytes: LIMIT, history_events: 20, ..Limits::default() }))
}

#[tokio::test]
async fn a_request_with_too_much_data_is_refused() {
    let world = world();
    let request = StartWorkflowExecutionRequest { input: Some(payloads(LIMIT)), ..start("w") };
    let refused: Result<StartWorkflowExecutionResponse, Status> = world.call(request).await;
    let refused = refused.unwrap_err();
    assert_eq!((refused.code(), refused.message()), (Code::InvalidArgument, "Blob data size exceeds limit."));

    world.start("w").await;
    let request = SignalWorkflowExecutionRequest {
        namespace: "default".into(),
        workflow_execution: Some(execution("w")),
        signal_name: "s".into(),
        input: Some(payloads(LIMIT)),
        ..Default::default()
    };
    let refused: Result<SignalWorkflowExecutionResponse, Status> = world.call(request).await;
    assert_eq!(refused.unwrap_err().code(), Code::InvalidArgument);
    let request = StartWorkflowExecutionRequest { workflow_id: "x".repeat(1001), ..start("w") };
    let refused: Result<StartWorkflowExecutionResponse, Status> = world.call(request).await;
    assert_eq!(refused.unwrap_err().code(), Code::InvalidArgument);
}

#[tokio::test]
async fn an_update_with_too_much_data_starts_no_workflow() {
    let world = world();
    let update = UpdateWorkflowExecutionRequest {
        namespace: "default".into(),
        workflow_execution: Some(execution("w")),
        request: Some(Request {
            input: Some(Input { name: "u".into(), args: Some(payloads(LIMIT)), ..Default::default() }),
            ..Default::default()
        }),
        ..Default::default()
    };
    let operations = [Operation::StartWorkflow(start("w")), Operation::UpdateWorkflow(update)];
    let request = ExecuteMultiOperationRequest {
        namespace: "default".into(),
        operations: operations.map(|one| MultiOperation { operation: Some(one) }).into(),
        ..Default::default()
    };
    let refused: Result<ExecuteMultiOperationResponse, Status> = world.call(request).await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);
    assert_eq!(refused.message(), "Update Workflow: Blob data size exceeds limit.");
    let request = DescribeWorkflowExecutionRequest { namespace: "default".into(), execution: Some(execution("w")) };
    let described: Result<DescribeWorkflowExecutionResponse, Status> = world.call(request).await;
    assert_eq!(described.unwrap_err().code(), Code::NotFound);
}

#[tokio::test]
async fn a_query_with_too_much_data_is_refused() {
    let world = world();
    world.start("w").await;
    let request = QueryWorkflowRequest {
        namespace: "default".into(),
        execution: Some(execution("w")),
        query: Some(WorkflowQuery { query_type: "q".into(), query_args: Some(payloads(LIMIT)), header: None }),
        ..Default::default()
    };
    let refused: Result<QueryWorkflowResponse, Status> = world.call(request).await;
    let refused = refused.unwrap_err();
    assert_eq!((refused.code(), refused.message()), (Code::InvalidArgument, "Blob data size exceeds limit."));
}

#[tokio::test]
async fn a_command_with_too_much_data_ends_the_workflow() {
    let world = world();
    world.start("w").await;
    let task = world.poll().await;
    let refused = world.complete(task, vec![activity("a", Some(payloads(LIMIT)), None)]).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);
    let kinds = world.kinds("w").await;
    assert_eq!(kinds[3..], [EventType::WorkflowTaskFailed, EventType::WorkflowExecutionTerminated]);
}

#[tokio::test]
async fn a_result_with_too_much_data_is_a_failure_of_the_activity() {
    let world = world();
    world.start("w").await;
    world.work(vec![activity("a", None, None)]).await;
    let token = world.poll_activity().await.task_token;
    world.complete_activity(token, Some(payloads(LIMIT))).await.unwrap();
    let failed = world.history("w").await.into_iter().find_map(|event| match event.attributes {
        Some(Attributes::ActivityTaskFailedEventAttributes(failed)) => failed.failure,
        _ => None,
    });
    assert_eq!(failed.unwrap().message, "Complete result exceeds size limit.");
}

#[tokio::test]
async fn a_failure_with_too_many_causes_stays_readable() {
    let world = World::new();
    world.start("w").await;
    let once = RetryPolicy { maximum_attempts: 1, ..RetryPolicy::default() };
    world.work(vec![activity("a", None, Some(once))]).await;
    let task_token = world.poll_activity().await.task_token;
    let caused =
        |cause: Option<Box<Failure>>, level| Failure { message: format!("{level}"), cause, ..Failure::default() };
    let failure = (1..98).rev().fold(None, |cause, level| Some(Box::new(caused(cause, level))));
    let failure = failure.map(|failure| *failure);
    let request = RespondActivityTaskFailedRequest { task_token, failure, ..Default::default() };
    let RespondActivityTaskFailedResponse { .. } = world.call(request).await.unwrap();
    let failed = world.history("w").await.into_iter().find_map(|event| match event.attributes {
        Some(Attributes::ActivityTaskFailedEventAttributes(failed)) => failed.failure,
        _ => None,
    });
    let causes = std::iter::successors(failed.as_ref(), |failure| failure.cause.as_deref());
    let messages: Vec<_> = causes.map(|failure| failure.message.clone()).collect();
    assert_eq!(messages, (1..=80).map(|level| level.to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_history_that_is_too_long_ends_the_workflow() {
    let world = world();
    world.start("w").await;
    for _ in 0..19 {
        world.signal("w").await;
    }
    let history = world.history("w").await;
    let Some(Attributes::WorkflowExecutionTerminatedEventAttributes(end)) = &history.last().unwrap().attributes else {
        panic!("{history:?}");
    };
    assert_eq!(end.reason, "Workflow history count exceeds limit.");
}
