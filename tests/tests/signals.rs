//! Signals: handlers of every shape, their names, and their arguments on the wire.

use durably::prelude::*;
use durably_tests::{
    event, events,
    history::task_failure,
    unique,
    wire::{json, payload, signal, texts},
    with_worker,
};
use serde::{Deserialize, Serialize};

/// Remembers what it is told until it is closed.
#[workflow]
#[derive(Default)]
struct Journal {
    lines: Vec<String>,
    open: bool,
    closed: bool,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    title: String,
    #[serde(default)]
    tags: Vec<String>,
}

#[workflow(rename_all = "camelCase")]
impl Journal {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<Vec<String>> {
        ctx.wait_condition(|w| w.closed).await?;
        let handlers = ctx.clone();
        ctx.wait_condition(move |_| handlers.all_handlers_finished()).await?;
        Ok(ctx.state(|w| w.lines.clone()))
    }

    #[signal]
    fn add_line(&mut self, line: String) {
        self.lines.push(line);
    }

    #[signal]
    fn add_pair(&mut self, key: String, count: u32) {
        self.lines.push(format!("{key}={count}"));
    }

    #[signal]
    fn add_note(&mut self, text: String, author: Option<String>) {
        self.lines.push(format!("{text} by {author:?}"));
    }

    #[signal]
    fn add_entry(&mut self, entry: Entry) {
        self.lines.push(format!("{} {:?}", entry.title, entry.tags));
    }

    #[signal]
    async fn add_later(ctx: &WorkflowContext<Self>, line: String) {
        ctx.timer(Duration::from_millis(10)).await;
        ctx.state_mut(|w| w.lines.push(line));
    }

    #[signal]
    async fn add_once_open(line: String, ctx: &WorkflowContext<Self>) {
        if ctx.wait_condition(|w| w.open).await.is_ok() {
            ctx.state_mut(|w| w.lines.push(line));
        }
    }

    #[signal]
    fn open(&mut self) {
        self.open = true;
    }

    #[signal(name = "The End")]
    fn close(&mut self) {
        self.closed = true;
    }
}

fn journal(worker: Worker) -> Worker {
    worker.workflow::<Journal>()
}

async fn start(client: &Client, queue: &str) -> JournalHandle {
    Journal::start(client).id(unique("journal")).task_queue(queue).await.unwrap()
}

#[tokio::test]
async fn signals_arrive_in_order_under_their_names() {
    with_worker(journal, async |client, queue| {
        let journal = start(client, queue).await;
        journal.add_line("one").await.unwrap();
        journal.add_pair("two", 2).await.unwrap();
        journal.close().await.unwrap();
        assert_eq!(journal.result().await.unwrap(), ["one", "two=2"]);

        let signals = events!(journal, WorkflowExecutionSignaledEventAttributes);
        let names: Vec<_> = signals.iter().map(|signal| signal.signal_name.as_str()).collect();
        assert_eq!(names, ["addLine", "addPair", "The End"]);
        assert_eq!(texts(&signals[1].input), ["\"two\"", "2"], "one payload for each argument, in order");
        assert_eq!(texts(&signals[2].input), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn an_async_signal_may_await_a_timer_and_a_condition() {
    with_worker(journal, async |client, queue| {
        let journal = start(client, queue).await;
        journal.add_once_open("awaited").await.unwrap();
        journal.add_later("timed").await.unwrap();
        event!(journal, TimerFiredEventAttributes);
        journal.open().await.unwrap();
        journal.close().await.unwrap();
        // The timer and `open` may reach the workflow in one task: which handler comes first is not what this is about.
        let mut lines = journal.result().await.unwrap();
        lines.sort();
        assert_eq!(lines, ["awaited", "timed"]);
    })
    .await;
}

#[tokio::test]
async fn what_an_older_sender_leaves_out_has_its_default() {
    with_worker(journal, async |client, queue| {
        let journal = start(client, queue).await;
        let raw = journal.untyped();
        raw.signal(signal("addNote"), json(&["\"short\""]), Default::default()).await.unwrap();
        raw.signal(signal("addEntry"), json(&["{\"title\":\"old\"}"]), Default::default()).await.unwrap();
        raw.signal(
            signal("addEntry"),
            json(&["{\"title\":\"newer\",\"tags\":[\"x\"],\"extra\":1}"]),
            Default::default(),
        )
        .await
        .unwrap();
        journal.add_note("long", Some("Ada".into())).await.unwrap();
        journal.add_note("none", None).await.unwrap();
        journal.close().await.unwrap();
        assert_eq!(
            journal.result().await.unwrap(),
            ["short by None", "old []", "newer [\"x\"]", "long by Some(\"Ada\")", "none by None"]
        );
        let signals = events!(journal, WorkflowExecutionSignaledEventAttributes);
        let payloads = |index: usize| signals[index].input.as_ref().map_or(0, |input| input.payloads.len());
        assert_eq!((payloads(0), payloads(4)), (1, 2));
    })
    .await;
}

#[tokio::test]
async fn a_null_after_the_last_argument_is_no_argument() {
    with_worker(journal, async |client, queue| {
        let journal = start(client, queue).await;
        let mut arguments = json(&["\"one\""]);
        arguments.payloads.push(payload("binary/null", ""));
        journal.untyped().signal(signal("addLine"), arguments, Default::default()).await.unwrap();
        journal.close().await.unwrap();
        assert_eq!(journal.result().await.unwrap(), ["one"]);
    })
    .await;
}

/// Sends a signal that does not fit, and gives what the failed workflow task says.
async fn failure_of(name: &str, arguments: durably::RawValue) -> String {
    with_worker(journal, async |client, queue| {
        let journal = start(client, queue).await;
        journal.untyped().signal(signal(name), arguments, Default::default()).await.unwrap();
        let failure = task_failure(&journal).await;
        journal.terminate().await.unwrap();
        failure
    })
    .await
}

#[tokio::test]
async fn a_missing_argument_is_named() {
    let failure = failure_of("addPair", json(&["\"two\""])).await;
    assert!(failure.contains("signal `addPair`: argument `count: u32` is missing, 1 of 2 were sent"), "{failure}");
}

#[tokio::test]
async fn an_argument_of_another_type_is_named() {
    let failure = failure_of("addPair", json(&["\"two\"", "\"many\""])).await;
    let expected =
        "signal `addPair`: argument `count: u32` cannot be decoded from a payload with encoding `json/plain`";
    assert!(failure.contains(expected), "{failure}");
    assert!(failure.contains("expected u32"), "the cause is there too: {failure}");
}

#[tokio::test]
async fn one_argument_too_many_is_counted() {
    let failure = failure_of("addLine", json(&["\"one\"", "\"two\""])).await;
    assert!(failure.contains("signal `addLine`: 2 arguments were sent, it takes 1"), "{failure}");
}

/// The journal of a later release, which takes what the earlier one could not decode.
#[workflow(name = "Journal")]
#[derive(Default)]
struct MendedJournal {
    total: u64,
}

#[workflow]
impl MendedJournal {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<Vec<String>> {
        ctx.wait_condition(|w| w.total > 0).await?;
        Ok(vec![ctx.state(|w| format!("total {}", w.total))])
    }

    #[signal(name = "addLine")]
    fn add_number(&mut self, number: u64) {
        self.total += number;
    }
}

#[tokio::test]
async fn nothing_is_lost_until_the_worker_is_mended() {
    let client = durably_tests::client().await;
    let queue = unique("mended");
    let start = Journal::start(&client).id(unique("journal")).task_queue(&queue);
    // The task that the first worker takes with it is given to the second one after this.
    let journal = start.task_timeout(Duration::from_secs(1)).await.unwrap();
    let worker = Worker::new(&client, &queue).workflow::<Journal>().start().unwrap();
    journal.untyped().signal(signal("addLine"), json(&["7"]), Default::default()).await.unwrap();
    assert!(task_failure(&journal).await.contains("argument `line: String`"));
    worker.shutdown().await.unwrap();

    let worker = Worker::new(&client, &queue).workflow::<MendedJournal>().start().unwrap();
    assert_eq!(journal.result().await.unwrap(), ["total 7"]);
    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_signal_sent_twice_with_one_request_id_arrives_once() {
    with_worker(journal, async |client, queue| {
        let journal = start(client, queue).await;
        for _ in 0..2 {
            journal.add_line("once").request_id("request-1").await.unwrap();
        }
        journal.add_line("again").await.unwrap();
        journal.close().await.unwrap();
        assert_eq!(journal.result().await.unwrap(), ["once", "again"]);
    })
    .await;
}

#[tokio::test]
async fn a_signal_without_a_handler_is_kept_and_does_no_harm() {
    with_worker(journal, async |client, queue| {
        let journal = start(client, queue).await;
        journal.untyped().signal(signal("unheardOf"), json(&["1"]), Default::default()).await.unwrap();
        journal.close().await.unwrap();
        assert_eq!(journal.result().await.unwrap(), [""; 0]);
        assert_eq!(events!(journal, WorkflowExecutionSignaledEventAttributes).len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_signal_to_no_workflow_is_not_found() {
    let client = durably_tests::client().await;
    let nobody = Journal::handle(&client, unique("nobody"));
    let error = nobody.add_line("lost").await.unwrap_err();
    assert!(matches!(*error, durably::WorkflowInteractionError::NotFound(_)), "{error:?}");
}
