//! Heartbeats: typed details, read back on the next attempt; cancellation; plain functions.

use durably::prelude::*;
use durably_tests::{client, unique};

#[workflow]
#[derive(Default)]
struct Import;

#[workflow]
impl Import {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, blocking: bool) -> WorkflowResult<(u32, String)> {
        Ok(match blocking {
            false => resume::execute(ctx).await?,
            true => resume_blocking::execute(ctx).await?,
        })
    }
}

#[activity(start_to_close_timeout = "20s", heartbeat_timeout = "10s", retry_policy(initial_interval = "10ms"))]
async fn resume(ctx: &ActivityContext) -> ActivityResult<(u32, String)> {
    match ctx.last_heartbeat_list::<(u32, (String, ()))>()? {
        Some((row, (file, ()))) => Ok((row, file)),
        None => {
            ctx.heartbeat_list((123, ("a.csv".to_owned(), ()))).await?;
            Err(ApplicationFailure::new("the first attempt fails").into())
        }
    }
}

#[activity(start_to_close_timeout = "20s", heartbeat_timeout = "10s", retry_policy(initial_interval = "10ms"))]
fn resume_blocking(ctx: &ActivityContext) -> ActivityResult<(u32, String)> {
    match ctx.last_heartbeat()? {
        Some(details) => Ok(details),
        None => {
            ctx.heartbeat_blocking((456, "b.csv".to_owned()))?;
            Err(ApplicationFailure::new("the first attempt fails").into())
        }
    }
}

#[tokio::test]
async fn details_are_read_back_typed_on_the_next_attempt() {
    let client = client().await;
    let queue = unique("heartbeats");
    let worker = Worker::new(&client, &queue)
        .workflow::<Import>()
        .activity::<resume>()
        .activity::<resume_blocking>()
        .start()
        .unwrap();
    for (blocking, details) in [(false, (123, "a.csv")), (true, (456, "b.csv"))] {
        let import = Import::start(&client, blocking).id(unique("heartbeats")).task_queue(&queue);
        let (row, file) = import.execute().await.unwrap();
        assert_eq!((row, file.as_str()), details);
    }
    worker.shutdown().await.unwrap();
}
