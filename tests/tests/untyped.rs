//! Where the types are not known: workflows, handlers and activities by name.

use durably::{
    Arguments, WorkflowGetResultError,
    prelude::*,
    untyped::{self, UntypedArguments},
};
use durably_tests::{
    client, event, unique, wire,
    wire::{json, texts},
    with_worker,
};

#[workflow]
#[derive(Default)]
struct Basket {
    items: Vec<String>,
    closed: bool,
}

#[workflow]
impl Basket {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, first: String) -> WorkflowResult<Vec<String>> {
        ctx.state_mut(|w| w.items.insert(0, first));
        ctx.wait_condition(|w| w.closed).await?;
        Ok(ctx.state(|w| w.items.clone()))
    }

    #[signal(name = "put in")]
    fn put(&mut self, item: String, times: usize) {
        self.items.extend(std::iter::repeat_n(item, times));
    }

    #[signal]
    fn close(&mut self) {
        self.closed = true;
    }

    #[query]
    fn count(&self, item: String) -> usize {
        self.items.iter().filter(|other| **other == item).count()
    }

    #[update]
    fn take_out(&mut self, item: String) -> usize {
        self.items.retain(|other| *other != item);
        self.items.len()
    }
}

/// Has the same signal, and no other.
#[workflow]
#[derive(Default)]
struct Shelf;

#[workflow]
impl Shelf {
    #[run]
    async fn run(_first: String) {}

    #[signal]
    fn close(&mut self) {}

    #[signal]
    fn dust(&mut self) {}
}

#[tokio::test]
async fn a_workflow_is_driven_by_names_alone() {
    with_worker(
        |worker| worker.workflow::<Basket>(),
        async |client, queue| {
            let start =
                untyped::start::<Vec<String>>(client, "Basket", ("fig",)).id(unique("basket")).task_queue(queue);
            let basket = start.await.unwrap();
            basket.signal("put in", ("pear", 2)).await.unwrap();
            assert_eq!(basket.query::<usize>("count", ("pear",)).await.unwrap(), 2);
            assert_eq!(basket.update::<usize>("take_out", ("fig",)).await.unwrap(), 2);
            let update = basket.update::<RawValue>("take_out", ("plum",)).update_id("u").accepted().await.unwrap();
            assert_eq!(update.result().await.unwrap().payloads[0].data, b"2");
            basket.signal("close", ()).await.unwrap();
            assert_eq!(basket.result().await.unwrap(), ["pear", "pear"]);
            assert_eq!(basket.describe().await.unwrap().workflow_type(), "Basket");

            // As payloads, from another handle.
            let raw = untyped::handle::<RawValue>(client, basket.workflow_id());
            assert_eq!(raw.result().await.unwrap().payloads[0].data, br#"["pear","pear"]"#);
            let answer: usize = raw.query("count", json(&["\"pear\""])).await.unwrap();
            assert_eq!(answer, 2);
        },
    )
    .await;
}

#[tokio::test]
async fn a_name_that_is_not_there_is_named() {
    with_worker(
        |worker| worker.workflow::<Basket>(),
        async |client, queue| {
            let start = untyped::start::<RawValue>(client, "Basket", ("fig",)).id(unique("basket")).task_queue(queue);
            let basket = start.await.unwrap();
            let error = basket.query::<usize>("weigh", ()).await.unwrap_err().to_string();
            assert!(error.contains("weigh"), "{error}");
            let error = basket.update::<usize>("empty", ()).await.unwrap_err().to_string();
            assert!(error.contains("empty"), "{error}");
            let error = basket.query::<usize>("count", (1,)).await.unwrap_err().to_string();
            assert!(error.contains("query `count`") && error.contains("`item: String`"), "{error}");
            basket.terminate().await.unwrap();
        },
    )
    .await;
}

#[tokio::test]
async fn a_start_by_name_takes_a_signal_or_an_update_along() {
    with_worker(
        |worker| worker.workflow::<Basket>(),
        async |client, queue| {
            let id = unique("basket");
            let start = || untyped::start::<Vec<String>>(client, "Basket", ("fig",)).id(&id).task_queue(queue);
            let basket = start().with_signal(|w| w.signal("put in", ("pear", 1))).await.unwrap();
            let (same, _) = start().with_update(|w| w.update::<usize>("take_out", ("pear",))).await.unwrap();
            assert_eq!(same.run_id(), basket.run_id());
            basket.signal("close", ()).await.unwrap();
            assert_eq!(same.result().await.unwrap(), ["fig"]);
        },
    )
    .await;
}

#[tokio::test]
async fn a_typed_handle_has_an_untyped_one_inside() {
    with_worker(
        |worker| worker.workflow::<Basket>(),
        async |client, queue| {
            let basket = Basket::start(client, "fig").id(unique("basket")).task_queue(queue).await.unwrap();
            let untyped = basket.untyped();
            untyped.signal(wire::signal("put in"), json(&["\"pear\"", "1"]), Default::default()).await.unwrap();
            untyped.cancel(Default::default()).await.unwrap();
            let ended = basket.result().await.unwrap_err();
            assert!(matches!(*ended, WorkflowGetResultError::Cancelled { .. }), "{ended:?}");
            let signalled = event!(basket, WorkflowExecutionSignaledEventAttributes);
            assert_eq!(
                (signalled.signal_name.as_str(), texts(&signalled.input)),
                ("put in", vec!["\"pear\"".into(), "1".into()])
            );
        },
    )
    .await;
}

#[tokio::test]
async fn a_handle_of_another_type_sends_by_name() {
    with_worker(
        |worker| worker.workflow::<Basket>(),
        async |client, queue| {
            let basket = Basket::start(client, "fig").id(unique("basket")).task_queue(queue).await.unwrap();
            let shelf = Shelf::handle(client, basket.workflow_id());
            shelf.dust().await.unwrap();
            assert_eq!(basket.count("fig").await.unwrap(), 1, "nobody knows `dust`: nothing happens");
            shelf.close().await.unwrap();
            assert_eq!(basket.result().await.unwrap(), ["fig"]);
        },
    )
    .await;
}

/// Writes to whoever it is told, has anything done, and goes on as whatever it is told.
#[workflow]
#[derive(Default)]
struct Clerk;

#[workflow]
impl Clerk {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, basket: String, next: String) -> WorkflowResult<Vec<String>> {
        let other = untyped::external(ctx, basket);
        other.signal("put in", ("plum", 3)).await?;
        other.signal("close", ()).await?;

        let limit = Duration::from_secs(10);
        let weighed: String = untyped::activity(ctx, "weigh", ("plum", 3)).start_to_close_timeout(limit).await?;
        let local = untyped::activity::<String>(ctx, "weigh", ("fig", 1)).start_to_close_timeout(limit).local();
        let started = untyped::activity::<RawValue>(ctx, "weigh", ("pear", 1)).schedule_to_close_timeout(limit).start();
        let (local, started) = (local.await?, started.await?);
        let started = String::from_utf8_lossy(&started.payloads[0].data).into_owned();

        let child = untyped::child::<Vec<String>>(ctx, "Basket", (weighed,)).await?;
        child.signal("put in", (local, 1)).await?;
        child.signal("close", ()).await?;
        let mut items = child.result().await?;
        items.push(started);
        untyped::continue_as_new(ctx, next, (items,)).await
    }
}

/// Gives back what it is given.
#[workflow]
#[derive(Default)]
struct Echo;

#[workflow]
impl Echo {
    #[run]
    async fn run(items: Vec<String>) -> Vec<String> {
        items
    }
}

#[activity]
async fn weigh(item: String, count: u32) -> String {
    format!("{count} {item}: {} g", count * 40)
}

#[tokio::test]
async fn a_workflow_calls_everything_by_name() {
    with_worker(
        |worker| worker.workflow::<Basket>().workflow::<Clerk>().workflow::<Echo>().activity::<weigh>(),
        async |client, queue| {
            let basket = Basket::start(client, "fig").id(unique("basket")).task_queue(queue).await.unwrap();
            let clerk = Clerk::start(client, basket.workflow_id(), "Echo").id(unique("clerk")).task_queue(queue);
            assert_eq!(clerk.execute().await.unwrap(), ["3 plum: 120 g", "1 fig: 40 g", "\"1 pear: 40 g\""]);
            assert_eq!(basket.result().await.unwrap(), ["fig", "plum", "plum", "plum"]);
        },
    )
    .await;
}

#[tokio::test]
async fn a_schedule_starts_a_workflow_by_name() {
    let client = client().await;
    let schedule = untyped::schedule(&client, unique("echoes"), "Echo", (["a"],)).workflow_id(unique("echo"));
    let schedule = schedule.task_queue("nobody").cron("0 3 1 1 *").create().await.unwrap();
    let schedule = untyped::schedule_handle(&client, schedule.schedule_id());
    let described = schedule.describe().await.unwrap();
    let action = format!("{:?}", described.action());
    assert!(action.contains("\"Echo\""), "{action}");
    assert_eq!(described.arguments().await.unwrap().payloads().unwrap()[0].data, br#"["a"]"#);
    schedule.delete().await.unwrap();
}

#[tokio::test]
async fn interceptors_tell_arguments_by_name_from_typed_ones() {
    let arguments = Arguments::new(untyped::IntoArguments::into_arguments(("fig", 1)));
    assert!(arguments.get::<UntypedArguments>().is_some());
    assert!(arguments.get::<(String, ())>().is_none());
}
