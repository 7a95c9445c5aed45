//! Runs that go on as new runs.

use durably::{MemoValues, prelude::*};
use durably_tests::{client, recorded, unique};

/// Adds up in five runs what one would do in a loop.
#[workflow]
#[derive(Default)]
struct Adds {
    runs: u32,
}

#[workflow]
impl Adds {
    #[init]
    fn new(runs: u32, _sum: Vec<u32>) -> Self {
        Self { runs }
    }

    #[run]
    async fn run(ctx: &WorkflowContext<Self>, runs: u32, mut sum: Vec<u32>) -> WorkflowResult<Vec<u32>> {
        assert_eq!(ctx.state(|w| w.runs), runs);
        sum.push(runs);
        if runs == 5 {
            return Ok(sum);
        }
        Adds::continue_as_new(ctx, runs + 1, sum).await
    }
}

#[tokio::test]
async fn a_workflow_goes_on_as_itself() {
    let client = client().await;
    let queue = unique("adds");
    let worker = Worker::new(&client, &queue).workflow::<Adds>().start().unwrap();

    let adds = Adds::start(&client, 1, vec![]).id(unique("adds")).task_queue(&queue).await.unwrap();
    assert_eq!(adds.result().await.unwrap(), [1, 2, 3, 4, 5]);

    let mut run_id = adds.first_execution_run_id().unwrap().to_owned();
    for run in 1..5 {
        let [next] =
            recorded!(adds.for_run(&run_id), WorkflowExecutionContinuedAsNewEventAttributes).try_into().unwrap();
        assert_eq!(next.workflow_type.unwrap().name, "Adds", "run {run}");
        run_id = next.new_execution_run_id;
    }
    assert_eq!(recorded!(adds.for_run(&run_id), WorkflowExecutionCompletedEventAttributes).len(), 1);
    let latest = Adds::handle(&client, adds.workflow_id()).describe().await.unwrap();
    assert_eq!(latest.run_id(), run_id);

    worker.shutdown().await.unwrap();
}

#[workflow]
#[derive(Default)]
struct Relay {
    batons: u32,
}

#[workflow]
impl Relay {
    #[run(id = "relay-{name}")]
    async fn run(ctx: &WorkflowContext<Self>, name: String, legs: u32) -> WorkflowResult<String> {
        ctx.wait_condition(|w| w.batons > 0).await?;
        match legs {
            1 => Ok(name),
            _ => Relay::continue_as_new(ctx, name, legs - 1).await,
        }
    }

    #[signal]
    fn baton(&mut self) {
        self.batons += 1;
    }

    #[query]
    fn batons(&self) -> u32 {
        self.batons
    }
}

#[tokio::test]
async fn the_handle_of_a_start_goes_along() {
    let client = client().await;
    let queue = unique("relay");
    let worker = Worker::new(&client, &queue).workflow::<Relay>().start().unwrap();
    let name = unique("Ada");

    let relay = Relay::start(&client, &name, 3).task_queue(&queue).await.unwrap();
    for leg in 0..2 {
        let before = relay.describe().await.unwrap().run_id().to_owned();
        relay.baton().await.unwrap();
        let after = awaited_run(&relay, &before).await;
        assert_ne!(before, after, "leg {leg}");
    }
    relay.baton().await.unwrap();
    assert_eq!(relay.result().await.unwrap(), name, "it waits from the run that was started");

    worker.shutdown().await.unwrap();
}

/// The latest run, once it is another than `before`.
async fn awaited_run(relay: &RelayHandle, before: &str) -> String {
    durably_tests::eventually::eventually(|| async {
        let latest = relay.describe().await.unwrap().run_id().to_owned();
        if latest == before { Err("still the same run") } else { Ok(latest) }
    })
    .await
}

#[workflow]
#[derive(Default)]
struct Caterpillar;

#[workflow]
impl Caterpillar {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, leaves: u8) -> WorkflowResult<String> {
        let mut policy = RetryPolicy::default();
        policy.set_maximum_attempts(6);
        let mut memo = MemoValues::new();
        memo.insert("kind", "monarch");
        Butterfly::continue_as_new(ctx, "blue", Some(leaves))
            .run_timeout(Duration::from_secs(77))
            .retry_policy(policy)
            .memo(memo)
            .await
    }
}

/// Has arguments of its own, and options for every start.
#[workflow(task_timeout = "17s", run_timeout = "1h")]
#[derive(Default)]
struct Butterfly;

#[workflow]
impl Butterfly {
    #[run]
    async fn run(colour: String, leaves: Option<u8>) -> String {
        format!("{colour} after {leaves:?}")
    }
}

#[tokio::test]
async fn a_workflow_goes_on_as_another_one() {
    let client = client().await;
    let queue = unique("caterpillar");
    let worker = Worker::new(&client, &queue).workflow::<Caterpillar>().workflow::<Butterfly>().start().unwrap();

    let caterpillar = Caterpillar::start(&client, 40).id(unique("caterpillar")).task_queue(&queue).await.unwrap();
    assert_eq!(caterpillar.result().await.unwrap(), "blue after Some(40)");
    let run_id = caterpillar.first_execution_run_id().unwrap();
    let [next] =
        recorded!(caterpillar.for_run(run_id), WorkflowExecutionContinuedAsNewEventAttributes).try_into().unwrap();
    assert_eq!(next.workflow_type.unwrap().name, "Butterfly");
    assert_eq!(next.task_queue.unwrap().name, queue);
    assert_eq!(next.workflow_run_timeout.unwrap().seconds, 77);
    assert_eq!(next.workflow_task_timeout.unwrap().seconds, 17);
    assert_eq!(next.input.unwrap().payloads.len(), 2);
    assert!(next.memo.unwrap().fields.contains_key("kind"));

    let butterfly = Butterfly::handle(&client, caterpillar.workflow_id()).for_run(&next.new_execution_run_id);
    let [started] = recorded!(butterfly, WorkflowExecutionStartedEventAttributes).try_into().unwrap();
    assert_eq!(started.continued_execution_run_id, run_id);
    assert_eq!(started.retry_policy.unwrap().maximum_attempts, 6);

    worker.shutdown().await.unwrap();
}
