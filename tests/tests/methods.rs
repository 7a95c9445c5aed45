//! Shapes of methods: what they return, where their context stands, and that they stay ordinary methods.

use durably::prelude::*;
use durably_tests::{unique, with_worker};

mod elsewhere {
    use durably::prelude::*;

    pub(super) type Answer = WorkflowResult<u32>;
    pub(super) type Nothing = ();
    pub(super) type Reply<T> = Result<T, ApplicationFailure>;
}

/// The result by an alias.
#[workflow]
#[derive(Default)]
struct Aliased;

#[workflow]
impl Aliased {
    #[run]
    async fn run() -> elsewhere::Answer {
        Ok(7)
    }
}

/// A result that is no Temporal type.
#[workflow]
#[derive(Default)]
struct Plain;

#[workflow]
impl Plain {
    #[run]
    async fn run(fails: bool) -> Result<Vec<u8>, ApplicationFailure> {
        if fails { Err(ApplicationFailure::non_retryable("as asked")) } else { Ok(vec![1, 2]) }
    }
}

/// Nothing, by an alias.
#[workflow]
#[derive(Default)]
struct Silent;

#[workflow]
impl Silent {
    #[run]
    async fn run() -> elsewhere::Nothing {}
}

/// No return type at all, and an error type that is spelled out.
#[workflow]
#[derive(Default)]
struct Speechless;

#[workflow]
impl Speechless {
    #[run]
    async fn run() {}
}

/// The error type of workflows, spelled out.
#[workflow]
#[derive(Default)]
struct Spelled;

#[workflow]
impl Spelled {
    #[run]
    async fn run() -> Result<Option<String>, WorkflowTermination> {
        Ok(None)
    }
}

/// Has contexts everywhere, under any name.
#[workflow]
#[derive(Default)]
struct Contextual {
    seen: Vec<String>,
    done: bool,
}

#[workflow]
impl Contextual {
    #[run]
    async fn run(word: String, workflow: &mut WorkflowContext<Self>) -> WorkflowResult<Vec<String>> {
        workflow.wait_condition(|w| w.done).await?;
        workflow.state_mut(|w| w.seen.push(word));
        Ok(workflow.state(|w| w.seen.clone()))
    }

    #[signal]
    fn first(&mut self, it: &SyncWorkflowContext<Self>, context: String, input: String) {
        self.seen.push(format!("{} {context} {input}", it.workflow_id()));
    }

    #[signal]
    fn middle(&mut self, ctx: String, it: &mut SyncWorkflowContext<Self>, workflow: String) {
        self.seen.push(format!("{} {ctx} {workflow}", it.workflow_id()));
    }

    #[signal]
    async fn last(context: String, it: &mut WorkflowContext<Self>) {
        let id = it.workflow_id().to_owned();
        it.state_mut(|w| w.seen.push(format!("{id} {context}")));
    }

    #[query]
    fn asked(&self, payloads: String, it: &WorkflowContextView) -> String {
        format!("{} {payloads}", it.workflow_id())
    }

    #[update]
    fn told(&mut self, name: String, it: &mut SyncWorkflowContext<Self>) -> elsewhere::Reply<String> {
        if name.is_empty() {
            return Err(ApplicationFailure::non_retryable("no name"));
        }
        Ok(format!("{} {name}", it.workflow_id()))
    }

    #[update_validator(told)]
    fn check_told(&self, it: &WorkflowContextView, name: &String) -> Result<(), String> {
        if name == "refused" {
            return Err(format!("not in {}", it.workflow_id()));
        }
        Ok(())
    }

    #[update]
    async fn finish(it: &WorkflowContext<Self>) -> bool {
        it.state_mut(|w| std::mem::replace(&mut w.done, true))
    }
}

fn all(worker: Worker) -> Worker {
    let worker = worker.workflow::<Aliased>().workflow::<Plain>().workflow::<Silent>().workflow::<Speechless>();
    worker.workflow::<Spelled>().workflow::<Contextual>()
}

#[tokio::test]
async fn run_may_return_anything_that_means_a_result() {
    with_worker(all, async |client, queue| {
        let id = || unique("returns");
        let answer: u32 = Aliased::start(client).id(id()).task_queue(queue).execute().await.unwrap();
        assert_eq!(answer, 7);
        let bytes: Vec<u8> = Plain::start(client, false).id(id()).task_queue(queue).execute().await.unwrap();
        assert_eq!(bytes, [1, 2]);
        let error = Plain::start(client, true).id(id()).task_queue(queue).execute().await.unwrap_err();
        assert!(error.to_string().contains("as asked"), "{error}");
        let () = Silent::start(client).id(id()).task_queue(queue).execute().await.unwrap();
        let () = Speechless::start(client).id(id()).task_queue(queue).execute().await.unwrap();
        let none: Option<String> = Spelled::start(client).id(id()).task_queue(queue).execute().await.unwrap();
        assert_eq!(none, None);
    })
    .await;
}

#[tokio::test]
async fn a_context_stands_anywhere_under_any_name() {
    with_worker(all, async |client, queue| {
        let id = unique("contexts");
        let workflow = Contextual::start(client, "word").id(&id).task_queue(queue).await.unwrap();
        workflow.first("a", "b").await.unwrap();
        workflow.middle("c", "d").await.unwrap();
        workflow.last("e").await.unwrap();
        assert_eq!(workflow.asked("f").await.unwrap(), format!("{id} f"));
        assert_eq!(workflow.told("g").await.unwrap(), format!("{id} g"));
        let error = workflow.told("").await.unwrap_err().to_string();
        assert!(error.contains("no name"), "{error}");
        let error = workflow.told("refused").await.unwrap_err().to_string();
        assert!(error.contains(&format!("not in {id}")), "{error}");
        assert!(!workflow.finish().await.unwrap());
        let expected = [format!("{id} a b"), format!("{id} c d"), format!("{id} e"), "word".to_owned()];
        assert_eq!(workflow.result().await.unwrap(), expected);
    })
    .await;
}

/// Is called without any server.
#[workflow]
#[derive(Default)]
struct Ordinary {
    names: Vec<String>,
}

#[workflow]
impl Ordinary {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<usize> {
        ctx.wait_condition(|w| !w.names.is_empty()).await?;
        Ok(ctx.state(|w| w.names.len()))
    }

    #[signal]
    fn add(&mut self, name: String) {
        self.names.push(name);
    }

    #[query]
    fn count(&self) -> usize {
        self.names.len()
    }

    #[update]
    fn rename(&mut self, from: String, to: String) -> Result<(), ApplicationFailure> {
        let name = self.names.iter_mut().find(|name| **name == from);
        *name.ok_or_else(|| ApplicationFailure::new(format!("no {from}")))? = to;
        Ok(())
    }

    #[update_validator(rename)]
    fn check_rename(&self, _from: &str, to: &str) -> Result<(), ApplicationFailure> {
        if to.is_empty() { Err(ApplicationFailure::new("no new name")) } else { Ok(()) }
    }
}

/// Is an activity and a function.
#[activity(start_to_close_timeout = "1s")]
async fn doubled(number: u32) -> u32 {
    2 * number
}

#[tokio::test]
async fn handlers_are_ordinary_methods_and_activities_ordinary_functions() {
    let mut ordinary = Ordinary::default();
    ordinary.add("Ada".into());
    assert_eq!(ordinary.count(), 1);
    ordinary.rename("Ada".into(), "Grace".into()).unwrap();
    assert_eq!(ordinary.names, ["Grace"]);
    assert_eq!(ordinary.rename("Ada".into(), "Hedy".into()).unwrap_err().to_string(), "no Ada");
    assert!(ordinary.check_rename("Grace", "").is_err());
    assert_eq!(doubled(21).await, 42);
}
