//! Where the types are not known: handles, signals, queries, updates, activities and workflows by name, with raw payloads.

use durably::{
    WorkflowGetResultError,
    prelude::*,
    temporal::{
        client::{UntypedWorkflow, WorkflowGetResultOptions, WorkflowStartOptions},
        common::{ActivityCloseTimeouts, UntypedActivity},
        workflow::{ActivityOptions, SignalWorkflowOptions},
    },
};
use durably_tests::{
    event, unique, wire,
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
            let id = unique("basket");
            let options = WorkflowStartOptions::new(queue, &id).build();
            client.start_workflow(UntypedWorkflow::new("Basket"), json(&["\"fig\""]), options).await.unwrap();
            let basket = client.get_workflow_handle::<UntypedWorkflow>(&id);
            basket.signal(wire::signal("put in"), json(&["\"pear\"", "2"]), Default::default()).await.unwrap();
            let counted = basket.query(wire::query("count"), json(&["\"pear\""]), Default::default()).await.unwrap();
            assert_eq!(counted.payloads[0].data, b"2");
            let left = basket.execute_update(wire::update("take_out"), json(&["\"fig\""]), Default::default());
            assert_eq!(left.await.unwrap().payloads[0].data, b"2");
            basket.signal(wire::signal("close"), RawValue::default(), Default::default()).await.unwrap();
            let result = basket.get_result(WorkflowGetResultOptions::default()).await.unwrap();
            assert_eq!(result.payloads[0].data, br#"["pear","pear"]"#);
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

/// Writes to whoever it is told, and has anything done.
#[workflow]
#[derive(Default)]
struct Clerk;

#[workflow]
impl Clerk {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, basket: String) -> WorkflowResult<String> {
        let other = ctx.external_workflow(basket, None);
        other.signal(wire::signal("put in"), json(&["\"plum\"", "3"]), SignalWorkflowOptions::default()).await?;
        other.signal(wire::signal("close"), RawValue::default(), SignalWorkflowOptions::default()).await?;
        let limit = ActivityCloseTimeouts::StartToClose(Duration::from_secs(10));
        let weigh = UntypedActivity::new("weigh");
        let options = ActivityOptions::with_close_timeouts(limit).build();
        let weighed = ctx.execute_activity(weigh, json(&["\"plum\"", "3"]), options).await?;
        Ok(String::from_utf8_lossy(&weighed.payloads[0].data).into_owned())
    }
}

#[activity]
async fn weigh(item: String, count: u32) -> String {
    format!("{count} {item}s: {} g", count * 40)
}

#[tokio::test]
async fn a_workflow_signals_and_calls_by_names_alone() {
    with_worker(
        |worker| worker.workflow::<Basket>().workflow::<Clerk>().activity::<weigh>(),
        async |client, queue| {
            let basket = Basket::start(client, "fig").id(unique("basket")).task_queue(queue).await.unwrap();
            let clerk = Clerk::start(client, basket.workflow_id()).id(unique("clerk")).task_queue(queue);
            assert_eq!(clerk.execute().await.unwrap(), "\"3 plums: 120 g\"");
            assert_eq!(basket.result().await.unwrap(), ["fig", "plum", "plum", "plum"]);
        },
    )
    .await;
}
