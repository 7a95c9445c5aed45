//! Updates of workflows that do not stay as they are.

use temporalio_protos::temporal::api::{
    command::v1::{Command, ContinueAsNewWorkflowExecutionCommandAttributes, command::Attributes},
    enums::v1::UpdateWorkflowExecutionLifecycleStage as Stage,
    update::v1::{Input, Meta, Request},
    workflowservice::v1::{UpdateWorkflowExecutionRequest, UpdateWorkflowExecutionResponse},
};
use tonic::Code;

use crate::support::{World, done, execution};

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
