//! Time moves when it is told to.

use std::time::Instant;

use durably::{prelude::*, testing::TestEnv};

use super::shop::{Clock, ClockHandle};

const MINUTE: Duration = Duration::from_secs(60);

async fn clock(env: &TestEnv) -> ClockHandle {
    env.worker().workflow::<Clock>().start().unwrap();
    Clock::start(env.client()).id("clock").task_queue(env.task_queue()).await.unwrap()
}

#[durably::test]
async fn a_skip_goes_no_further_than_it_says(env: &TestEnv) {
    let clock = clock(env).await;
    env.skip(59 * MINUTE).await;
    assert!(!clock.fired().await.unwrap());
    env.skip(MINUTE).await;
    assert!(clock.fired().await.unwrap());
}

#[durably::test]
async fn time_stands_still_otherwise(env: &TestEnv) {
    let clock = clock(env).await;
    let (before, wall) = (env.now(), Instant::now());
    env.settle().await;
    assert!(!clock.fired().await.unwrap());
    assert!(env.now().duration_since(before).unwrap() <= wall.elapsed() + Duration::from_millis(1));
}

#[durably::test]
async fn whoever_gives_up_waiting_locks_time_again(env: &TestEnv) {
    let clock = clock(env).await;
    let limit = Duration::from_millis(200);
    assert!(tokio::time::timeout(limit, clock.result()).await.is_err(), "it never ends");
    assert!(clock.fired().await.unwrap());

    let second = Clock::start(env.client()).id("second").task_queue(env.task_queue()).await.unwrap();
    env.settle().await;
    assert!(!second.fired().await.unwrap());
}

#[durably::test]
async fn two_may_wait_and_one_be_done_first(env: &TestEnv) {
    env.worker().workflow::<Sleeper>().start().unwrap();
    let sleeper =
        |id: &str, days: u64| Sleeper::start(env.client(), days).id(id).task_queue(env.task_queue()).execute();
    let (short, long) = tokio::join!(sleeper("short", 1), sleeper("long", 400));
    assert_eq!((short.unwrap(), long.unwrap()), (1, 400));
}

#[workflow]
#[derive(Default)]
struct Sleeper;

#[workflow]
impl Sleeper {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, days: u64) -> WorkflowResult<u64> {
        ctx.timer(Duration::from_secs(days * 86_400)).await;
        Ok(days)
    }
}
