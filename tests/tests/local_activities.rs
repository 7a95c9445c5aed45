//! Activities that run in the worker of the workflow.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use durably::{
    ActivityCancellationType, prelude::*, temporal::common::protos::temporal::api::failure::v1::failure::FailureInfo,
};
use durably_tests::{client, recorded, unique};
use tokio::sync::Notify;

#[derive(Default)]
struct Desk {
    calls: AtomicU32,
    begun: Notify,
}

#[activities]
impl Desk {
    /// Its task queue and its heartbeats are for the service, which has no part in local activities.
    #[activity(
        task_queue = "nobody-polls-this",
        heartbeat_timeout = "1s",
        start_to_close_timeout = "10s",
        retry_policy(initial_interval = "1ms", maximum_attempts = 3)
    )]
    async fn note(&self, ctx: &ActivityContext, text: String) -> ActivityResult<String> {
        Ok(format!("{text} {} {}", ctx.info().is_local, ctx.info().attempt))
    }

    #[activity(start_to_close_timeout = "10s", retry_policy(initial_interval = "1ms", maximum_attempts = 3))]
    fn succeed_third(&self) -> Result<u32, std::fmt::Error> {
        match self.calls.fetch_add(1, Ordering::Relaxed) {
            0 | 1 => Err(std::fmt::Error),
            calls => Ok(calls + 1),
        }
    }

    #[activity(start_to_close_timeout = "10s", retry_policy(maximum_attempts = 1))]
    async fn fail(&self) -> ActivityResult<()> {
        Err(ApplicationFailure::non_retryable("the desk is closed").into())
    }

    #[activity]
    async fn endless(&self, ctx: &ActivityContext) -> ActivityResult<()> {
        self.begun.notify_one();
        ctx.cancelled().await;
        Err(ActivityError::cancelled())
    }
}

#[workflow]
#[derive(Default)]
struct Clerk {
    notes: Vec<String>,
}

#[workflow]
impl Clerk {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<Vec<String>> {
        let desk = Desk::activities(ctx);
        let first = desk.note("first").local().start();
        let second = desk.note("second").local().activity_id("second").summary("a note");
        let second = second.await?;
        let first = first.await?;
        let third = desk.succeed_third().local().await?;
        let failed = desk.fail().local().await.unwrap_err();
        let elsewhere = desk.succeed_third().await?;
        ctx.wait_condition(|w| w.notes.len() == 2).await?;
        let mut said = vec![first, second, third.to_string(), failed.to_string(), elsewhere.to_string()];
        said.extend(ctx.state(|w| w.notes.clone()));
        Ok(said)
    }

    #[signal]
    async fn take_note(ctx: &WorkflowContext<Self>, text: String) {
        if let Ok(note) = Desk::activities(ctx).note(text).local().await {
            ctx.state_mut(|w| w.notes.push(note));
        }
    }

    #[update]
    async fn take_update(ctx: &WorkflowContext<Self>, text: String) -> Result<usize, durably::ActivityExecutionError> {
        let note = Desk::activities(ctx).note(text).local().await?;
        Ok(ctx.state_mut(|w| {
            w.notes.push(note);
            w.notes.len()
        }))
    }
}

#[tokio::test]
async fn local_activities_leave_markers_and_no_tasks() {
    let client = client().await;
    let queue = unique("local");
    let worker = Worker::new(&client, &queue).workflow::<Clerk>().activities(Desk::default()).start().unwrap();

    let clerk = Clerk::start(&client).id(unique("local")).task_queue(&queue).await.unwrap();
    clerk.take_note("signalled").await.unwrap();
    // Once the third one is answered, the first has been taken.
    assert_eq!(clerk.take_update("updated").await.unwrap(), 2);
    let mut said = clerk.result().await.unwrap();
    said[5..].sort();
    assert_eq!(said[..3], ["first true 1", "second true 1", "3"]);
    assert!(said[3].contains("the desk is closed"), "{}", said[3]);
    assert_eq!(said[4..], ["4", "signalled true 1", "updated true 1"]);

    let markers = recorded!(clerk, MarkerRecordedEventAttributes);
    assert_eq!(markers.len(), 6);
    assert!(markers.iter().all(|marker| marker.marker_name == "core_local_activity"));
    assert_eq!(markers.iter().filter(|marker| marker.failure.is_some()).count(), 1);
    // Only the one that was not local.
    assert_eq!(recorded!(clerk, ActivityTaskScheduledEventAttributes).len(), 1);

    worker.shutdown().await.unwrap();
}

#[workflow]
#[derive(Default)]
struct Cancels {
    now: bool,
}

#[workflow]
impl Cancels {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<bool> {
        let endless = Desk::activities(ctx)
            .endless()
            .local()
            .schedule_to_close_timeout(Duration::from_secs(60))
            .cancellation_type(ActivityCancellationType::WaitCancellationCompleted)
            .start();
        ctx.wait_condition(|w| w.now).await?;
        endless.cancel();
        Ok(endless.await.unwrap_err().as_cancelled().is_some())
    }

    #[signal]
    fn cancel_now(&mut self) {
        self.now = true;
    }
}

#[tokio::test]
async fn a_local_activity_is_cancelled() {
    let client = client().await;
    let queue = unique("local-cancels");
    let desk = Arc::new(Desk::default());
    let worker =
        Worker::new(&client, &queue).workflow::<Cancels>().shared_activities(Arc::clone(&desk)).start().unwrap();

    let cancels = Cancels::start(&client).id(unique("local-cancels")).task_queue(&queue).await.unwrap();
    desk.begun.notified().await;
    cancels.cancel_now().await.unwrap();
    assert!(cancels.result().await.unwrap());
    let [marker] = recorded!(cancels, MarkerRecordedEventAttributes).try_into().unwrap();
    let failure = marker.failure.unwrap();
    assert!(matches!(failure.failure_info, Some(FailureInfo::CanceledFailureInfo(_))), "{failure:?}");

    worker.shutdown().await.unwrap();
}
