//! The state a workflow begins with.

use durably::{
    prelude::*,
    temporal::client::{UntypedWorkflow, WorkflowStartOptions},
};
use durably_tests::{
    history::task_failure,
    unique,
    wire::{json, texts},
    with_worker,
};

/// Both `init` and `run` see the arguments.
#[workflow]
struct Greedy {
    made_of: String,
}

#[workflow]
impl Greedy {
    #[init]
    fn new(_ctx: &WorkflowContextView, host: String, guests: Vec<String>) -> Self {
        Self { made_of: format!("{host} and {}", guests.len()) }
    }

    #[run(id = "greedy-{host}")]
    async fn run(ctx: &WorkflowContext<Self>, host: String, guests: Vec<String>) -> String {
        format!("{}; {host} and {guests:?}", ctx.state(|w| w.made_of.clone()))
    }

    #[query]
    fn made_of(&self) -> String {
        self.made_of.clone()
    }
}

/// Only `init` sees the arguments.
#[workflow]
struct Frugal {
    host: String,
    stars: u8,
}

#[workflow]
impl Frugal {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<String> {
        Ok(ctx.state(|w| format!("{} {}", w.host, w.stars)))
    }

    #[init]
    fn new(host: String, stars: Option<u8>) -> Self {
        Self { host, stars: stars.unwrap_or(3) }
    }
}

/// `init` sees the context only.
#[workflow]
struct Curious {
    id: String,
}

#[workflow]
impl Curious {
    #[init]
    fn look(view: &WorkflowContextView) -> Curious {
        Self { id: format!("{} {}", view.workflow_type(), view.workflow_id()) }
    }

    #[run]
    async fn run(ctx: &WorkflowContext<Self>, suffix: String) -> String {
        ctx.state(|w| w.id.clone()) + &suffix
    }
}

/// `init` sees nothing at all.
#[workflow]
struct Blind {
    number: u32,
}

#[workflow]
impl Blind {
    #[init]
    fn new() -> Self {
        Self { number: 7 }
    }

    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> u32 {
        ctx.state(|w| w.number)
    }
}

/// There is no `init`.
#[workflow]
struct Lazy {
    number: u32,
}

impl Default for Lazy {
    fn default() -> Self {
        Self { number: 42 }
    }
}

#[workflow]
impl Lazy {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> u32 {
        ctx.state(|w| w.number)
    }
}

fn all(worker: Worker) -> Worker {
    worker.workflow::<Greedy>().workflow::<Frugal>().workflow::<Curious>().workflow::<Blind>().workflow::<Lazy>()
}

#[tokio::test]
async fn init_and_run_may_take_the_same_arguments() {
    with_worker(all, async |client, queue| {
        let host = unique("Ada");
        let greedy = Greedy::start(client, &host, vec!["Grace".into()]).task_queue(queue).await.unwrap();
        assert_eq!(greedy.workflow_id(), format!("greedy-{host}"));
        assert_eq!(greedy.result().await.unwrap(), format!("{host} and 1; {host} and [\"Grace\"]"));
        assert_eq!(greedy.made_of().await.unwrap(), format!("{host} and 1"));
        let started = durably_tests::event!(greedy, WorkflowExecutionStartedEventAttributes);
        assert_eq!(texts(&started.input), [format!("\"{host}\""), "[\"Grace\"]".to_owned()]);
    })
    .await;
}

#[tokio::test]
async fn init_may_take_the_arguments_alone() {
    with_worker(all, async |client, queue| {
        let start = |stars| Frugal::start(client, "Ada", stars).id(unique("frugal")).task_queue(queue).execute();
        assert_eq!(start(Some(5)).await.unwrap(), "Ada 5");
        assert_eq!(start(None).await.unwrap(), "Ada 3");
    })
    .await;
}

#[tokio::test]
async fn init_may_take_the_context_alone() {
    with_worker(all, async |client, queue| {
        let id = unique("curious");
        let result = Curious::start(client, "!").id(&id).task_queue(queue).execute().await.unwrap();
        assert_eq!(result, format!("Curious {id}!"));
    })
    .await;
}

#[tokio::test]
async fn init_may_take_nothing() {
    with_worker(all, async |client, queue| {
        assert_eq!(Blind::start(client).id(unique("blind")).task_queue(queue).execute().await.unwrap(), 7);
    })
    .await;
}

#[tokio::test]
async fn without_init_the_state_is_the_default() {
    with_worker(all, async |client, queue| {
        assert_eq!(Lazy::start(client).id(unique("lazy")).task_queue(queue).execute().await.unwrap(), 42);
    })
    .await;
}

/// Sends a start that does not fit, and gives what the failed workflow task says.
async fn failure_of(workflow_type: &str, arguments: RawValue) -> String {
    with_worker(all, async |client, queue| {
        let options = WorkflowStartOptions::new(queue, unique("mistaken")).build();
        let workflow = UntypedWorkflow::new(workflow_type);
        let mistaken = client.start_workflow(workflow, arguments, options).await.unwrap();
        let mistaken = Lazy::handle(client, &mistaken.info().workflow_id);
        let failure = task_failure(&mistaken).await;
        mistaken.terminate().await.unwrap();
        failure
    })
    .await
}

#[tokio::test]
async fn an_argument_of_a_start_that_does_not_decode_is_named() {
    let failure = failure_of("Curious", json(&["7"])).await;
    let expected =
        "workflow `Curious`: argument `suffix: String` cannot be decoded from a payload with encoding `json/plain`";
    assert!(failure.contains(expected), "{failure}");
}

#[tokio::test]
async fn an_argument_of_a_start_that_is_missing_is_named() {
    let failure = failure_of("Curious", json(&[])).await;
    assert!(
        failure.contains("workflow `Curious`: argument `suffix: String` is missing, 0 of 1 were sent"),
        "{failure}"
    );
}

#[tokio::test]
async fn one_argument_of_a_start_too_many_is_counted() {
    let failure = failure_of("Lazy", json(&["7"])).await;
    assert!(failure.contains("workflow `Lazy`: 1 argument was sent, it takes 0"), "{failure}");
}

#[tokio::test]
async fn an_argument_that_init_cannot_take_fails_the_task_only() {
    // Temporal's crate keeps the reason to itself; the worker's log has it.
    assert!(failure_of("Greedy", json(&["7", "[]"])).await.contains("Failed to create workflow"));
}

#[test]
fn init_is_an_ordinary_function() {
    assert_eq!(Blind::new().number, 7);
    assert_eq!(Frugal::new("Ada".into(), None).stars, 3);
}
