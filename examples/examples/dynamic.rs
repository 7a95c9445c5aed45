//! Dynamic handlers and calls without types: where names are known only at run time.
//!
//! What one learns: a dynamic handler answers to all signals, or queries, that have none of their own; Temporal's untyped
//! handles send by name, with raw payloads; a workflow calls activities, and signals other workflows, likewise; wherever types
//! are known, the same workflow is met by a typed handle.
//!
//! ```text
//! started:  Inbox, by name
//! known:    hello
//! unknown:  order("tea", "two cups")
//! unknown:  ping()
//! asked:    `oldest` is "hello" to an inbox with 3 letters
//! activity: "TEA"
//! external: order("tea", "from a workflow")
//! typed:    2 letters are about tea
//! ```

use durably::{
    WorkflowIdConflictPolicy,
    prelude::*,
    temporal::{
        client::{UntypedQuery, UntypedSignal, UntypedWorkflow, WorkflowStartOptions},
        common::{ActivityCloseTimeouts, UntypedActivity, data_converters::PayloadConverter},
        workflow::{ActivityOptions, SignalWorkflowOptions},
    },
};

/// Takes whatever comes.
#[workflow(task_queue = "dynamic")]
#[derive(Default)]
struct Inbox {
    letters: Vec<String>,
    closed: bool,
}

#[workflow]
impl Inbox {
    #[run(id = "inbox")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<Vec<String>> {
        ctx.wait_condition(|w| w.closed).await?;
        Ok(ctx.state(|w| w.letters.clone()))
    }

    #[signal]
    fn known(&mut self, letter: String) {
        self.letters.push(format!("known:    {letter}"));
    }

    #[signal]
    fn close(&mut self) {
        self.closed = true;
    }

    /// Every other signal, with its arguments as they are on the wire.
    #[signal(dynamic)]
    fn unknown(&mut self, name: String, arguments: RawValue) {
        self.letters.push(format!("unknown:  {name}({})", text(&arguments)));
    }

    /// To the outside it is called `how many`.
    #[query(name = "how many")]
    fn count(&self, of: String) -> usize {
        self.letters.iter().filter(|letter| letter.contains(&of)).count()
    }

    /// Every other query.
    #[query(dynamic)]
    fn ask(&self, name: String, _arguments: RawValue) -> Result<String, ApplicationFailure> {
        let letter = match &*name {
            "oldest" => self.letters.first(),
            "newest" => self.letters.last(),
            _ => return Err(ApplicationFailure::non_retryable(format!("nobody can say what `{name}` is"))),
        };
        let letter = letter.and_then(|letter| letter.split_whitespace().last()).unwrap_or_default();
        Ok(format!("`{name}` is {letter:?} to an inbox with {} letters", self.letters.len()))
    }
}

/// Does what it is told, by name.
#[workflow(task_queue = "dynamic", id_conflict_policy = TerminateExisting)]
#[derive(Default)]
struct Clerk;

#[workflow]
impl Clerk {
    #[run(id = "clerk")]
    async fn run(ctx: &WorkflowContext<Self>, activity: String, signal: String, to: String) -> WorkflowResult<String> {
        let limit = ActivityCloseTimeouts::StartToClose(Duration::from_secs(10));
        let options = ActivityOptions::with_close_timeouts(limit).build();
        let answer = ctx.execute_activity(UntypedActivity::new(activity), raw(&["tea"]), options).await?;
        let other = ctx.external_workflow(to, None);
        let signal = UntypedSignal::<UntypedWorkflow>::new(signal);
        other.signal(signal, raw(&["tea", "from a workflow"]), SignalWorkflowOptions::default()).await?;
        Ok(text(&answer))
    }
}

#[activity]
async fn shout(what: String) -> String {
    what.to_uppercase()
}

/// Arguments: a payload for each.
fn raw(arguments: &[&str]) -> RawValue {
    let converter = PayloadConverter::default();
    let payloads = arguments.iter().map(|argument| RawValue::from_value(&(*argument).to_owned(), &converter).payloads);
    RawValue::new(payloads.flatten().collect())
}

/// Payloads as text: they are JSON.
fn text(raw: &RawValue) -> String {
    let texts = raw.payloads.iter().map(|payload| String::from_utf8_lossy(&payload.data));
    texts.collect::<Vec<_>>().join(", ")
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = durably::client().await?;
    let worker = Worker::new(&client, "dynamic").workflow::<Inbox>().workflow::<Clerk>().activity::<shout>().start()?;

    // Temporal's own client: workflow type, task queue and id are strings, arguments are payloads.
    let options = WorkflowStartOptions::new("dynamic", "inbox");
    let options = options.id_conflict_policy(WorkflowIdConflictPolicy::TerminateExisting).build();
    let untyped = client.start_workflow(UntypedWorkflow::new("Inbox"), RawValue::new(vec![]), options).await?;
    println!("started:  {}, by name", untyped.describe(Default::default()).await?.workflow_type());
    untyped.signal(UntypedSignal::new("known"), raw(&["hello"]), Default::default()).await?;
    untyped.signal(UntypedSignal::new("order"), raw(&["tea", "two cups"]), Default::default()).await?;
    untyped.signal(UntypedSignal::new("ping"), raw(&[]), Default::default()).await?;
    let asked = untyped.query(UntypedQuery::new("oldest"), raw(&[]), Default::default()).await?;
    let asked: String = asked.to_value(&PayloadConverter::default());

    let answer = Clerk::start(&client, "shout", "order", "inbox").execute().await?;

    // The same workflow, with types; `.untyped()` leads back.
    let inbox = Inbox::handle(&client, "inbox");
    let count = inbox.count("tea").await?;
    inbox.close().await?;
    let letters = inbox.result().await?;
    letters[..3].iter().for_each(|letter| println!("{letter}"));
    println!("asked:    {asked}");
    println!("activity: {answer}");
    println!("external: {}", letters[3].trim_start_matches("unknown:  "));
    println!("typed:    {count} letters are about tea");

    worker.shutdown().await?;
    Ok(())
}
