//! Updates of workflows that do not stay as they are.

use temporalio_protos::temporal::api::{
    command::v1::{Command, ContinueAsNewWorkflowExecutionCommandAttributes, command::Attributes},
    enums::v1::{EventType, UpdateWorkflowExecutionLifecycleStage as Stage},
    update::v1::{Input, Meta, Request},
    workflowservice::v1::{
        RecordActivityTaskHeartbeatRequest, RecordActivityTaskHeartbeatResponse, RespondWorkflowTaskFailedRequest,
        RespondWorkflowTaskFailedResponse, UpdateWorkflowExecutionRequest, UpdateWorkflowExecutionResponse,
    },
};
use tonic::Code;

use crate::support::{World, activity, done, execution};

fn update(id: &str, run_id: &str) -> UpdateWorkflowExecutionRequest {
    let mut execution = execution("w");
    execution.run_id = run_id.into();
    UpdateWorkflowExecutionRequest {
        namespace: "default".into(),
        workflow_execution: Some(execution),
        request: Some(Request {
            meta: Some(Meta { update_id: id.into(), identity: "client".into() }),
            input: Some(Input { name: "u".into(), ..Input::default() }),
            ..Request::default()
        }),
        ..Default::default()
    }
}

fn continue_as_new() -> Command {
    let attributes = ContinueAsNewWorkflowExecutionCommandAttributes::default();
    Command {
        attributes: Some(Attributes::ContinueAsNewWorkflowExecutionCommandAttributes(attributes)),
        ..Command::default()
    }
}

#[tokio::test]
async fn an_update_goes_on_with_the_workflow() {
    let world = World::new();
    let run = world.start("w").await;
    let task = world.poll().await;
    let caller = tokio::spawn({
        let world = world.clone();
        async move { world.call::<_, UpdateWorkflowExecutionResponse>(update("u", "")).await }
    });
    let pinned = tokio::spawn({
        let (world, run) = (world.clone(), run.clone());
        async move { world.call::<_, UpdateWorkflowExecutionResponse>(update("pinned", &run)).await }
    });
    tokio::task::yield_now().await;
    world.complete(task, vec![continue_as_new()]).await.unwrap();
    let refused = pinned.await.unwrap().unwrap_err();
    assert_eq!(refused.code(), Code::NotFound, "{refused}");

    let next = world.poll().await;
    assert_ne!(next.workflow_execution.as_ref().unwrap().run_id, run);
    let ids: Vec<_> = next.messages.iter().map(|message| message.protocol_instance_id.as_str()).collect();
    assert_eq!(ids, ["u"]);
    // The worker says nothing of it: it is rejected.
    world.complete(next, vec![]).await.unwrap();
    let answer = caller.await.unwrap().unwrap();
    assert_eq!(answer.stage(), Stage::Completed);
}

#[tokio::test]
async fn an_update_ends_with_the_workflow() {
    let world = World::new();
    world.start("w").await;
    let task = world.poll().await;
    let caller = tokio::spawn({
        let world = world.clone();
        async move { world.call::<_, UpdateWorkflowExecutionResponse>(update("u", "")).await }
    });
    tokio::task::yield_now().await;
    world.complete(task, vec![done()]).await.unwrap();
    let refused = caller.await.unwrap().unwrap_err();
    assert_eq!(
        (refused.code(), refused.message()),
        (Code::NotFound, "workflow update was aborted by closing workflow")
    );
}

#[tokio::test]
async fn a_task_for_an_update_that_fails_is_to_be_seen() {
    let world = World::new();
    world.start("w").await;
    world.work(Vec::new()).await;
    let caller = tokio::spawn({
        let world = world.clone();
        async move { world.call::<_, UpdateWorkflowExecutionResponse>(update("u", "")).await }
    });
    let task_token = world.poll().await.task_token;
    let request = RespondWorkflowTaskFailedRequest { task_token, namespace: "default".into(), ..Default::default() };
    let RespondWorkflowTaskFailedResponse {} = world.call(request).await.unwrap();
    let kinds = world.kinds("w").await;
    let [scheduled, started, failed, ..] = kinds[4..] else { panic!("{kinds:?}") };
    let expected = [EventType::WorkflowTaskScheduled, EventType::WorkflowTaskStarted, EventType::WorkflowTaskFailed];
    assert_eq!([scheduled, started, failed], expected);
    // The next one has the update too.
    let again = world.poll().await;
    assert_eq!(again.messages.len(), 1);
    world.complete(again, vec![done()]).await.unwrap();
    caller.await.unwrap().unwrap_err();
}

#[tokio::test]
async fn a_heartbeat_keeps_a_task_for_an_update_that_would_have_left_no_trace() {
    let world = World::new();
    world.start("w").await;
    world.work(vec![activity("a", None, None)]).await;
    let task_token = world.poll_activity().await.task_token;
    let caller = tokio::spawn({
        let world = world.clone();
        async move { world.call::<_, UpdateWorkflowExecutionResponse>(update("u", "")).await }
    });
    let task = world.poll().await;
    let request = RecordActivityTaskHeartbeatRequest { task_token, namespace: "default".into(), ..Default::default() };
    let RecordActivityTaskHeartbeatResponse { .. } = world.call(request).await.unwrap();
    // Nothing is said of the update: it is rejected.
    world.complete(task, Vec::new()).await.unwrap();
    let answer = caller.await.unwrap().unwrap();
    assert_eq!(answer.stage(), Stage::Completed);
    let expected = [EventType::WorkflowTaskScheduled, EventType::WorkflowTaskStarted, EventType::WorkflowTaskCompleted];
    let kinds = world.kinds("w").await;
    assert_eq!(kinds[kinds.len() - 3..], expected, "{kinds:?}");
}
