//! Heartbeats: what a long activity says while it works.
//!
//! What one learns: a heartbeat tells the server that an activity is alive; its details are typed, one value or several, and
//! the next attempt reads them back to go on from there; a plain function sends them too; an activity that is silent for
//! longer than its heartbeat timeout is given up and tried again.
//!
//! ```text
//! resumed:  letters.csv, from row 3 on, at attempt 2
//! blocking: 75 % were packed before, at attempt 2
//! silent:   Heartbeat timeout, the last heartbeat said 1
//! again:    answered at attempt 2
//! ```

use durably::prelude::*;

/// Rows of a file are imported one by one. The first attempt breaks down in the middle.
#[activity(start_to_close_timeout = "1m", heartbeat_timeout = "10s", retry_policy(initial_interval = "20ms"))]
async fn import(ctx: &ActivityContext, file: String) -> ActivityResult<String> {
    // What the last attempt has left, in the types it has left it in.
    if let Some((row, (file, ()))) = ctx.last_heartbeat_list::<(u32, (String, ()))>()? {
        return Ok(format!("{file}, from row {row} on, at attempt {}", ctx.info().attempt));
    }
    for row in 1..=3 {
        // Several values, each a payload of its own. The worker sends as many heartbeats as make sense, the last one for sure.
        ctx.heartbeat_list((row, (file.clone(), ()))).await?;
    }
    Err(ApplicationFailure::new("the connection broke").into())
}

/// Not async: it runs on the blocking pool, and its heartbeats block.
#[activity(start_to_close_timeout = "1m", heartbeat_timeout = "10s", retry_policy(initial_interval = "20ms"))]
fn pack(ctx: &ActivityContext) -> ActivityResult<String> {
    if let Some(percent) = ctx.last_heartbeat::<u8>()? {
        return Ok(format!("{percent} % were packed before, at attempt {}", ctx.info().attempt));
    }
    for percent in [25, 50, 75] {
        ctx.heartbeat_blocking(percent)?;
    }
    Err(ApplicationFailure::new("the disk is full").into())
}

/// Says one thing, and nothing more at its first attempt.
#[activity(start_to_close_timeout = "1m", heartbeat_timeout = "800ms", retry_policy(initial_interval = "20ms"))]
async fn listen(ctx: &ActivityContext) -> ActivityResult<u32> {
    if ctx.info().attempt == 1 {
        ctx.heartbeat(1_u8).await?;
        // Whatever takes too long. Who says nothing is not told either that the server has given this attempt up.
        ctx.cancelled().await;
    }
    Ok(ctx.info().attempt)
}

/// Runs them all, and says what became of them.
#[workflow(task_queue = "heartbeats", id_conflict_policy = TerminateExisting)]
#[derive(Default)]
struct Import;

#[workflow]
impl Import {
    #[run(id = "import-{file}")]
    async fn run(ctx: &WorkflowContext<Self>, file: String) -> WorkflowResult<Vec<String>> {
        // One attempt only: the timeout is what the workflow gets to see, with the last details.
        let once = RetryPolicy::builder().maximum_attempts(1).build();
        let silent = listen::execute(ctx).retry_policy(once).start();
        let (resumed, blocking, again) =
            (import::execute(ctx, file).start(), pack::execute(ctx).start(), listen::execute(ctx).start());

        let mut report = vec![format!("resumed:  {}", resumed.await?), format!("blocking: {}", blocking.await?)];
        if let Err(error) = silent.await
            && let Some(timeout) = error.as_timeout()
        {
            let last = timeout.last_heartbeat_details::<u8>()?.unwrap_or_default();
            report.push(format!("silent:   {:?} timeout, the last heartbeat said {last}", timeout.timeout_type()));
        }
        report.push(format!("again:    answered at attempt {}", again.await?));
        Ok(report)
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = durably::client().await?;
    let worker = Worker::new(&client, "heartbeats")
        .workflow::<Import>()
        .activity::<import>()
        .activity::<pack>()
        .activity::<listen>()
        // At the end, attempts that are still running are cancelled.
        .graceful_shutdown_period(Duration::from_millis(100))
        .start()?;

    for line in Import::start(&client, "letters.csv").execute().await? {
        println!("{line}");
    }

    worker.shutdown().await?;
    Ok(())
}
