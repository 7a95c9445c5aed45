//! Starting a workflow together with a signal or an update.

use durably::{
    StartWithUpdateError, UpdateError, WorkflowExecutionStatus, WorkflowIdConflictPolicy, WorkflowIdReusePolicy,
    prelude::*,
};
use durably_tests::{client, events, unique, wire::texts, with_worker};

/// Collects what it is given.
#[workflow(run_timeout = "10m")]
#[derive(Default)]
struct Basket {
    items: Vec<String>,
    paid: bool,
}

#[workflow]
impl Basket {
    #[run(id = "basket-{owner}")]
    async fn run(ctx: &WorkflowContext<Self>, owner: String) -> WorkflowResult<String> {
        ctx.wait_condition(|w| w.paid).await?;
        Ok(format!("{owner}: {}", ctx.state(|w| w.items.join(" "))))
    }

    #[signal]
    fn put(&mut self, item: String) {
        self.items.push(item);
    }

    #[signal]
    fn pay(&mut self) {
        self.paid = true;
    }

    #[update]
    fn add(&mut self, item: String) -> usize {
        self.items.push(item);
        self.items.len()
    }

    #[update_validator(add)]
    fn check_add(&self, item: &str) -> Result<(), ApplicationFailure> {
        if item.is_empty() {
            return Err(ApplicationFailure::non_retryable("nothing is added"));
        }
        Ok(())
    }

    #[update]
    async fn first_item(ctx: &WorkflowContext<Self>) -> Result<Option<String>, ApplicationFailure> {
        ctx.wait_condition(|w| !w.items.is_empty()).await.map_err(|_| ApplicationFailure::new("nothing came"))?;
        Ok(ctx.state(|w| w.items.first().cloned()))
    }
}

fn basket(worker: Worker) -> Worker {
    worker.workflow::<Basket>()
}

#[tokio::test]
async fn a_signal_goes_along_whether_the_workflow_runs_or_not() {
    with_worker(basket, async |client, queue| {
        let owner = unique("Ada");
        let put =
            |item: &'static str| Basket::start(client, &owner).task_queue(queue).with_signal(move |w| w.put(item));
        let first = put("bread").await.unwrap();
        let second = put("milk").await.unwrap();
        assert_eq!(first.run_id(), second.run_id());
        second.pay().await.unwrap();
        assert_eq!(first.result().await.unwrap(), format!("{owner}: bread milk"));

        let signals = events!(first, WorkflowExecutionSignaledEventAttributes);
        let signals: Vec<_> = signals.iter().map(|signal| (&*signal.signal_name, texts(&signal.input))).collect();
        let text = |text: &str| vec![text.to_owned()];
        assert_eq!(signals, [("put", text("\"bread\"")), ("put", text("\"milk\"")), ("pay", vec![])]);
        let started = events!(first, WorkflowExecutionStartedEventAttributes);
        assert_eq!(texts(&started[0].input), text(&format!("\"{owner}\"")));
        assert_eq!(started[0].workflow_run_timeout.map(|timeout| timeout.seconds), Some(600));
    })
    .await;
}

#[tokio::test]
async fn an_id_given_after_the_signal_counts() {
    with_worker(basket, async |client, queue| {
        let id = unique("late");
        let start = Basket::start(client, "Ada").with_signal(|w| w.pay()).task_queue(queue).id(&id);
        assert_eq!(start.execute().await.unwrap(), "Ada: ");
        assert_eq!(Basket::handle(client, id).describe().await.unwrap().status(), WorkflowExecutionStatus::Completed);
    })
    .await;
}

#[tokio::test]
async fn an_update_goes_along_and_answers() {
    with_worker(basket, async |client, queue| {
        let owner = unique("Grace");
        let add =
            |item: &'static str| Basket::start(client, &owner).task_queue(queue).with_update(move |w| w.add(item));
        let (first, count) = add("bread").await.unwrap();
        assert_eq!((count, first.workflow_id()), (1, &*format!("basket-{owner}")));
        let (second, count) = add("milk").await.unwrap();
        assert_eq!((count, second.run_id()), (2, first.run_id()));
        assert_eq!(events!(first, WorkflowExecutionStartedEventAttributes).len(), 1);
        second.pay().await.unwrap();
        assert_eq!(second.result().await.unwrap(), format!("{owner}: bread milk"));
        let started = events!(first, WorkflowExecutionStartedEventAttributes);
        assert_eq!(started[0].workflow_run_timeout.map(|timeout| timeout.seconds), Some(600), "no option is lost");
    })
    .await;
}

#[tokio::test]
async fn an_update_that_was_accepted_with_the_start_is_awaited_later() {
    with_worker(basket, async |client, queue| {
        let owner = unique("Hedy");
        let start = Basket::start(client, &owner).task_queue(queue);
        let (basket, item) = start.with_update(|w| w.first_item().update_id("item-1").accepted()).await.unwrap();
        assert_eq!((item.update_id(), item.workflow_id()), ("item-1", basket.workflow_id()));
        basket.put("bread").await.unwrap();
        assert_eq!(item.result().await.unwrap().as_deref(), Some("bread"));
        basket.terminate().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_update_that_is_refused_leaves_the_workflow_started() {
    with_worker(basket, async |client, queue| {
        let owner = unique("Ada");
        let start = Basket::start(client, &owner).task_queue(queue);
        let error = start.with_update(|w| w.add("")).await.unwrap_err();
        assert!(matches!(*error, StartWithUpdateError::Update(UpdateError::Failed(_))), "{error:?}");
        assert!(error.to_string().contains("nothing is added"), "{error}");
        let basket = Basket::handle(client, format!("basket-{owner}"));
        assert_eq!(basket.describe().await.unwrap().status(), WorkflowExecutionStatus::Running);
        basket.terminate().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_update_with_a_start_that_must_fail_says_so() {
    with_worker(basket, async |client, queue| {
        let owner = unique("Ada");
        let start = || Basket::start(client, &owner).task_queue(queue);
        let running = start().await.unwrap();
        let error = start().id_conflict_policy(WorkflowIdConflictPolicy::Fail).with_update(|w| w.add("bread")).await;
        let error = error.unwrap_err();
        assert!(matches!(*error, StartWithUpdateError::Start(_)), "{error:?}");
        running.terminate().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_update_with_a_start_does_as_the_policies_say() {
    with_worker(basket, async |client, queue| {
        let owner = unique("Ada");
        let start = || Basket::start(client, &owner).task_queue(queue);
        let (running, _) = start().with_update(|w| w.add("bread")).await.unwrap();

        let instead = start().id_conflict_policy(WorkflowIdConflictPolicy::TerminateExisting);
        let (instead, count) = instead.with_update(|w| w.add("milk")).await.unwrap();
        assert_eq!(count, 1, "it is another basket");
        let ended = running.for_run(running.run_id().unwrap()).describe().await.unwrap();
        assert_eq!(ended.status(), WorkflowExecutionStatus::Terminated);

        instead.pay().await.unwrap();
        instead.result().await.unwrap();
        let again = start().id_reuse_policy(WorkflowIdReusePolicy::RejectDuplicate);
        let error = again.with_update(|w| w.add("tea")).await.unwrap_err();
        assert!(matches!(*error, StartWithUpdateError::Start(_)), "{error:?}");
        let (again, count) = start().with_update(|w| w.add("tea")).await.unwrap();
        assert_eq!(count, 1, "a closed one may be followed");
        again.terminate().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_signal_and_an_update_do_not_go_together() {
    let client = client().await;
    let owner = unique("nobody");
    let start = Basket::start(&client, &owner).task_queue("nobody").with_signal(|w| w.put("bread"));
    let error = start.with_update(|w| w.add("milk")).await.unwrap_err().to_string();
    assert!(error.contains("`with_signal` and `with_update` do not go together"), "{error}");
    Basket::handle(&client, format!("basket-{owner}")).describe().await.expect_err("nothing was started");
}

#[tokio::test]
async fn an_update_does_not_go_with_a_cron_schedule() {
    let client = client().await;
    let owner = unique("nobody");
    let start = Basket::start(&client, &owner).task_queue("nobody").cron_schedule("0 3 1 1 *");
    let error = start.with_update(|w| w.add("milk")).await.unwrap_err().to_string();
    assert!(error.contains("`cron_schedule` cannot be started with an update"), "{error}");
    Basket::handle(&client, format!("basket-{owner}")).describe().await.expect_err("nothing was started");
}
