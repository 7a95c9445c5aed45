//! Runs that go on as new runs.

use durably::{
    MemoValues,
    prelude::*,
    temporal::common::search_attributes::{SearchAttributeKey, SearchAttributes},
};
use durably_embedded::{Limits, Server};
use durably_tests::{client, dev_server, recorded, search_attribute, unique};
use xtask::DevServer;

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

const TEAM: SearchAttributeKey<String> = SearchAttributeKey::keyword("DurablyTeam");

/// Moves to another task queue, and says where it has ended.
#[workflow]
#[derive(Default)]
struct Nomad;

#[workflow]
impl Nomad {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, to: Option<String>) -> WorkflowResult<String> {
        let Some(queue) = to else { return Ok(ctx.task_queue().to_owned()) };
        Nomad::continue_as_new(ctx, None)
            .task_queue(queue)
            .task_timeout(Duration::from_secs(13))
            .search_attributes(SearchAttributes::new([TEAM.value_set("red".to_owned())]))
            .backoff_start_interval(Duration::from_secs(1))
            .await
    }
}

#[tokio::test]
async fn options_of_the_next_run_are_given_or_taken_over() {
    let client = client().await;
    search_attribute(&client, TEAM.name()).await;
    let [from, to] = ["from", "to"].map(unique);
    let first = Worker::new(&client, &from).workflow::<Nomad>().start().unwrap();
    let second = Worker::new(&client, &to).workflow::<Nomad>().start().unwrap();

    let mut memo = MemoValues::new();
    memo.insert("kind", "camel".to_owned());
    let start = Nomad::start(&client, Some(to.clone())).id(unique("nomad")).task_queue(&from);
    let nomad = start.memo(memo).run_timeout(Duration::from_secs(77)).await.unwrap();
    assert_eq!(nomad.result().await.unwrap(), to);
    let begun = nomad.for_run(nomad.first_execution_run_id().unwrap());
    let [next] = recorded!(begun, WorkflowExecutionContinuedAsNewEventAttributes).try_into().unwrap();
    assert_eq!(next.backoff_start_interval.unwrap().seconds, 1);

    let next = nomad.for_run(next.new_execution_run_id);
    let [started] = recorded!(next, WorkflowExecutionStartedEventAttributes).try_into().unwrap();
    assert_eq!(started.task_queue.unwrap().name, to);
    assert_eq!(started.workflow_task_timeout.unwrap().seconds, 13);
    assert_eq!(started.first_workflow_task_backoff.unwrap().seconds, 1);
    let described = next.describe().await.unwrap();
    assert_eq!(described.search_attributes().get(&TEAM).as_deref(), Some("red"));
    // What was not given.
    assert_eq!(started.workflow_run_timeout.unwrap().seconds, 77);
    assert_eq!(described.memo().get::<String>("kind").unwrap().as_deref(), Some("camel"));

    first.shutdown().await.unwrap();
    second.shutdown().await.unwrap();
}

/// Goes on as a new run when it is told that its history is long, and says how long each was.
#[workflow]
#[derive(Default)]
struct Chronicle;

#[workflow]
impl Chronicle {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, mut lengths: Vec<u32>) -> WorkflowResult<Vec<u32>> {
        if lengths.len() == 2 {
            return Ok(lengths);
        }
        while !ctx.continue_as_new_suggested() {
            ctx.timer(Duration::from_millis(1)).await;
        }
        lengths.push(ctx.history_length());
        Chronicle::continue_as_new(ctx, lengths).await
    }
}

/// The server says so at 4096 events unless it is told otherwise.
const FEW: usize = 20;

/// Whether it goes on as new by itself, on a server that gives the advice after [`FEW`] events.
async fn is_told_to_go_on(client: &Client) {
    let queue = unique("chronicles");
    let worker = Worker::new(client, &queue).workflow::<Chronicle>().start().unwrap();

    let chronicle = Chronicle::start(client, vec![]).id(unique("chronicle")).task_queue(&queue);
    let lengths = chronicle.execute().await.unwrap();
    let few = FEW as u32..2 * FEW as u32;
    assert!(lengths.len() == 2 && lengths.iter().all(|length| few.contains(length)), "{lengths:?}");

    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_long_history_is_told_to_go_on_as_new() {
    let limits = Limits { suggested_events: FEW, ..Limits::default() };
    let server = Server::builder().limits(limits).start();
    let client = durably::client().connection_options(move |options| server.direct(options)).await.unwrap();
    is_told_to_go_on(&client).await;
}

#[tokio::test]
async fn a_long_history_is_told_so_by_the_real_server() {
    let few = ["--dynamic-config-value".to_owned(), format!("limit.historyCount.suggestContinueAsNew={FEW}")];
    let Some(server) = dev_server(DevServer::builder().extra_args(few)).await else { return };
    is_told_to_go_on(&durably::client().address(server.address()).await.unwrap()).await;
}
