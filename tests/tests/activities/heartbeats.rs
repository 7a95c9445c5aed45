//! Heartbeats carry progress from one attempt to the next.

use durably::prelude::*;
use durably_tests::{client, recorded, unique};

#[activity(
    start_to_close_timeout = "30s",
    heartbeat_timeout = "10s",
    retry_policy(initial_interval = "10ms", maximum_attempts = 3)
)]
async fn copy(ctx: &ActivityContext, pages: u32) -> ActivityResult<u32> {
    let done: u32 = match ctx.info().attempt {
        1 => 0,
        _ => ctx.heartbeat_details().deserialize()?.unwrap_or_default(),
    };
    ctx.record_heartbeat(done + pages / 2).await?;
    match done + pages / 2 == pages {
        true => Ok(ctx.info().attempt),
        false => Err(std::io::Error::other("the paper jams").into()),
    }
}

#[activity(
    start_to_close_timeout = "30s",
    heartbeat_timeout = "10s",
    retry_policy(initial_interval = "10ms", maximum_attempts = 2)
)]
fn copy_blocking(pages: u32, ctx: &ActivityContext) -> ActivityResult<u32> {
    if ctx.info().attempt == 2 {
        return Ok(ctx.heartbeat_details().deserialize()?.unwrap_or_default());
    }
    tokio::runtime::Handle::current().block_on(ctx.record_heartbeat(pages))?;
    Err(std::io::Error::other("the paper jams").into())
}

#[workflow]
#[derive(Default)]
struct Copier;

#[workflow]
impl Copier {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<(u32, u32)> {
        Ok((copy::execute(ctx, 8).await?, copy_blocking::execute(ctx, 5).await?))
    }
}

#[tokio::test]
async fn an_attempt_goes_on_where_the_last_one_stopped() {
    let client = client().await;
    let queue = unique("heartbeats");
    let worker = Worker::new(&client, &queue)
        .workflow::<Copier>()
        .activity::<copy>()
        .activity::<copy_blocking>()
        .start()
        .unwrap();

    let copier = Copier::start(&client).id(unique("heartbeats")).task_queue(&queue).await.unwrap();
    assert_eq!(copier.result().await.unwrap(), (2, 5));
    let attempts: Vec<_> =
        recorded!(copier, ActivityTaskStartedEventAttributes).iter().map(|started| started.attempt).collect();
    assert_eq!(attempts, [2, 2]);

    worker.shutdown().await.unwrap();
}
