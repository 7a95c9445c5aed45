//! Every run of a test is replayed.

use std::sync::atomic::{AtomicU32, Ordering};

use durably::{prelude::*, testing::TestEnv};

use super::panic_of;

/// Does something else each time its code runs.
#[workflow]
#[derive(Default)]
struct Fickle;

static RUNS: AtomicU32 = AtomicU32::new(0);

#[workflow]
impl Fickle {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        #[durably::allow(nondeterminism, reason = "the replay is to notice")]
        match RUNS.fetch_add(1, Ordering::SeqCst) % 2 {
            0 => drop(left::execute(ctx).await?),
            _ => drop(right::execute(ctx).await?),
        }
        Ok(())
    }
}

#[activity(start_to_close_timeout = "10s")]
async fn left() {}

#[activity(start_to_close_timeout = "10s")]
async fn right() {}

async fn run(env: &TestEnv) {
    env.worker().workflow::<Fickle>().activity::<left>().activity::<right>().start().unwrap();
    Fickle::start(env.client()).id("fickle").task_queue(env.task_queue()).execute().await.unwrap();
}

#[test]
fn a_workflow_that_does_not_replay_fails_the_test() {
    let message = panic_of(run);
    assert!(message.starts_with("`Fickle` (workflow `fickle`, run `"), "{message}");
    let what = ") does not replay in the workflow task that begins at event 3: [TMPRL1100] Nondeterminism error: Activity type of \
                scheduled event";
    assert!(message.contains(what), "{message}");
}

/// Forgets what it did when its code runs again.
#[workflow]
#[derive(Default)]
struct Forgetful;

static FORGOTTEN: AtomicU32 = AtomicU32::new(0);

#[workflow]
impl Forgetful {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        left::execute(ctx).await?;
        #[durably::allow(nondeterminism, reason = "the replay is to notice")]
        if FORGOTTEN.fetch_add(1, Ordering::SeqCst) == 0 {
            ctx.timer(Duration::from_secs(60)).await;
        }
        Ok(())
    }
}

#[test]
fn what_a_replay_leaves_out_is_told_with_its_event() {
    let message = panic_of(async |env: &TestEnv| {
        env.worker().workflow::<Forgetful>().activity::<left>().start().unwrap();
        Forgetful::start(env.client()).id("f").task_queue(env.task_queue()).execute().await.unwrap();
    });
    assert!(message.contains(") does not replay at event 11: "), "{message}");
}

#[test]
fn a_workflow_that_is_still_open_is_replayed_too() {
    let message = panic_of(async |env: &TestEnv| {
        env.worker().workflow::<Undecided>().activity::<left>().activity::<right>().start().unwrap();
        Undecided::start(env.client()).id("u").task_queue(env.task_queue()).await.unwrap();
        env.settle().await;
    });
    assert!(message.starts_with("`Undecided` (workflow `u`, run `"), "{message}");
    assert!(message.contains("does not replay"), "{message}");
}

/// Does something else when its code runs again, and does not end.
#[workflow]
#[derive(Default)]
struct Undecided;

static DECISIONS: AtomicU32 = AtomicU32::new(0);

#[workflow]
impl Undecided {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        #[durably::allow(nondeterminism, reason = "the replay is to notice")]
        match DECISIONS.fetch_add(1, Ordering::SeqCst) {
            0 => drop(left::execute(ctx).await?),
            _ => drop(right::execute(ctx).await?),
        }
        Ok(ctx.wait_condition(|_| false).await?)
    }
}
