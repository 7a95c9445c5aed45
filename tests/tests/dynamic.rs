//! Handlers that answer to names nobody foresaw.

use durably::{prelude::*, temporal::common::data_converters::PayloadConverter};
use durably_tests::{
    unique,
    wire::{json, query, signal},
    with_worker,
};

/// Takes whatever comes.
#[workflow]
#[derive(Default)]
struct Inbox {
    letters: Vec<String>,
    closed: bool,
}

fn text(payloads: &RawValue) -> String {
    let texts = payloads.payloads.iter().map(|payload| String::from_utf8_lossy(&payload.data));
    texts.collect::<Vec<_>>().join("|")
}

#[workflow]
impl Inbox {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<Vec<String>> {
        ctx.wait_condition(|w| w.closed).await?;
        Ok(ctx.state(|w| w.letters.clone()))
    }

    #[signal(dynamic)]
    fn any(&mut self, name: String, args: RawValue) {
        self.letters.push(format!("{name}({})", text(&args)));
    }

    #[signal]
    fn known(&mut self, letter: String) {
        self.letters.push(letter);
    }

    #[signal]
    fn close(&mut self) {
        self.closed = true;
    }

    #[query]
    fn count(&self) -> usize {
        self.letters.len()
    }

    #[query(dynamic)]
    fn ask(&self, ctx: &WorkflowContextView, name: String, args: RawValue) -> Result<String, ApplicationFailure> {
        match args.payloads.len() {
            0 => Err(ApplicationFailure::non_retryable(format!("{name} of what?"))),
            _ => Ok(format!("{name}({}) of {}", text(&args), ctx.workflow_id())),
        }
    }
}

/// Takes whatever comes, and takes its time.
#[workflow]
#[derive(Default)]
struct SlowInbox {
    letters: Vec<String>,
}

#[workflow]
impl SlowInbox {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<Vec<String>> {
        ctx.wait_condition(|w| w.letters.len() == 2).await?;
        Ok(ctx.state(|w| w.letters.clone()))
    }

    #[signal(dynamic)]
    async fn any(ctx: &WorkflowContext<Self>, name: String, args: RawValue) {
        ctx.timer(Duration::from_millis(10)).await;
        let letter: u32 = args.to_value(ctx.payload_converter());
        ctx.state_mut(|w| w.letters.push(format!("{name} {letter}")));
    }
}

fn inboxes(worker: Worker) -> Worker {
    worker.workflow::<Inbox>().workflow::<SlowInbox>()
}

#[tokio::test]
async fn a_dynamic_signal_answers_to_every_name_that_is_not_taken() {
    with_worker(inboxes, async |client, queue| {
        let inbox = Inbox::start(client).id(unique("inbox")).task_queue(queue).await.unwrap();
        let raw = inbox.untyped();
        raw.signal(signal("unforeseen"), json(&["1", "\"two\""]), Default::default()).await.unwrap();
        raw.signal(signal("known"), json(&["\"by name\""]), Default::default()).await.unwrap();
        raw.signal(signal("bare"), json(&[]), Default::default()).await.unwrap();
        inbox.known("typed").await.unwrap();
        inbox.close().await.unwrap();
        assert_eq!(inbox.result().await.unwrap(), ["unforeseen(1|\"two\")", "by name", "bare()", "typed"]);
    })
    .await;
}

#[tokio::test]
async fn a_dynamic_signal_may_be_async() {
    with_worker(inboxes, async |client, queue| {
        let inbox = SlowInbox::start(client).id(unique("inbox")).task_queue(queue).await.unwrap();
        for name in ["a", "b"] {
            inbox.untyped().signal(signal(name), json(&["7"]), Default::default()).await.unwrap();
        }
        assert_eq!(inbox.result().await.unwrap(), ["a 7", "b 7"]);
    })
    .await;
}

#[tokio::test]
async fn a_dynamic_query_answers_to_every_name_that_is_not_taken() {
    with_worker(inboxes, async |client, queue| {
        let inbox = Inbox::start(client).id(unique("inbox")).task_queue(queue).await.unwrap();
        let ask = async |name: &str, arguments: &[&str]| {
            inbox.untyped().query(query(name), json(arguments), Default::default()).await
        };
        let answer: String = ask("weight", &["1", "2"]).await.unwrap().to_value(&PayloadConverter::default());
        assert_eq!(answer, format!("weight(1|2) of {}", inbox.workflow_id()));
        let answer: usize = ask("count", &[]).await.unwrap().to_value(&PayloadConverter::default());
        assert_eq!(answer, 0, "the handler of that name answers");
        assert_eq!(inbox.count().await.unwrap(), 0);
        let error = ask("weight", &[]).await.unwrap_err().to_string();
        assert!(error.contains("weight of what?"), "{error}");
        inbox.terminate().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_queries_of_tools_are_not_for_dynamic_handlers() {
    with_worker(inboxes, async |client, queue| {
        let inbox = Inbox::start(client).id(unique("inbox")).task_queue(queue).await.unwrap();
        let raw = inbox.untyped();
        let answer = raw.query(query("__unheard_of"), json(&["1"]), Default::default()).await;
        let error = answer.map(|answer| text(&answer)).unwrap_err().to_string();
        assert!(error.contains("__unheard_of"), "{error}");
        inbox.terminate().await.unwrap();
    })
    .await;
}
