//! Workflows that start, follow and cancel others.

use temporalio_protos::temporal::api::{
    command::v1::{
        RequestCancelExternalWorkflowExecutionCommandAttributes, StartChildWorkflowExecutionCommandAttributes,
        command::Attributes as Command_,
    },
    common::v1::WorkflowType,
    enums::v1::{EventType, ParentClosePolicy},
};

use crate::support::{World, command, done};

pub(crate) fn child(id: &str, cron_schedule: &str) -> temporalio_protos::temporal::api::command::v1::Command {
    command(Command_::StartChildWorkflowExecutionCommandAttributes(StartChildWorkflowExecutionCommandAttributes {
        workflow_id: id.into(),
        workflow_type: Some(WorkflowType { name: "C".into() }),
        cron_schedule: cron_schedule.into(),
        parent_close_policy: ParentClosePolicy::Terminate as i32,
        ..Default::default()
    }))
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
