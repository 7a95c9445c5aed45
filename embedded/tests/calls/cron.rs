//! Cron schedules, and time that skips.

use std::time::Duration;

use temporalio_protos::temporal::api::{
    enums::v1::EventType,
    workflowservice::v1::{
        RequestCancelWorkflowExecutionRequest, RequestCancelWorkflowExecutionResponse, StartWorkflowExecutionRequest,
        StartWorkflowExecutionResponse,
    },
};
use tokio::time::timeout;

use crate::{
    chains::child,
    support::{HOUR, SOON, World, YEAR, done, execution, start},
};

const HOURLY: &str = "@every 1h";
const SLACK: Duration = Duration::from_secs(5);

async fn start_cron(world: &World, id: &str) {
    let request = StartWorkflowExecutionRequest {
        cron_schedule: HOURLY.into(),
        workflow_run_timeout: Some((HOUR / 2).try_into().unwrap()),
        ..start(id)
    };
    let StartWorkflowExecutionResponse { .. } = world.call(request).await.unwrap();
}

/// Completes every task that there is.
fn worker(world: &World) -> tokio::task::JoinHandle<()> {
    let world = world.clone();
    tokio::spawn(async move {
        loop {
            world.work(vec![done()]).await;
            tokio::task::yield_now().await;
        }
    })
}

#[tokio::test]
async fn a_child_with_a_cron_schedule_waits_for_its_time() {
    let world = World::skipping();
    let before = world.now().await;
    world.start("parent").await;
    world.work(vec![child("child", HOURLY)]).await;
    // The parent is told of the start.
    assert_eq!(world.work(Vec::new()).await.workflow_execution.unwrap().workflow_id, "parent");
    world.sleep("Sleep", HOUR).await.unwrap();
    assert_eq!(world.poll().await.workflow_execution.unwrap().workflow_id, "child");
    let waited = world.now().await - before;
    assert!(waited > HOUR - Duration::from_secs(1) && waited < HOUR * 2, "{waited:?}");
}

#[tokio::test]
async fn a_cron_schedule_goes_on_until_it_is_terminated() {
    let world = World::skipping();
    start_cron(&world, "cron").await;
    world.sleep("Sleep", HOUR).await.unwrap();
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
    world.sleep("Sleep", HOUR).await.unwrap();
    let second = world.poll().await;
    assert_ne!(second.workflow_execution.as_ref().unwrap().run_id, run);
    world.terminate("cron").await;
    assert_eq!(world.kinds("cron").await.last(), Some(&EventType::WorkflowExecutionTerminated));
}

#[tokio::test]
async fn nobody_waits_for_a_cron_schedule_so_time_stays() {
    let world = World::skipping();
    let before = world.now().await;
    start_cron(&world, "cron").await;
    let worker = worker(&world);
    tokio::time::sleep(SOON).await;
    assert!(world.now().await - before < SLACK);
    // Other workflows let time skip, and the schedule acts on the way, as often as it says.
    world.sleep("Sleep", HOUR * 10).await.unwrap();
    assert!(world.now().await - before < HOUR * 10 + SLACK);
    let now = world.now().await;
    tokio::time::sleep(SOON).await;
    assert!(world.now().await - now < SLACK);
    worker.abort();
}

#[tokio::test]
async fn whoever_waits_for_a_cron_schedule_lets_time_skip_to_it() {
    let world = World::skipping();
    let before = world.now().await;
    start_cron(&world, "cron").await;
    start_cron(&world, "other").await;
    let worker = worker(&world);
    // The first run has ended; the next one that nobody waits for stays where it is.
    let ended = world.result("cron").await;
    assert_eq!(ended.event_type(), EventType::WorkflowExecutionCompleted);
    let waited = world.now().await - before;
    assert!(waited > HOUR - SLACK && waited < HOUR + SLACK, "{waited:?}");
    tokio::time::sleep(SOON).await;
    assert!(world.now().await - before < HOUR + SLACK * 2);
    worker.abort();
}

#[tokio::test]
async fn the_end_of_a_run_that_goes_on_is_a_reason_to_skip() {
    let world = World::skipping();
    start_cron(&world, "cron").await;
    world.sleep("Sleep", HOUR).await.unwrap();
    let before = world.now().await;
    world.work(Vec::new()).await;
    tokio::time::sleep(SOON).await;
    // It has timed out after half an hour, and the next run waits for its time.
    let waited = world.now().await - before;
    assert!(waited > HOUR / 2 - SLACK && waited < HOUR / 2 + SLACK, "{waited:?}");
}

#[tokio::test]
async fn a_year_without_a_worker_is_skipped_if_that_is_wanted() {
    let world = World::with(|builder| builder.time_skipping(true).skip_while_unpolled(true));
    let before = world.now().await;
    let request = StartWorkflowExecutionRequest { workflow_run_timeout: Some(YEAR.try_into().unwrap()), ..start("w") };
    let StartWorkflowExecutionResponse { .. } = world.call(request).await.unwrap();
    assert_eq!(world.kinds("w").await.last(), Some(&EventType::WorkflowExecutionTimedOut));
    assert!(world.now().await - before >= YEAR);

    // A worker that is there has its time.
    let polling = timeout(SOON, world.poll()).await;
    assert!(polling.is_err());
    let now = world.now().await;
    let request = StartWorkflowExecutionRequest { workflow_run_timeout: Some(YEAR.try_into().unwrap()), ..start("v") };
    let StartWorkflowExecutionResponse { .. } = world.call(request).await.unwrap();
    assert!(world.now().await - now < SLACK);
    world.work(vec![done()]).await;
}
