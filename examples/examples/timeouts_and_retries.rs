//! Timeouts and retries: how long things may take, and how often they are tried.
//!
//! What one learns: a workflow has three timeouts, an activity four, and each of them a retry policy; in the attribute they
//! stand for the usual case, at the call for the special one; a timeout comes back as an error of its own type, that says
//! which one it was; a failure of a type that is not worth a retry ends the tries at once.
//!
//! ```text
//! limits:   execution 3600s, run 60s by the call, task 5s
//! activity: Heartbeat timeout
//! activity: StartToClose timeout
//! activity: ScheduleToClose timeout
//! activity: ScheduleToStart timeout
//! retried:  delivered at attempt 3
//! retried:  no such address, at attempt 1
//! workflow: in the mood at attempt 2
//! workflow: the run has timed out
//! ```

use durably::{ActivityExecutionError, CallError, WorkflowGetResultError, prelude::*};

/// All limits of an activity. They count for each call that does not say otherwise.
#[activity(
    start_to_close_timeout = "10s",    // one attempt
    schedule_to_close_timeout = "30s", // all attempts together
    schedule_to_start_timeout = "20s", // waiting for a worker
    heartbeat_timeout = "800ms",       // silence between two heartbeats
    retry_policy(maximum_attempts = 1)
)]
async fn dawdle(ctx: &ActivityContext) -> ActivityResult<()> {
    ctx.heartbeat(()).await?;
    ctx.cancelled().await;
    Err(ActivityError::cancelled())
}

/// All of a retry policy: waits of 10, 20, 30, 30, .. ms, at most 6 attempts, and none after a failure of one type.
#[activity(
    start_to_close_timeout = "10s",
    retry_policy(
        initial_interval = "10ms",
        backoff_coefficient = 2.0,
        maximum_interval = "30ms",
        maximum_attempts = 6,
        non_retryable_error_types("NoSuchAddress")
    )
)]
async fn deliver(ctx: &ActivityContext, address: String) -> Result<u32, ApplicationFailure> {
    match ctx.info().attempt {
        attempt if address.is_empty() => {
            let failure = ApplicationFailure::builder(format!("no such address, at attempt {attempt}"));
            Err(failure.type_name("NoSuchAddress".to_owned()).build())
        }
        attempt @ 3.. => Ok(attempt),
        _ => Err(ApplicationFailure::new("nobody is at home")),
    }
}

/// All limits of a workflow.
#[workflow(
    task_queue = "timeouts-and-retries",
    id_conflict_policy = TerminateExisting,
    execution_timeout = "1h", // all runs together, retries and continued ones included
    run_timeout = "10m",      // one run
    task_timeout = "5s"       // one answer of a worker
)]
#[derive(Default)]
struct Errand;

#[workflow]
impl Errand {
    #[run(id = "errand")]
    async fn run(ctx: &WorkflowContext<Self>, nobody: String) -> WorkflowResult<Vec<String>> {
        let info = ctx.info();
        let [execution, run, task] =
            [info.execution_timeout(), info.run_timeout(), info.task_timeout()].map(Option::unwrap_or_default);
        let mut report = vec![format!("limits:   execution {execution:?}, run {run:?} by the call, task {task:?}")];

        let (soon, late) = (Duration::from_millis(800), Duration::from_secs(10));
        let in_silence = dawdle::execute(ctx).start();
        let one_attempt = dawdle::execute(ctx).start_to_close_timeout(soon).heartbeat_timeout(late).start();
        let all_together = dawdle::execute(ctx).schedule_to_close_timeout(soon).heartbeat_timeout(late).start();
        let in_the_queue = dawdle::execute(ctx).schedule_to_start_timeout(soon).task_queue(nobody).start();
        let (a, b, c, d) = join!(in_silence, one_attempt, all_together, in_the_queue);
        report.extend([a, b, c, d].into_iter().filter_map(Result::err).map(|error| timeout(&error)));

        report.push(format!("retried:  delivered at attempt {}", deliver::execute(ctx, "home").await?));
        if let Err(error) = deliver::execute(ctx, "").await {
            report.push(format!("retried:  {}", error.reason().map(ToString::to_string).unwrap_or_default()));
        }
        Ok(report)
    }
}

/// Timeouts are errors of one type, with their kind.
fn timeout(error: &ActivityExecutionError) -> String {
    match error.as_timeout() {
        Some(timeout) => format!("activity: {:?} timeout", timeout.timeout_type()),
        None => format!("activity: {error}"),
    }
}

/// A workflow is not tried again, unless it has a policy.
#[workflow(
    task_queue = "timeouts-and-retries",
    id_conflict_policy = TerminateExisting,
    retry_policy(initial_interval = "10ms", maximum_attempts = 5)
)]
#[derive(Default)]
struct Mood;

#[workflow]
impl Mood {
    #[run(id = "mood-{good_at}")]
    async fn run(ctx: &WorkflowContext<Self>, good_at: u32) -> WorkflowResult<u32> {
        match ctx.info().attempt() {
            // Never, if it is never good.
            attempt if good_at == 0 => Ok(ctx.wait_condition(|_| false).await.map(|()| attempt)?),
            attempt if attempt < good_at => Err(ApplicationFailure::new("not in the mood").into()),
            attempt => Ok(attempt),
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = durably::client().await?;
    let worker = Worker::new(&client, "timeouts-and-retries")
        .workflow::<Errand>()
        .workflow::<Mood>()
        .activity::<dawdle>()
        .activity::<deliver>()
        // At the end, attempts that the server has given up are still running, and are cancelled.
        .graceful_shutdown_period(Duration::from_millis(100))
        .start()?;

    let nobody = durably_examples::unique("nobody-polls");
    for line in Errand::start(&client, nobody).run_timeout(Duration::from_secs(60)).execute().await? {
        println!("{line}");
    }

    println!("workflow: in the mood at attempt {}", Mood::start(&client, 2).execute().await?);

    // A call takes its own policy in place of the one in the attribute.
    let once = RetryPolicy::builder().maximum_attempts(1).build();
    let endless = Mood::start(&client, 0).run_timeout(Duration::from_secs(1)).retry_policy(once).await?;
    if let Err(CallError { kind: WorkflowGetResultError::TimedOut, .. }) = endless.result().await {
        println!("workflow: the run has timed out");
    }

    worker.shutdown().await?;
    Ok(())
}
