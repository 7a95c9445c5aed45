//! What differs from run to run and must not from replay to replay: random numbers, ids, the time; and what a workflow
//! knows of itself.

use std::{
    collections::HashSet,
    sync::atomic::{AtomicU32, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use durably::{prelude::*, testing::replay};
use durably_tests::{unique, with_worker};

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Drawn {
    number: u64,
    id: String,
    seconds: u64,
    streams: (u64, u64),
}

/// How often any code of the workflow has drawn: more than once for each run if it was replayed.
static DRAWS: AtomicU32 = AtomicU32::new(0);

/// Draws before and after it waits.
#[workflow]
#[derive(Default)]
struct Lottery {
    go_on: bool,
    drawn: Option<Drawn>,
}

fn draw(ctx: &WorkflowContext<Lottery>) -> Drawn {
    DRAWS.fetch_add(1, Ordering::Relaxed);
    Drawn {
        number: ctx.random(),
        id: ctx.uuid4(),
        seconds: ctx.workflow_time().unwrap().duration_since(UNIX_EPOCH).unwrap().as_secs(),
        streams: (ctx.random_stream("one").random(), ctx.random_stream("two").random()),
    }
}

#[workflow]
impl Lottery {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<Vec<Drawn>> {
        let first = draw(ctx);
        ctx.state_mut(|w| w.drawn = Some(first.clone()));
        ctx.wait_condition(|w| w.go_on).await?;
        Ok(vec![first, draw(ctx)])
    }

    #[query]
    fn drawn(&self) -> Option<Drawn> {
        self.drawn.clone()
    }

    #[signal]
    fn go_on(&mut self) {
        self.go_on = true;
    }
}

#[tokio::test]
async fn random_numbers_and_ids_are_the_same_in_a_replay() {
    // Nothing is kept in memory: every task begins with a replay.
    with_worker(
        |worker| worker.workflow::<Lottery>().max_cached_workflows(0),
        async |client, queue| {
            let lottery = Lottery::start(client).id(unique("lottery")).task_queue(queue).await.unwrap();
            let before = lottery.drawn().await.unwrap();
            lottery.go_on().await.unwrap();
            let [first, second] = lottery.result().await.unwrap().try_into().unwrap();
            assert_eq!(Some(&first), before.as_ref());
            assert!(DRAWS.load(Ordering::Relaxed) > 2, "it was replayed");
            let numbers = [first.number, second.number, first.streams.0, first.streams.1, second.streams.0];
            assert_eq!(HashSet::from(numbers).len(), numbers.len(), "{first:?} {second:?}");
            assert_ne!(first.id, second.id);
            assert_eq!((first.id.len(), &first.id[14..15]), (36, "4"));
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
            assert!(now - first.seconds < 60, "the time of the workflow is that of its task");

            let another = Lottery::start(client).id(unique("lottery")).task_queue(queue).await.unwrap();
            another.go_on().await.unwrap();
            assert_ne!(another.result().await.unwrap()[0].number, first.number, "another run draws otherwise");
            replay::<Lottery>(another.history()).await.unwrap();
        },
    )
    .await;
}

/// What a workflow knows of itself.
#[workflow]
#[derive(Default)]
struct Mirror;

#[workflow]
impl Mirror {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> Vec<String> {
        let info = ctx.info();
        vec![
            ctx.workflow_id().to_owned(),
            ctx.run_id().to_owned(),
            ctx.task_queue().to_owned(),
            ctx.namespace().to_owned(),
            info.workflow_type().to_owned(),
            info.attempt().to_string(),
            info.first_execution_run_id().to_owned(),
            format!("{:?}", info.run_timeout()),
            format!("{:?}", info.parent().map(|parent| parent.workflow_id().to_owned())),
            ctx.is_replaying().to_string(),
        ]
    }
}

#[tokio::test]
async fn a_workflow_knows_what_it_is() {
    with_worker(
        |worker| worker.workflow::<Mirror>(),
        async |client, queue| {
            let start = Mirror::start(client).id(unique("mirror")).task_queue(queue);
            let mirror = start.run_timeout(Duration::from_secs(60)).await.unwrap();
            let run_id = mirror.first_execution_run_id().unwrap();
            let expected =
                [mirror.workflow_id(), run_id, queue, "default", "Mirror", "1", run_id, "Some(60s)", "None", "false"];
            assert_eq!(mirror.result().await.unwrap(), expected);
        },
    )
    .await;
}
