//! Asynchronous completion: an activity that is finished from elsewhere.
//!
//! What one learns: an activity may return without being done, and hand its task token to whoever finishes it: a person, a
//! webhook, another process; the handle for that is typed by the activity, so that it takes its output and nothing else; it
//! is found by the token, or by workflow id and activity id; it can complete, fail, send heartbeats and report a cancellation.
//!
//! ```text
//! by token:   invoice 1 is approved by Ada
//! by ids:     invoice 2 is approved by Grace
//! failed:     invoice 3: the receipt is missing
//! cancelled:  invoice 4 is withdrawn: nobody has looked at it
//! ```

use std::sync::OnceLock;

use durably::{ActivityCancellationType, prelude::*};
use tokio::sync::mpsc;

/// Where the task tokens go that wait for a decision. In real life: a database, a ticket, a link in a mail.
static INBOX: OnceLock<mpsc::UnboundedSender<Vec<u8>>> = OnceLock::new();

/// Who has approved the invoice. It returns at once, and is done when someone has decided.
#[activity(start_to_close_timeout = "1day", heartbeat_timeout = "1m", retry_policy(maximum_attempts = 1))]
async fn approve(ctx: &ActivityContext, _invoice: u32) -> ActivityResult<String> {
    if let Some(inbox) = INBOX.get() {
        inbox.send(ctx.info().task_token.clone())?;
    }
    Err(ActivityError::WillCompleteAsync)
}

/// To the workflow it is an activity like any other.
#[workflow(task_queue = "async-completion", id_conflict_policy = TerminateExisting)]
#[derive(Default)]
struct Invoice;

#[workflow]
impl Invoice {
    #[run(id = "invoice-{number}")]
    async fn run(ctx: &WorkflowContext<Self>, number: u32) -> WorkflowResult<String> {
        let approval = approve::execute(ctx, number)
            .activity_id("approve")
            .cancellation_type(ActivityCancellationType::WaitCancellationCompleted)
            .await;
        Ok(match approval {
            Ok(who) => format!("invoice {number} is approved by {who}"),
            Err(error) => match error.as_cancelled() {
                Some(cancelled) => {
                    let details = cancelled.details::<String>()?.unwrap_or_default();
                    format!("invoice {number} is withdrawn: {details}")
                }
                None => {
                    let reason = error.reason().map(ToString::to_string).unwrap_or_default();
                    format!("invoice {number}: {reason}")
                }
            },
        })
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (sender, mut inbox) = mpsc::unbounded_channel();
    INBOX.get_or_init(|| sender);
    let client = durably::client().await?;
    let worker = Worker::new(&client, "async-completion").workflow::<Invoice>().activity::<approve>().start()?;

    // Whoever has the token needs nothing else. `complete` takes what the activity gives: here, a `String`.
    let invoice = Invoice::start(&client, 1).await?;
    let token = inbox.recv().await.ok_or("no token")?;
    approve::async_handle(&client, token).complete("Ada".to_owned()).await?;
    println!("by token:   {}", invoice.result().await?);

    // Without the token: the activity of this id, in the latest run of that workflow.
    let invoice = Invoice::start(&client, 2).await?;
    inbox.recv().await;
    approve::async_handle_by_id(&client, invoice.workflow_id(), "approve").complete("Grace".to_owned()).await?;
    println!("by ids:     {}", invoice.result().await?);

    // A failure is retried as the policy of the activity says; this one has a single attempt.
    let invoice = Invoice::start(&client, 3).await?;
    let token = inbox.recv().await.ok_or("no token")?;
    approve::async_handle(&client, token).fail(ApplicationFailure::new("the receipt is missing")).await?;
    println!("failed:     {}", invoice.result().await?);

    // The answer to a heartbeat says whether the activity is to be cancelled. That it was, is reported.
    let invoice = Invoice::start(&client, 4).await?;
    let token = inbox.recv().await.ok_or("no token")?;
    let pending = approve::async_handle(&client, token);
    invoice.cancel().reason("paid twice").await?;
    while !pending.heartbeat("still looking".to_owned()).await?.cancel_requested {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    pending.report_cancellation("nobody has looked at it".to_owned()).await?;
    println!("cancelled:  {}", invoice.result().await?);

    worker.shutdown().await?;
    Ok(())
}
