//! Resets, and what goes on with them.

use std::time::Duration;

use temporalio_protos::temporal::api::{
    command::v1::{StartChildWorkflowExecutionCommandAttributes, command::Attributes as Command_},
    common::v1::{WorkflowExecution, WorkflowType},
    enums::v1::{EventType, WorkflowExecutionStatus, WorkflowTaskFailedCause},
    history::v1::history_event::Attributes,
    workflowservice::v1::{
        DescribeWorkflowExecutionRequest, DescribeWorkflowExecutionResponse, ResetWorkflowExecutionRequest,
        ResetWorkflowExecutionResponse,
    },
};
use tonic::{Code, Status};

use crate::support::{HOUR, World, activity, command, done, execution, timer, when};

fn request(finish_id: i64, request_id: &str) -> ResetWorkflowExecutionRequest {
    ResetWorkflowExecutionRequest {
        namespace: "default".into(),
        workflow_execution: Some(execution("w")),
        reason: "why".into(),
        workflow_task_finish_event_id: finish_id,
        request_id: request_id.into(),
        ..Default::default()
    }
}

async fn reset(world: &World, finish_id: i64) -> Result<String, Status> {
    let answer: Result<ResetWorkflowExecutionResponse, _> = world.call(request(finish_id, "")).await;
    answer.map(|answer| answer.run_id)
}

async fn status(world: &World, run_id: &str) -> WorkflowExecutionStatus {
    let request = DescribeWorkflowExecutionRequest {
        namespace: "default".into(),
        execution: Some(WorkflowExecution { workflow_id: "w".into(), run_id: run_id.into() }),
    };
    let described: DescribeWorkflowExecutionResponse = world.call(request).await.unwrap();
    described.workflow_execution_info.unwrap().status()
}

#[tokio::test]
async fn another_run_goes_on_from_the_point() {
    let world = World::new();
    let first = world.start("w").await;
    world.work(vec![activity("a", None, None)]).await;
    world.signal("w").await;
    // It comes while a task is out: it is in no history so far.
    let late = world.poll().await;
    world.signal("w").await;
    let before = world.history("w").await;

    let second = reset(&world, 4).await.unwrap();
    assert_eq!(status(&world, &first).await, WorkflowExecutionStatus::Terminated);
    assert_eq!(world.complete(late, Vec::new()).await.unwrap_err().code(), Code::NotFound);
    let history = world.history("w").await;
    assert_eq!(history[..3], before[..3], "what was before the point is the same");
    let Some(Attributes::WorkflowTaskFailedEventAttributes(failed)) = &history[3].attributes else {
        panic!("{history:?}");
    };
    assert_eq!(failed.cause(), WorkflowTaskFailedCause::ResetWorkflow);
    assert_eq!((&failed.base_run_id, &failed.new_run_id), (&first, &second));
    let rest = &world.kinds("w").await[4..];
    let signaled = EventType::WorkflowExecutionSignaled;
    assert_eq!(rest, [signaled, signaled, EventType::WorkflowTaskScheduled]);
    world.work(vec![done()]).await;
    assert_eq!(status(&world, &second).await, WorkflowExecutionStatus::Completed);
}

#[tokio::test]
async fn activities_are_handed_out_again_and_timers_go_on() {
    let world = World::skipping();
    let before = world.now().await;
    world.start("w").await;
    world.work(vec![activity("a", None, None), timer("t", HOUR)]).await;
    let stale = world.poll_activity().await;
    world.signal("w").await;
    world.work(Vec::new()).await;

    // 1 started, 2 to 4 a task, 5 the activity, 6 the timer, 7 the signal, 8 to 10 a task.
    reset(&world, 10).await.unwrap();
    assert_eq!(world.complete_activity(stale.task_token, None).await.unwrap_err().code(), Code::NotFound);
    world.work(Vec::new()).await;
    let again = world.poll_activity().await;
    assert_eq!((again.activity_id.as_str(), again.attempt), ("a", 1));
    world.complete_activity(again.task_token, None).await.unwrap();
    world.work(Vec::new()).await;
    world.work(vec![done()]).await;
    let fired = when(&world.history("w").await, EventType::TimerFired) - before;
    assert!(fired >= HOUR && fired < HOUR + Duration::from_secs(20), "{fired:?}");
}

#[tokio::test]
async fn a_child_tells_the_run_that_goes_on() {
    let world = World::new();
    world.start("w").await;
    let child = StartChildWorkflowExecutionCommandAttributes {
        workflow_id: "child".into(),
        workflow_type: Some(WorkflowType { name: "C".into() }),
        ..Default::default()
    };
    world.work(vec![command(Command_::StartChildWorkflowExecutionCommandAttributes(child))]).await;
    let tasks = [world.poll().await, world.poll().await];
    let (own, others): (Vec<_>, Vec<_>) =
        tasks.into_iter().partition(|task| task.workflow_execution.as_ref().is_some_and(|of| of.workflow_id == "w"));
    world.complete(own[0].clone(), Vec::new()).await.unwrap();

    // 5 the child is initiated, 6 it has started, 7 to 9 a task.
    reset(&world, 9).await.unwrap();
    world.work(Vec::new()).await;
    world.complete(others[0].clone(), vec![done()]).await.unwrap();
    let kinds = world.kinds("w").await;
    assert!(kinds.contains(&EventType::ChildWorkflowExecutionCompleted), "{kinds:?}");
    assert!(!world.kinds("child").await.contains(&EventType::WorkflowExecutionTerminated));
}

#[tokio::test]
async fn the_same_request_resets_once_and_a_senseless_one_never() {
    let world = World::new();
    let run = world.start("w").await;
    world.work(vec![timer("t", HOUR)]).await;
    for id in [0, 1, 2, 5, 6, 1000] {
        assert_eq!(reset(&world, id).await.unwrap_err().code(), Code::InvalidArgument, "{id}");
    }
    assert_eq!(status(&world, &run).await, WorkflowExecutionStatus::Running);
    let first: ResetWorkflowExecutionResponse = world.call(request(4, "once")).await.unwrap();
    let again: ResetWorkflowExecutionResponse = world.call(request(4, "once")).await.unwrap();
    assert_eq!(first.run_id, again.run_id);
    let other = reset(&world, 4).await.unwrap();
    assert_ne!(other, first.run_id);
}
