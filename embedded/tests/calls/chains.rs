//! Workflows that start, follow and cancel others.

use std::time::Duration;

use temporalio_protos::temporal::api::{
    command::v1::{
        RequestCancelExternalWorkflowExecutionCommandAttributes, StartChildWorkflowExecutionCommandAttributes,
        command::Attributes as Command_,
    },
    common::v1::WorkflowType,
    enums::v1::{EventType, ParentClosePolicy},
    workflowservice::v1::{
        RequestCancelWorkflowExecutionRequest, RequestCancelWorkflowExecutionResponse, StartWorkflowExecutionRequest,
        StartWorkflowExecutionResponse, TerminateWorkflowExecutionRequest, TerminateWorkflowExecutionResponse,
    },
};

use crate::support::{HOUR, World, command, done, execution, start};

const HOURLY: &str = "@every 1h";

fn child(id: &str, cron_schedule: &str) -> temporalio_protos::temporal::api::command::v1::Command {
    command(Command_::StartChildWorkflowExecutionCommandAttributes(StartChildWorkflowExecutionCommandAttributes {
        workflow_id: id.into(),
        workflow_type: Some(WorkflowType { name: "C".into() }),
        cron_schedule: cron_schedule.into(),
        parent_close_policy: ParentClosePolicy::Terminate as i32,
        ..Default::default()
    }))
}

#[tokio::test]
async fn a_child_with_a_cron_schedule_waits_for_its_time() {
    let world = World::skipping();
    let before = world.now().await;
    world.start("parent").await;
    world.work(vec![child("child", HOURLY)]).await;
    // The parent is told of the start.
    assert_eq!(world.work(Vec::new()).await.workflow_execution.unwrap().workflow_id, "parent");
    assert_eq!(world.poll().await.workflow_execution.unwrap().workflow_id, "child");
    let waited = world.now().await - before;
    assert!(waited > HOUR - Duration::from_secs(1) && waited < HOUR * 2, "{waited:?}");
}

#[tokio::test]
async fn a_parent_that_closes_takes_its_children_along() {
    let world = World::new();
    world.start("parent").await;
    world.work(vec![child("child", "")]).await;
    let tasks = [world.poll().await, world.poll().await];
    let [parent, _child] = match tasks[0].workflow_execution.as_ref().unwrap().workflow_id == "parent" {
        true => tasks,
        false => {
            let [child, parent] = tasks;
            [parent, child]
        }
    };
    world.complete(parent, vec![done()]).await.unwrap();
    let kinds = world.kinds("child").await;
    // The task that its worker has is taken away.
    assert_eq!(kinds[3..], [EventType::WorkflowTaskFailed, EventType::WorkflowExecutionTerminated]);
}

#[tokio::test]
async fn a_closed_workflow_may_be_cancelled_and_a_missing_one_may_not() {
    let world = World::new();
    world.start("closed").await;
    world.work(vec![done()]).await;
    world.start("w").await;
    let cancel = |id: &str| {
        command(Command_::RequestCancelExternalWorkflowExecutionCommandAttributes(
            RequestCancelExternalWorkflowExecutionCommandAttributes { workflow_id: id.into(), ..Default::default() },
        ))
    };
    world.work(vec![cancel("closed"), cancel("missing")]).await;
    let kinds = world.kinds("w").await;
    assert!(kinds.contains(&EventType::ExternalWorkflowExecutionCancelRequested), "{kinds:?}");
    assert!(kinds.contains(&EventType::RequestCancelExternalWorkflowExecutionFailed), "{kinds:?}");
}

#[tokio::test]
async fn a_cron_schedule_goes_on_until_it_is_terminated() {
    let world = World::skipping();
    let request = StartWorkflowExecutionRequest { cron_schedule: HOURLY.into(), ..start("cron") };
    let StartWorkflowExecutionResponse { .. } = world.call(request).await.unwrap();
    let first = world.poll().await;
    let request = RequestCancelWorkflowExecutionRequest {
        namespace: "default".into(),
        workflow_execution: Some(execution("cron")),
        ..Default::default()
    };
    let RequestCancelWorkflowExecutionResponse {} = world.call(request).await.unwrap();
    let run = first.workflow_execution.clone().unwrap().run_id;
    // It does not heed the request, which only its next task would tell it of.
    world.complete(first, Vec::new()).await.unwrap();
    world.work(vec![done()]).await;
    let second = world.poll().await;
    assert_ne!(second.workflow_execution.as_ref().unwrap().run_id, run);
    let request = TerminateWorkflowExecutionRequest {
        namespace: "default".into(),
        workflow_execution: Some(execution("cron")),
        ..Default::default()
    };
    let TerminateWorkflowExecutionResponse {} = world.call(request).await.unwrap();
    assert_eq!(world.kinds("cron").await.last(), Some(&EventType::WorkflowExecutionTerminated));
}
