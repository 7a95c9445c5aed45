//! Time as the program around the server moves it.

use std::time::Duration;

use temporalio_protos::temporal::api::enums::v1::EventType;
use tokio::time::timeout;

use crate::support::{HOUR, SOON, World, YEAR, done, timer};

#[tokio::test]
async fn a_skip_ends_when_what_it_set_off_is_done() {
    let world = World::new();
    world.start("w").await;
    world.work(vec![timer("early", HOUR), timer("late", HOUR * 3)]).await;
    let before = world.0.now();
    let skip = world.0.skip(HOUR * 2);
    let worked = world.work(Vec::new());
    let ((), task) = tokio::join!(skip, worked);
    assert_eq!(task.workflow_execution.unwrap().workflow_id, "w");
    let took = world.0.now().duration_since(before).unwrap();
    assert!(took >= HOUR * 2 && took < HOUR * 2 + Duration::from_secs(20), "{took:?}");
    let fired = world.kinds("w").await.into_iter().filter(|kind| *kind == EventType::TimerFired).count();
    assert_eq!(fired, 1);
}

#[tokio::test]
async fn what_is_due_at_the_end_of_a_skip_is_part_of_it() {
    let world = World::new();
    world.start("w").await;
    world.work(vec![timer("t", HOUR)]).await;
    let skip = async {
        world.0.skip(HOUR - HOUR / 60).await;
        assert!(!world.kinds("w").await.contains(&EventType::TimerFired));
        world.0.skip(HOUR / 60).await;
    };
    tokio::join!(skip, world.work(vec![done()]));
    assert!(world.kinds("w").await.contains(&EventType::WorkflowExecutionCompleted));
}

#[tokio::test]
async fn a_skip_that_is_given_up_locks_time_again() {
    let world = World::new();
    world.start("w").await;
    assert!(timeout(SOON, world.0.skip(HOUR)).await.is_err(), "a workflow task holds time");
    world.work(vec![timer("t", HOUR)]).await;
    assert!(timeout(SOON, world.poll()).await.is_err());
}

#[tokio::test]
async fn time_skips_for_as_long_as_anybody_lets_it() {
    let world = World::new();
    world.start("w").await;
    world.work(vec![timer("t", HOUR)]).await;
    let first = world.0.let_time_skip();
    let second = world.0.let_time_skip();
    drop(first);
    world.work(vec![timer("t2", YEAR)]).await;
    world.work(vec![timer("t3", YEAR)]).await;
    drop(second);
    // The last timer was passed by in the moment it was set, and its task waits.
    world.work(vec![timer("t4", YEAR)]).await;
    assert!(timeout(SOON, world.poll()).await.is_err(), "time is locked again");
}

#[tokio::test]
async fn settled_is_what_has_nothing_to_do() {
    let world = World::new();
    world.0.settle().await;
    world.start("w").await;
    assert!(timeout(SOON, world.0.settle()).await.is_err(), "a workflow task waits");
    world.work(vec![timer("t", HOUR)]).await;
    world.0.settle().await;
}
