//! Calls that no honest client makes, and callers that vanish.

use prost::Message;
use temporalio_protos::temporal::api::{
    enums::v1::{EventType, TaskQueueKind, WorkflowTaskFailedCause},
    taskqueue::v1::TaskQueue,
    workflowservice::v1::{
        PollWorkflowTaskQueueRequest, PollWorkflowTaskQueueResponse, RegisterNamespaceRequest,
        RegisterNamespaceResponse, RespondWorkflowTaskCompletedRequest, RespondWorkflowTaskCompletedResponse,
        RespondWorkflowTaskFailedRequest, RespondWorkflowTaskFailedResponse,
    },
};
use tokio::time::timeout;
use tonic::{Code, Status, metadata::MetadataMap};

use crate::support::{HOUR, SOON, World, activity, done, queue};

const WORKFLOWS: &str = "temporal.api.workflowservice.v1.WorkflowService";

/// The calls of each service, from the source of the dispatcher.
fn calls() -> Vec<(&'static str, &'static str)> {
    let mut service = "";
    let mut calls = Vec::new();
    for line in include_str!("../../src/frontend/dispatch.rs").lines() {
        let Some(name) = line.trim().strip_prefix('"').and_then(|line| line.split('"').next()) else { continue };
        match line.contains("=> calls!") {
            true => service = name,
            false => calls.push((service, name)),
        }
    }
    assert!(calls.len() > 50);
    calls
}

#[tokio::test]
async fn what_is_no_message_is_refused_by_every_call() {
    let world = World::new();
    for (service, rpc) in calls() {
        let refused = world.bytes(service, rpc, vec![0xff; 12]).await.unwrap_err();
        assert_eq!(refused.code(), Code::InvalidArgument, "{rpc}: {refused}");
    }
}

#[tokio::test]
async fn empty_and_odd_messages_are_never_an_internal_error() {
    let world = World::new();
    let names_default = [&[0x0a, 7][..], b"default"].concat();
    for (service, rpc) in calls() {
        if rpc == "PollNexusTaskQueue" {
            continue;
        }
        for message in [Vec::new(), names_default.clone(), [&names_default[..], &[0x12, 0]].concat()] {
            let answer = timeout(SOON, world.bytes(service, rpc, message)).await;
            let Ok(Err(refused)) = answer else { continue };
            let blame = !matches!(refused.code(), Code::Internal | Code::Unknown | Code::Unimplemented);
            assert!(blame, "{rpc}: {refused}");
        }
    }
}

#[tokio::test]
async fn unknown_calls_are_named() {
    let world = World::new();
    for (service, rpc) in [(WORKFLOWS, "PauseActivity"), (WORKFLOWS, ""), ("no.such.Service", "Call"), ("", "")] {
        let refused = world.bytes(service, rpc, Vec::new()).await.unwrap_err();
        assert_eq!(refused.code(), Code::Unimplemented);
        assert!(refused.message().contains(&format!("{service}/{rpc}")), "{refused}");
    }
}

async fn respond(world: &World, namespace: &str, task_token: Vec<u8>) -> Result<(), Status> {
    let namespace = namespace.to_owned();
    let request = RespondWorkflowTaskCompletedRequest { task_token, namespace, ..Default::default() };
    let answer: Result<RespondWorkflowTaskCompletedResponse, _> = world.call(request).await;
    answer.map(drop)
}

#[tokio::test]
async fn forged_tokens_are_refused() {
    let world = World::new();
    world.start("w").await;
    world.work(vec![activity("a", None, None)]).await;
    let activity = world.poll_activity().await.task_token;
    world.signal("w").await;
    let task = world.poll().await;

    for garbage in [vec![], vec![0xff; 40], b"token".to_vec(), activity.clone()] {
        let refused = respond(&world, "default", garbage).await.unwrap_err();
        assert_eq!((refused.code(), refused.message()), (Code::InvalidArgument, "Error deserializing task token."));
    }
    let refused = world.complete_activity(task.task_token.clone(), None).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);

    let request = RegisterNamespaceRequest {
        namespace: "other".into(),
        workflow_execution_retention_period: Some((HOUR * 24).try_into().unwrap()),
        ..Default::default()
    };
    let RegisterNamespaceResponse {} = world.call(request).await.unwrap();
    let refused = respond(&world, "other", task.task_token.clone()).await.unwrap_err();
    assert_eq!(refused.message(), "Operation requested with a token from a different namespace.");

    // Any change of a byte is another task, or none.
    for index in 0..task.task_token.len() {
        let mut forged = task.task_token.clone();
        forged[index] ^= 1;
        if let Err(refused) = respond(&world, "default", forged.clone()).await {
            assert!(matches!(refused.code(), Code::InvalidArgument | Code::NotFound), "{refused}");
        } else {
            panic!("byte {index} of {forged:?} does not matter");
        }
    }
    respond(&world, "default", task.task_token).await.unwrap();
    world.complete_activity(activity, None).await.unwrap();
}

#[tokio::test]
async fn stale_tokens_are_refused() {
    let world = World::new();
    world.start("w").await;
    let stale = world.poll().await;
    let request = RespondWorkflowTaskFailedRequest {
        task_token: stale.task_token.clone(),
        cause: WorkflowTaskFailedCause::WorkflowWorkerUnhandledFailure as i32,
        namespace: "default".into(),
        ..Default::default()
    };
    let RespondWorkflowTaskFailedResponse {} = world.call(request).await.unwrap();
    let refused = world.complete(stale, vec![done()]).await.unwrap_err();
    assert_eq!((refused.code(), refused.message()), (Code::NotFound, "Workflow task not found."));

    let task = world.poll().await;
    assert_eq!(task.attempt, 2);
    world.complete(task.clone(), vec![activity("a", None, None)]).await.unwrap();
    assert_eq!(world.complete(task, Vec::new()).await.unwrap_err().code(), Code::NotFound);

    let running = world.poll_activity().await.task_token;
    world.complete_activity(running.clone(), None).await.unwrap();
    assert_eq!(world.complete_activity(running.clone(), None).await.unwrap_err().code(), Code::NotFound);
    world.work(vec![done()]).await;
    let refused = world.complete_activity(running, None).await.unwrap_err();
    assert_eq!((refused.code(), refused.message()), (Code::NotFound, "workflow execution already completed"));
}

#[tokio::test]
async fn a_poller_that_vanishes_loses_no_task() {
    let world = World::new();
    // It is gone before there is a task.
    assert!(timeout(SOON, world.poll()).await.is_err());
    world.start("first").await;
    let first = timeout(SOON, world.poll()).await.expect("the task");
    assert_eq!(first.workflow_execution.unwrap().workflow_id, "first");

    // It has been given the task and has not had the time to see it.
    let poller = tokio::spawn({
        let world = world.clone();
        async move { world.poll().await }
    });
    tokio::task::yield_now().await;
    world.start("second").await;
    poller.abort();
    assert!(poller.await.unwrap_err().is_cancelled());
    let second = timeout(SOON, world.poll()).await.expect("the task");
    assert_eq!((second.workflow_execution.unwrap().workflow_id.as_str(), second.attempt), ("second", 1));
    assert_eq!(world.kinds("second").await.last(), Some(&EventType::WorkflowTaskStarted));
}

#[tokio::test]
async fn a_poll_in_a_hurry_is_refused_and_one_in_time_is_answered_empty() {
    let world = World::new();
    let message =
        PollWorkflowTaskQueueRequest { namespace: "default".into(), task_queue: Some(queue()), ..Default::default() };
    let poll = async |timeout: &'static str| {
        let mut metadata = MetadataMap::new();
        metadata.insert("grpc-timeout", timeout.parse().unwrap());
        world.0.call(WORKFLOWS, "PollWorkflowTaskQueue", &metadata, message.encode_to_vec().into()).await
    };
    let refused = poll("1999m").await.unwrap_err();
    assert_eq!((refused.code(), refused.message()), (Code::FailedPrecondition, "Context timeout is too short."));
    let empty = poll("2100m").await.unwrap();
    assert_eq!(PollWorkflowTaskQueueResponse::decode(&*empty).unwrap(), PollWorkflowTaskQueueResponse::default());
}

#[tokio::test]
async fn servers_side_by_side_share_nothing() {
    let (one, other) = (World::new(), World::skipping());
    one.start("w").await;
    other.start("w").await;
    other.work(vec![done()]).await;
    assert_eq!(one.kinds("w").await.len(), 2);
    other.sleep("Sleep", HOUR).await.unwrap();
    assert!(other.now().await - one.now().await > HOUR / 2);
}

#[tokio::test]
async fn a_worker_that_takes_the_queue_for_a_sticky_one_gets_the_whole_task() {
    let world = World::new();
    world.start("order").await;
    let task: PollWorkflowTaskQueueResponse = world
        .call(PollWorkflowTaskQueueRequest {
            namespace: "default".into(),
            task_queue: Some(TaskQueue { kind: TaskQueueKind::Sticky as i32, ..queue() }),
            ..Default::default()
        })
        .await
        .unwrap();
    let events = task.history.as_ref().unwrap().events.len();
    assert_eq!((task.started_event_id, events), (3, 3));
    world.complete(task, vec![done()]).await.unwrap();
    assert_eq!(world.kinds("order").await.last(), Some(&EventType::WorkflowExecutionCompleted));
}
