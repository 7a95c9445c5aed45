//! Handlers that answer to names nobody foresaw.

use durably::{
    prelude::*,
    untyped::{self, DecodePayloads, UntypedHandle},
};
use durably_tests::{unique, with_worker};

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
        let letter = match args.argument::<u32>(0, ctx.payload_converter()) {
            Ok(letter) => format!("{name} {letter}"),
            Err(error) => format!("{name}: {error}"),
        };
        ctx.state_mut(|w| w.letters.push(letter));
    }
}

/// The same workflow, for whoever does not know its type.
fn by_name<W>(handle: &durably::WorkflowHandle<W>) -> UntypedHandle {
    untyped::handle(handle.client(), handle.workflow_id())
}

fn inboxes(worker: Worker) -> Worker {
    worker.workflow::<Inbox>().workflow::<SlowInbox>()
}

#[tokio::test]
async fn a_dynamic_signal_answers_to_every_name_that_is_not_taken() {
    with_worker(inboxes, async |client, queue| {
        let inbox = Inbox::start(client).id(unique("inbox")).task_queue(queue).await.unwrap();
        let raw = by_name(&inbox);
        raw.signal("unforeseen", (1, "two")).await.unwrap();
        raw.signal("known", ("by name",)).await.unwrap();
        raw.signal("bare", ()).await.unwrap();
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
        let raw = by_name(&inbox);
        raw.signal("a", (7,)).await.unwrap();
        raw.signal("b", ()).await.unwrap();
        let expected = ["a 7", "b: Encoding error: there is no payload 0, 0 were sent"];
        assert_eq!(inbox.result().await.unwrap(), expected);
    })
    .await;
}

#[tokio::test]
async fn a_dynamic_query_answers_to_every_name_that_is_not_taken() {
    with_worker(inboxes, async |client, queue| {
        let inbox = Inbox::start(client).id(unique("inbox")).task_queue(queue).await.unwrap();
        let raw = by_name(&inbox);
        let answer: String = raw.query("weight", (1, 2)).await.unwrap();
        assert_eq!(answer, format!("weight(1|2) of {}", inbox.workflow_id()));
        assert_eq!(raw.query::<usize>("count", ()).await.unwrap(), 0, "the handler of that name answers");
        assert_eq!(inbox.count().await.unwrap(), 0);
        let error = raw.query::<String>("weight", ()).await.unwrap_err().to_string();
        assert!(error.contains("weight of what?"), "{error}");
        inbox.terminate().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_queries_of_tools_are_not_for_dynamic_handlers() {
    with_worker(inboxes, async |client, queue| {
        let inbox = Inbox::start(client).id(unique("inbox")).task_queue(queue).await.unwrap();
        let error = by_name(&inbox).query::<String>("__unheard_of", (1,)).await.unwrap_err().to_string();
        assert!(error.contains("__unheard_of"), "{error}");
        inbox.terminate().await.unwrap();
    })
    .await;
}
