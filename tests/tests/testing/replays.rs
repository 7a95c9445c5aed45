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
    println!("{message}");
    assert!(message.starts_with("`Fickle` (workflow `fickle`, run `"), "{message}");
    assert!(message.contains("does not replay: workflow replay was nondeterministic"), "{message}");
    assert!(message.contains("event"), "{message}");
}
