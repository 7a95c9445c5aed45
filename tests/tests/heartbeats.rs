//! Heartbeats: typed details, read back on the next attempt; cancellation; plain functions.

use std::sync::Arc;

use durably::{
    prelude::*,
    temporal::common::protos::temporal::api::{enums::v1::TimeoutType, failure::v1::failure::FailureInfo},
};
use durably_tests::{client, event, eventually::eventually, unique, wire::texts, with_worker};
use tokio::sync::Notify;

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
    match ctx.last_heartbeat_list::<(u32, (String, ()))>()? {
        Some((row, (file, ()))) => Ok((row, file)),
        None => {
            ctx.heartbeat_list_blocking((456, ("b.csv".to_owned(), ())))?;
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

/// Says what it has done so far, and goes on when it is told.
#[derive(Default)]
struct Copier {
    ready: Notify,
    go_on: Notify,
}

#[activities]
impl Copier {
    #[activity(start_to_close_timeout = "60s", heartbeat_timeout = "50s", retry_policy(initial_interval = "10ms"))]
    async fn copy(&self, ctx: &ActivityContext, beats: u32) -> ActivityResult<u32> {
        if let Some(last) = ctx.last_heartbeat()? {
            return Ok(last);
        }
        for beat in 0..beats {
            ctx.heartbeat(beat).await?;
        }
        self.ready.notify_one();
        self.go_on.notified().await;
        Err(ApplicationFailure::new("the first attempt fails").into())
    }

    /// Says nothing, at first.
    #[activity(start_to_close_timeout = "60s", heartbeat_timeout = "300ms", retry_policy(initial_interval = "10ms"))]
    async fn copy_silently(&self, ctx: &ActivityContext) -> u32 {
        if ctx.info().attempt == 1 {
            // Longer than any heartbeat timeout; the worker gives the attempt up when the server has.
            ctx.cancelled().await;
        }
        ctx.info().attempt
    }
}

#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
enum Copying {
    Aloud(u32),
    Silently,
    SilentlyByHandle,
}

#[workflow]
#[derive(Default)]
struct Copies;

#[workflow]
impl Copies {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, copying: Copying) -> WorkflowResult<u32> {
        let copier = Copier::activities(ctx);
        Ok(match copying {
            Copying::Aloud(beats) => copier.copy(beats).await?,
            Copying::Silently => copier.copy_silently().await?,
            Copying::SilentlyByHandle => copier.copy_silently().start().await?,
        })
    }
}

/// The last heartbeat the server knows of the one activity that is running.
async fn pending_details(copies: &CopiesHandle) -> Result<String, &'static str> {
    let described = copies.describe().await.unwrap().into_raw();
    let pending = described.pending_activities.into_iter().next().ok_or("nothing is pending")?;
    texts(&pending.heartbeat_details).pop().ok_or("no heartbeat has arrived")
}

#[tokio::test]
async fn a_description_shows_the_details_of_what_is_pending() {
    let copier = Arc::new(Copier::default());
    let register = |worker: Worker| worker.workflow::<Copies>().shared_activities(Arc::clone(&copier));
    with_worker(register, async |client, queue| {
        let copies = Copies::start(client, Copying::Aloud(1)).id(unique("copies")).task_queue(queue).await.unwrap();
        assert_eq!(eventually(|| pending_details(&copies)).await, "0");
        copier.go_on.notify_one();
        assert_eq!(copies.result().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn heartbeats_are_throttled_and_the_last_details_are_kept() {
    let copier = Arc::new(Copier::default());
    let register = |worker: Worker| worker.workflow::<Copies>().shared_activities(Arc::clone(&copier));
    with_worker(register, async |client, queue| {
        let copies = Copies::start(client, Copying::Aloud(1000)).id(unique("copies")).task_queue(queue).await.unwrap();
        copier.ready.notified().await;
        // All have been sent, and the server has had the first one only: the next goes out in 30 seconds.
        assert_eq!(eventually(|| pending_details(&copies)).await, "0");
        copier.go_on.notify_one();
        assert_eq!(copies.result().await.unwrap(), 999, "the attempt takes the last details along as it fails");
    })
    .await;
}

#[tokio::test]
async fn a_silent_activity_times_out_and_is_tried_again() {
    let register = |worker: Worker| worker.workflow::<Copies>().activities(Copier::default());
    with_worker(register, async |client, queue| {
        for copying in [Copying::Silently, Copying::SilentlyByHandle] {
            let copies = Copies::start(client, copying).id(unique("copies")).task_queue(queue).await.unwrap();
            assert_eq!(copies.result().await.unwrap(), 2, "{copying:?}");
            let started = event!(copies, ActivityTaskStartedEventAttributes);
            assert_eq!(started.attempt, 2);
            let Some(FailureInfo::TimeoutFailureInfo(timeout)) = started.last_failure.unwrap().failure_info else {
                panic!("not a timeout")
            };
            assert_eq!(timeout.timeout_type(), TimeoutType::Heartbeat);
        }
    })
    .await;
}
