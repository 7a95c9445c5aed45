//! Time skipping: when time skips, when it does not, and where it stands afterwards.

use std::time::{Duration, Instant};

use temporalio_protos::temporal::api::{
    common::v1::RetryPolicy,
    enums::v1::EventType,
    failure::v1::Failure,
    testservice::v1::{
        LockTimeSkippingRequest, LockTimeSkippingResponse, UnlockTimeSkippingRequest, UnlockTimeSkippingResponse,
    },
    workflowservice::v1::{
        RespondActivityTaskFailedRequest, RespondActivityTaskFailedResponse, StartWorkflowExecutionRequest,
        StartWorkflowExecutionResponse, TerminateWorkflowExecutionRequest, TerminateWorkflowExecutionResponse,
    },
};
use tokio::time::timeout;
use tonic::{Code, Status};

use crate::support::{HOUR, SOON, World, YEAR, activity, done, execution, start, timer, when};

/// What the machine may add to a time of the server.
const SLACK: Duration = Duration::from_secs(20);

fn assert_about(actual: Duration, expected: Duration) {
    assert!(actual >= expected && actual < expected + SLACK, "{actual:?} instead of {expected:?}");
}

async fn lock(world: &World) {
    let LockTimeSkippingResponse {} = world.test_call("LockTimeSkipping", LockTimeSkippingRequest {}).await.unwrap();
}

async fn unlock(world: &World) -> Result<(), Status> {
    let answer: Result<UnlockTimeSkippingResponse, _> =
        world.test_call("UnlockTimeSkipping", UnlockTimeSkippingRequest {}).await;
    answer.map(drop)
}

#[tokio::test]
async fn a_workflow_that_sleeps_a_year_is_over_at_once() {
    let mut fastest = Duration::MAX;
    for attempt in 0..20 {
        let world = World::skipping();
        let id = format!("sleeper-{attempt}");
        let began = Instant::now();
        world.start(&id).await;
        world.work(vec![timer("t", YEAR)]).await;
        world.work(vec![done()]).await;
        fastest = fastest.min(began.elapsed());

        let history = world.history(&id).await;
        let slept =
            when(&history, EventType::WorkflowExecutionCompleted) - when(&history, EventType::WorkflowExecutionStarted);
        assert_about(slept, YEAR);
    }
    println!("a year took {fastest:?}");
    assert!(fastest < Duration::from_millis(20), "{fastest:?}");
}

#[tokio::test]
async fn time_waits_for_a_running_activity() {
    let world = World::skipping();
    let before = world.now().await;
    world.start("w").await;
    world.work(vec![activity("a", None, None), timer("t", HOUR)]).await;
    let running = world.poll_activity().await;
    tokio::time::sleep(SOON).await;
    assert!(world.now().await - before < SLACK);
    assert!(!world.kinds("w").await.contains(&EventType::TimerFired));

    world.complete_activity(running.task_token, None).await.unwrap();
    world.work(Vec::new()).await;
    world.work(vec![done()]).await;
    let history = world.history("w").await;
    assert!(when(&history, EventType::ActivityTaskCompleted) - before < SLACK);
    assert_about(when(&history, EventType::TimerFired) - before, HOUR);
}

#[tokio::test]
async fn time_waits_for_tasks_that_nobody_has_taken() {
    let world = World::skipping();
    let before = world.now().await;
    world.start("w").await;
    tokio::time::sleep(SOON).await;
    world.work(vec![activity("a", None, None), timer("t", HOUR)]).await;
    let sleep = world.sleep("Sleep", HOUR * 2);
    assert!(timeout(SOON, sleep).await.is_err(), "an activity waits for its worker");
    assert!(world.now().await - before < SLACK);

    let taken = world.poll_activity().await;
    world.complete_activity(taken.task_token, None).await.unwrap();
    let sleep = world.sleep("Sleep", HOUR * 2);
    assert!(timeout(SOON, sleep).await.is_err(), "the workflow task about it waits for its worker");
    world.work(Vec::new()).await;
    assert_eq!(world.poll().await.workflow_execution.unwrap().workflow_id, "w");
    assert_about(world.now().await - before, HOUR);
}

#[tokio::test]
async fn the_gaps_between_attempts_are_skipped() {
    let world = World::skipping();
    let before = world.now().await;
    world.start("w").await;
    let policy = RetryPolicy {
        initial_interval: Some(HOUR.try_into().unwrap()),
        backoff_coefficient: 2.0,
        ..RetryPolicy::default()
    };
    world.work(vec![activity("a", None, Some(policy))]).await;
    for _ in 0..2 {
        let task_token = world.poll_activity().await.task_token;
        let failure = Some(Failure { message: "no luck".into(), ..Failure::default() });
        let request = RespondActivityTaskFailedRequest { task_token, failure, ..Default::default() };
        let RespondActivityTaskFailedResponse { .. } = world.call(request).await.unwrap();
    }
    let third = world.poll_activity().await;
    assert_eq!(third.attempt, 3);
    assert_about(world.now().await - before, HOUR * 3);
}

#[tokio::test]
async fn a_closed_run_leaves_the_clock_where_it_closed() {
    let world = World::skipping();
    let before = world.now().await;
    let request = StartWorkflowExecutionRequest {
        workflow_run_timeout: Some(YEAR.try_into().unwrap()),
        workflow_execution_timeout: Some((YEAR * 2).try_into().unwrap()),
        ..start("w")
    };
    let StartWorkflowExecutionResponse { .. } = world.call(request).await.unwrap();
    world.work(vec![activity("a", None, None), timer("t", HOUR)]).await;
    let request = TerminateWorkflowExecutionRequest {
        namespace: "default".into(),
        workflow_execution: Some(execution("w")),
        ..Default::default()
    };
    let TerminateWorkflowExecutionResponse {} = world.call(request).await.unwrap();
    tokio::time::sleep(SOON).await;
    assert!(world.now().await - before < SLACK);
}

#[tokio::test]
async fn a_lock_holds_time_and_the_last_unlock_lets_it_go() {
    let world = World::new();
    let before = world.now().await;
    world.start("w").await;
    world.work(vec![timer("t", HOUR)]).await;
    assert!(timeout(SOON, world.poll()).await.is_err(), "time is locked at first");
    lock(&world).await;
    unlock(&world).await.unwrap();
    assert!(timeout(SOON, world.poll()).await.is_err(), "one lock is left");
    unlock(&world).await.unwrap();
    world.work(vec![done()]).await;
    assert_about(world.now().await - before, HOUR);

    let unbalanced = unlock(&world).await.unwrap_err();
    assert_eq!(unbalanced.code(), Code::FailedPrecondition);
    lock(&world).await;
    assert!(timeout(SOON, world.sleep("Sleep", HOUR)).await.is_err(), "the refused unlock did not count");
}

#[tokio::test]
async fn an_unlocked_sleep_ends_where_it_says() {
    let world = World::new();
    world.start("w").await;
    world.work(vec![timer("early", HOUR / 2), timer("late", HOUR * 2), timer("never", YEAR)]).await;
    let before = world.now().await;
    let worker = tokio::spawn({
        let world = world.clone();
        async move { world.work(Vec::new()).await }
    });
    world.sleep("UnlockTimeSkippingWithSleep", HOUR).await.unwrap();
    worker.await.unwrap();
    assert_about(world.now().await - before, HOUR);
    let fired = world.kinds("w").await.into_iter().filter(|kind| *kind == EventType::TimerFired).count();
    assert_eq!(fired, 1);

    assert!(timeout(SOON, world.sleep("Sleep", HOUR)).await.is_err(), "time is locked again");
    unlock(&world).await.unwrap();
    let unbalanced = world.sleep("UnlockTimeSkippingWithSleep", HOUR).await.unwrap_err();
    assert_eq!(unbalanced.code(), Code::FailedPrecondition);
}

#[tokio::test]
async fn whoever_gives_up_an_unlocked_sleep_locks_time_again() {
    let world = World::new();
    world.start("w").await;
    // The workflow task that waits keeps time from skipping.
    assert!(timeout(SOON, world.sleep("UnlockTimeSkippingWithSleep", HOUR)).await.is_err());
    world.work(vec![timer("t", HOUR)]).await;
    assert!(timeout(SOON, world.poll()).await.is_err());
    unlock(&world).await.unwrap();
    world.work(vec![done()]).await;
}

#[tokio::test]
async fn sleeps_go_with_the_timers_of_workflows() {
    let world = World::skipping();
    let before = world.now().await;
    world.sleep("Sleep", YEAR).await.unwrap();
    assert_about(world.now().await - before, YEAR);
    world.sleep("Sleep", Duration::ZERO).await.unwrap();
}

#[tokio::test]
async fn an_activity_that_somebody_outside_ends_may_be_skipped_over() {
    let world = World::skipping();
    let before = world.now().await;
    world.start("w").await;
    world.work(vec![activity("a", None, None), timer("t", HOUR)]).await;
    assert!(!world.0.release_activity("default", "w", "a"), "no worker has had it");
    let running = world.poll_activity().await;
    assert!(!world.0.release_activity("default", "w", "other"));
    assert!(world.0.release_activity("default", "w", "a"));
    let task = world.poll().await;
    assert_about(world.now().await - before, HOUR);
    world.complete_activity(running.task_token, None).await.unwrap();
    world.complete(task, Vec::new()).await.unwrap();
    world.work(vec![done()]).await;
    assert_about(world.now().await - before, HOUR);
}

#[tokio::test]
async fn time_does_not_skip_to_what_is_as_good_as_never() {
    let world = World::skipping();
    let before = world.now().await;
    world.start("w").await;
    world.work(vec![timer("t", YEAR * 1000)]).await;
    assert!(timeout(SOON, world.sleep("Sleep", YEAR * 1000)).await.is_err());
    assert!(world.now().await - before < SLACK);
    world.sleep("Sleep", YEAR * 100).await.unwrap();
}
