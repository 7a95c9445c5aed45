//! Activities: whatever talks to the world, so that a workflow need not.
//!
//! What one learns: an activity is an async function, a plain one, or a method of something that activities share. Timeouts
//! and retries stand in the attribute, at the call, or in both. A call runs through the server or locally, and is awaited at
//! once, or started now and awaited or cancelled later.
//!
//! ```text
//! async:      3 cups take 240 g of flour
//! blocking:   the dough has been kneaded 25 times
//! retried:    the oven is hot at attempt 3
//! once only:  the oven is not hot yet
//! methods:    tray 1 with 3 buns
//! methods:    tray 2 with 4 buns
//! local:      7 buns
//! started:    sugar and butter
//! cancelled:  the guests have come
//! ```

use std::sync::atomic::{AtomicU32, Ordering};

use durably::{ActivityCancellationType, prelude::*};

/// An async activity. Its timeout stands here, so that no call has to give one.
#[activity(start_to_close_timeout = "10s")]
async fn weigh_flour(cups: u32) -> ActivityResult<String> {
    Ok(format!("{cups} cups take {} g of flour", cups * 80))
}

/// A plain function runs on the blocking pool: for what computes or waits without `.await`. It has no timeout, so that each
/// call has to give one: without, it does not compile.
#[activity]
fn knead(turns: u32) -> u32 {
    (0..turns).fold(0, |kneaded, _| kneaded + 1)
}

/// Fails until the third attempt. The server tries again, as the attribute says, unless the call says otherwise.
#[activity(start_to_close_timeout = "10s", retry_policy(initial_interval = "20ms", maximum_attempts = 5))]
async fn heat_oven(ctx: &ActivityContext) -> Result<u32, ApplicationFailure> {
    match ctx.info().attempt {
        attempt @ 3.. => Ok(attempt),
        _ => Err(ApplicationFailure::new("the oven is not hot yet")),
    }
}

/// Waits until it is cancelled. An activity learns of a cancellation by its heartbeats.
#[activity(start_to_close_timeout = "1m", heartbeat_timeout = "500ms")]
async fn watch_the_door(ctx: &ActivityContext) -> ActivityResult<()> {
    let mut pause = tokio::time::interval(Duration::from_millis(100));
    while !ctx.is_cancelled() {
        ctx.record_heartbeat(()).await?;
        pause.tick().await;
    }
    Err(ActivityError::cancelled())
}

/// What its activities share: the worker holds one of it.
#[derive(Default)]
struct Bakery {
    trays: AtomicU32,
}

#[activities]
impl Bakery {
    /// Puts buns on the next tray.
    #[activity(start_to_close_timeout = "10s")]
    async fn fill_tray(&self, buns: u32) -> ActivityResult<String> {
        let tray = self.trays.fetch_add(1, Ordering::Relaxed) + 1;
        Ok(format!("tray {tray} with {buns} buns"))
    }

    /// Gets something from the shelf.
    #[activity(start_to_close_timeout = "10s")]
    async fn fetch(&self, what: String) -> ActivityResult<String> {
        Ok(what)
    }
}

/// So little work that asking the server to arrange it would take longer.
#[activity(start_to_close_timeout = "1s")]
fn sum(numbers: Vec<u32>) -> u32 {
    numbers.iter().sum()
}

/// Bakes, and says what it did.
#[workflow(task_queue = "activities", id_conflict_policy = TerminateExisting)]
#[derive(Default)]
struct Baking;

#[workflow]
impl Baking {
    #[run(id = "baking")]
    async fn run(ctx: &WorkflowContext<Self>, batches: Vec<u32>) -> WorkflowResult<Vec<String>> {
        let seconds = Duration::from_secs;

        // Awaiting a call runs the activity and gives its result.
        let weighed = weigh_flour::execute(ctx, 3).await?;
        let mut report = vec![format!("async:      {weighed}")];

        // An option of the call.
        let turns = knead::execute(ctx, 25).start_to_close_timeout(seconds(10)).await?;
        report.push(format!("blocking:   the dough has been kneaded {turns} times"));

        // The retry policy of the attribute, and another one at the call.
        let attempt = heat_oven::execute(ctx).await?;
        report.push(format!("retried:    the oven is hot at attempt {attempt}"));
        let once = RetryPolicy::builder().maximum_attempts(1).build();
        if let Err(error) = heat_oven::execute(ctx).retry_policy(once).await {
            let reason = error.reason().map(ToString::to_string).unwrap_or_default();
            report.push(format!("once only:  {reason}"));
        }

        // Methods, one call after the other.
        let bakery = Bakery::activities(ctx);
        for buns in &batches {
            report.push(format!("methods:    {}", bakery.fill_tray(*buns).await?));
        }

        // A local activity runs in this worker, without a task of its own on the server.
        let total = sum::execute(ctx, batches).local().await?;
        report.push(format!("local:      {total} buns"));

        // Started now, awaited later: both run at the same time.
        let (sugar, butter) = (bakery.fetch("sugar").start(), bakery.fetch("butter").start());
        report.push(format!("started:    {} and {}", sugar.await?, butter.await?));

        // Started now, cancelled later. The workflow waits until the activity has seen it.
        let watch =
            watch_the_door::execute(ctx).cancellation_type(ActivityCancellationType::WaitCancellationCompleted).start();
        ctx.timer(Duration::from_millis(200)).await;
        watch.cancel();
        if watch.await.is_err_and(|error| error.as_cancelled().is_some()) {
            report.push("cancelled:  the guests have come".to_owned());
        }
        Ok(report)
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = durably::client().await?;
    let worker = Worker::new(&client, "activities")
        .workflow::<Baking>()
        .activity::<weigh_flour>()
        .activity::<knead>()
        .activity::<heat_oven>()
        .activity::<watch_the_door>()
        .activity::<sum>()
        .activities(Bakery::default())
        .start()?;

    for line in Baking::start(&client, vec![3, 4]).execute().await? {
        println!("{line}");
    }

    worker.shutdown().await?;
    Ok(())
}
