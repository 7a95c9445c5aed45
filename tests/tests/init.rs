//! The state a workflow begins with.

use durably::prelude::*;
use durably_tests::{history::task_failure, unique, wire::texts, with_worker};

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

#[tokio::test]
async fn arguments_of_a_start_that_do_not_fit_are_named() {
    /// Takes a number for a name.
    #[workflow(name = "Frugal")]
    #[derive(Default)]
    struct Mistaken;

    #[workflow]
    impl Mistaken {
        #[run]
        async fn run(host: u32) -> u32 {
            host
        }
    }

    with_worker(all, async |client, queue| {
        let mistaken = Mistaken::start(client, 7).id(unique("mistaken")).task_queue(queue).await.unwrap();
        let failure = task_failure(&mistaken).await;
        let expected = "workflow `Frugal`: argument `host: String` cannot be decoded";
        assert!(failure.contains(expected), "{failure}");
        mistaken.terminate().await.unwrap();
    })
    .await;
}

#[test]
fn init_is_an_ordinary_function() {
    assert_eq!(Blind::new().number, 7);
    assert_eq!(Frugal::new("Ada".into(), None).stars, 3);
}
