//! Starts of workflows whose id is taken, and what is known by it.

use temporalio_protos::temporal::api::{
    enums::v1::{EventType, WorkflowIdConflictPolicy},
    workflowservice::v1::{
        GetWorkflowExecutionHistoryRequest, GetWorkflowExecutionHistoryResponse, RequestCancelWorkflowExecutionRequest,
        RequestCancelWorkflowExecutionResponse, RespondActivityTaskCompletedByIdRequest,
        RespondActivityTaskCompletedByIdResponse, StartWorkflowExecutionRequest, StartWorkflowExecutionResponse,
    },
};
use tonic::{Code, Status};

use crate::support::{World, activity, done, execution, kinds, start};

#[tokio::test]
async fn the_same_request_starts_one_workflow() {
    let world = World::new();
    let request =
        || StartWorkflowExecutionRequest { request_id: "once".into(), request_eager_execution: true, ..start("w") };
    let first: StartWorkflowExecutionResponse = world.call(request()).await.unwrap();
    assert!(first.eager_workflow_task.is_some());
    let again: StartWorkflowExecutionResponse = world.call(request()).await.unwrap();
    assert_eq!((again.run_id, again.started), (first.run_id, true));
    assert!(again.eager_workflow_task.is_none(), "the task is out already");

    let other: Result<StartWorkflowExecutionResponse, Status> = world.call(start("w")).await;
    assert_eq!(other.unwrap_err().code(), Code::AlreadyExists);
    let request = StartWorkflowExecutionRequest {
        workflow_id_conflict_policy: WorkflowIdConflictPolicy::UseExisting as i32,
        ..start("w")
    };
    let used: StartWorkflowExecutionResponse = world.call(request).await.unwrap();
    assert!(!used.started);
}

#[tokio::test]
async fn a_cancellation_is_for_the_chain_that_it_names() {
    let world = World::new();
    let run = world.start("w").await;
    let cancel = async |first_run_id: &str| {
        let request = RequestCancelWorkflowExecutionRequest {
            namespace: "default".into(),
            workflow_execution: Some(execution("w")),
            first_execution_run_id: first_run_id.into(),
            ..Default::default()
        };
        let answer: Result<RequestCancelWorkflowExecutionResponse, Status> = world.call(request).await;
        answer.map(drop)
    };
    let refused = cancel("93baf6a0-3ea1-4b4b-8ea1-5bd5a2ae5a0e").await.unwrap_err();
    assert_eq!((refused.code(), refused.message()), (Code::NotFound, "workflow execution not found"));
    cancel(&run).await.unwrap();
    cancel(&run).await.unwrap();
    let requested = EventType::WorkflowExecutionCancelRequested;
    assert_eq!(world.kinds("w").await.into_iter().filter(|kind| *kind == requested).count(), 1);
}

#[tokio::test]
async fn an_activity_is_known_by_its_id_while_its_workflow_runs() {
    let world = World::new();
    world.start("w").await;
    world.work(vec![activity("a", None, None)]).await;
    let complete = async |id: &str| {
        let request = RespondActivityTaskCompletedByIdRequest {
            namespace: "default".into(),
            workflow_id: "w".into(),
            activity_id: id.into(),
            ..Default::default()
        };
        let answer: Result<RespondActivityTaskCompletedByIdResponse, Status> = world.call(request).await;
        answer.map(drop)
    };
    let refused = complete("b").await.unwrap_err();
    let text = "cannot find pending activity with ActivityID b, check workflow execution history for more details";
    assert_eq!((refused.code(), refused.message()), (Code::NotFound, text));
    complete("a").await.unwrap();
    world.work(vec![done()]).await;
    let refused = complete("a").await.unwrap_err();
    assert_eq!((refused.code(), refused.message()), (Code::NotFound, "workflow execution already completed"));
}

#[tokio::test]
async fn pages_are_counted_in_batches() {
    let world = World::new();
    world.start("w").await;
    world.work(vec![activity("a", None, None), activity("b", None, None), done()]).await;
    let mut token = Vec::new();
    let mut pages = Vec::new();
    loop {
        let request = GetWorkflowExecutionHistoryRequest {
            namespace: "default".into(),
            execution: Some(execution("w")),
            maximum_page_size: 1,
            next_page_token: token,
            ..Default::default()
        };
        let page: GetWorkflowExecutionHistoryResponse = world.call(request).await.unwrap();
        pages.push(kinds(&page.history.unwrap().events).len());
        token = page.next_page_token;
        if token.is_empty() {
            break;
        }
    }
    // Started and scheduled; started; completed with what came of it.
    assert_eq!(pages, [2, 1, 4]);
}
