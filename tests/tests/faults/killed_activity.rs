//! A worker that gets SIGKILL while its activity heartbeats.

use durably::prelude::*;
use durably_tests::{Child, address, client, eventually::eventually, faults::settled, told_to, unique, wire::texts};

const LIMIT: Duration = Duration::from_secs(30);

/// Copies until its process is killed; an attempt in the process of the test says from where it goes on. On a busy machine
/// there may be several attempts in the process that is killed: a second without a heartbeat ends one.
#[activity(start_to_close_timeout = "60s", heartbeat_timeout = "1s", retry_policy(initial_interval = "10ms"))]
async fn copy(ctx: &ActivityContext) -> ActivityResult<(u32, u64)> {
    let mut row = ctx.last_heartbeat()?.unwrap_or(0);
    if told_to().is_none() {
        return Ok((ctx.info().attempt, row));
    }
    loop {
        row += 1;
        ctx.heartbeat(row).await?;
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[workflow]
#[derive(Default)]
struct Copy;

#[workflow]
impl Copy {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, activities: String) -> WorkflowResult<(u32, u64)> {
        Ok(copy::execute(ctx).task_queue(activities).await?)
    }
}

/// Runs in a process of its own: the child of the test below.
#[tokio::test]
#[ignore = "runs until it is killed, as the child of another test"]
async fn an_activity_worker_that_is_killed() {
    let Some(queue) = told_to() else { return };
    Worker::new(&client().await, &queue).activity::<copy>().run().await.unwrap();
}

/// The last row the server knows of, of the attempt that runs.
async fn row(copy: &CopyHandle) -> Result<u64, &'static str> {
    let pending = copy.describe().await.unwrap().into_raw().pending_activities.into_iter().next();
    let details = texts(&pending.ok_or("nothing is pending")?.heartbeat_details);
    Ok(details.first().ok_or("no heartbeat has arrived")?.parse().unwrap())
}

#[tokio::test]
async fn the_next_attempt_reads_how_far_the_killed_one_came() {
    let (client, queue, activities) = (client().await, unique("copy"), unique("copy-activities"));
    // The workflow has a worker of its own, which lives.
    let workflows = Worker::new(&client, &queue).workflow::<Copy>().start().unwrap();
    let test = "faults::killed_activity::an_activity_worker_that_is_killed";
    let first = Child::start(test, &activities, |command| {
        command.env("TEMPORAL_ADDRESS", address());
    });
    let copy = [Copy::start(&client, &activities).id(unique("copy")).task_queue(&queue).await.unwrap()];
    // The first heartbeat is sent at once, the next ones with pauses: this one was sent in the middle.
    eventually(async || match row(&copy[0]).await? {
        1 => Err("only the first heartbeat has arrived"),
        _ => Ok(()),
    })
    .await;
    drop(first);
    let known = row(&copy[0]).await.unwrap();

    let second = Worker::new(&client, &activities).activity::<copy>().start().unwrap();
    let results = settled(&copy, LIMIT, async |copy| copy.result().await.unwrap()).await;
    let (attempt, row) = results[0];
    assert!(attempt > 1, "attempt {attempt}");
    assert!(row >= known, "it goes on from {row}, and {known} was known");
    workflows.shutdown().await.unwrap();
    second.shutdown().await.unwrap();
}
