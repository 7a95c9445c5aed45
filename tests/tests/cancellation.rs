//! Cancellation: asked for, noticed, cleaned up after; and termination, which asks nobody.

use std::sync::{Arc, Mutex};

use durably::{
    ActivityCancellationType, WorkflowCancellationToken, WorkflowExecutionStatus, WorkflowGetResultError, prelude::*,
};
use durably_tests::{event, recorded, unique, with_worker};
use tokio::sync::Notify;

/// What an activity does when it is told to stop.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
enum Told {
    /// Cleans up and says that it was cancelled.
    GivesWay,
    /// Cleans up and says that it is done.
    Completes,
}

#[derive(Default)]
struct Site {
    begun: Notify,
    finish: Notify,
    log: Mutex<Vec<String>>,
}

impl Site {
    fn write(&self, line: impl Into<String>) {
        self.log.lock().unwrap().push(line.into());
    }

    fn take_log(&self) -> Vec<String> {
        std::mem::take(&mut self.log.lock().unwrap())
    }
}

#[activities]
impl Site {
    #[activity(start_to_close_timeout = "60s", heartbeat_timeout = "3s", retry_policy(maximum_attempts = 1))]
    async fn dig(&self, ctx: &ActivityContext, told: Told) -> ActivityResult<String> {
        self.begun.notify_one();
        let beats = async {
            loop {
                ctx.heartbeat("digging".to_owned()).await?;
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        let beats: ActivityResult<()> = tokio::select! {
            ended = beats => ended,
            () = ctx.cancelled() => Ok(()),
        };
        beats?;
        self.write("the hole is filled in");
        match told {
            Told::GivesWay => Err(ActivityError::cancelled_with_details("half a hole")),
            Told::Completes => Ok("a hole after all".to_owned()),
        }
    }

    /// Sends no heartbeat.
    #[activity(start_to_close_timeout = "60s", retry_policy(maximum_attempts = 1))]
    async fn dig_deaf(&self, ctx: &ActivityContext) -> String {
        self.begun.notify_one();
        self.finish.notified().await;
        match tokio::time::timeout(Duration::from_millis(300), ctx.cancelled()).await {
            Ok(()) => "was told".to_owned(),
            Err(_) => "was not told".to_owned(),
        }
    }

    /// A plain function, which looks now and then.
    #[activity(start_to_close_timeout = "60s", heartbeat_timeout = "3s", retry_policy(maximum_attempts = 1))]
    fn dig_blocking(&self, ctx: &ActivityContext) -> ActivityResult<String> {
        self.begun.notify_one();
        while !ctx.is_cancelled() {
            ctx.heartbeat_blocking("digging".to_owned())?;
            std::thread::sleep(Duration::from_millis(100));
        }
        self.write("the hole is filled in");
        Err(ActivityError::cancelled_with_details("half a hole"))
    }

    #[activity(start_to_close_timeout = "10s")]
    async fn tidy(&self, what: String) -> String {
        self.write(format!("{what} is tidy"));
        what
    }
}

#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
enum Digging {
    Listening(Told),
    Deaf,
    Blocking,
}

/// Cancels its activity after a moment.
#[workflow]
#[derive(Default)]
struct Foreman {
    enough: bool,
}

#[workflow]
impl Foreman {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, digging: Digging) -> WorkflowResult<String> {
        let wait = ActivityCancellationType::WaitCancellationCompleted;
        let site = Site::activities(ctx);
        let dug = match digging {
            Digging::Listening(told) => {
                let digging = site.dig(told).cancellation_type(wait).start();
                ctx.wait_condition(|w| w.enough).await?;
                ctx.timer(Duration::from_millis(10)).await;
                digging.cancel();
                digging.await
            }
            Digging::Deaf => {
                let digging = site.dig_deaf().cancellation_type(wait).start();
                ctx.wait_condition(|w| w.enough).await?;
                digging.cancel();
                digging.await
            }
            Digging::Blocking => {
                let digging = site.dig_blocking().cancellation_type(wait).start();
                ctx.wait_condition(|w| w.enough).await?;
                digging.cancel();
                digging.await
            }
        };
        Ok(match dug {
            Ok(hole) => format!("dug {hole}"),
            Err(error) => {
                let cancelled = error.as_cancelled().unwrap_or_else(|| panic!("{error:?}"));
                format!("cancelled with {}", cancelled.details::<String>().unwrap().unwrap_or_default())
            }
        })
    }

    #[signal]
    fn enough(&mut self) {
        self.enough = true;
    }
}

/// Runs until the activity has begun and the workflow has asked for its cancellation.
async fn dig(digging: Digging) -> (String, Vec<String>, [usize; 3]) {
    let site = Arc::new(Site::default());
    let register = |worker: Worker| worker.workflow::<Foreman>().shared_activities(Arc::clone(&site));
    let (said, events) = with_worker(register, async |client, queue| {
        let foreman = Foreman::start(client, digging).id(unique("foreman")).task_queue(queue).await.unwrap();
        site.begun.notified().await;
        foreman.enough().await.unwrap();
        event!(foreman, ActivityTaskCancelRequestedEventAttributes);
        site.finish.notify_one();
        let said = foreman.result().await.unwrap();
        let requested = recorded!(foreman, ActivityTaskCancelRequestedEventAttributes).len();
        let cancelled = recorded!(foreman, ActivityTaskCanceledEventAttributes).len();
        (said, [requested, cancelled, recorded!(foreman, ActivityTaskCompletedEventAttributes).len()])
    })
    .await;
    (said, site.take_log(), events)
}

#[tokio::test]
async fn an_activity_that_gives_way_is_cancelled() {
    let (said, log, events) = dig(Digging::Listening(Told::GivesWay)).await;
    assert_eq!(said, "cancelled with half a hole");
    assert_eq!((log, events), (vec!["the hole is filled in".to_owned()], [1, 1, 0]));
}

#[tokio::test]
async fn an_activity_that_swallows_its_cancellation_completes() {
    let (said, log, events) = dig(Digging::Listening(Told::Completes)).await;
    assert_eq!(said, "dug a hole after all");
    assert_eq!((log, events), (vec!["the hole is filled in".to_owned()], [1, 0, 1]));
}

#[tokio::test]
async fn an_activity_without_heartbeats_is_not_told_of_its_cancellation() {
    let (said, _, events) = dig(Digging::Deaf).await;
    assert_eq!((&*said, events), ("dug was not told", [1, 0, 1]));
}

#[tokio::test]
async fn a_blocking_activity_notices_its_cancellation() {
    let (said, log, events) = dig(Digging::Blocking).await;
    assert_eq!(said, "cancelled with half a hole");
    assert_eq!((log, events), (vec!["the hole is filled in".to_owned()], [1, 1, 0]));
}

/// Tidies up once it is cancelled: in a scope of its own, which the cancellation does not reach.
#[workflow]
#[derive(Default)]
struct Excavation;

#[workflow]
impl Excavation {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let site = Site::activities(ctx);
        let dug = site.dig(Told::GivesWay).cancellation_type(ActivityCancellationType::WaitCancellationCompleted).await;
        if dug.is_err() {
            // Without a token of its own it is cancelled before it begins.
            let attached = site.tidy("the attached one").await.unwrap_err();
            assert!(attached.as_cancelled().is_some(), "{attached:?}");
            site.tidy("the site").cancellation_token(WorkflowCancellationToken::new()).await?;
            return Err(WorkflowTermination::cancelled());
        }
        Ok(())
    }
}

#[tokio::test]
async fn a_cancelled_workflow_cleans_up_in_a_detached_scope() {
    let site = Arc::new(Site::default());
    let register = |worker: Worker| worker.workflow::<Excavation>().shared_activities(Arc::clone(&site));
    with_worker(register, async |client, queue| {
        let started = Excavation::start(client).id(unique("excavation")).task_queue(queue).await.unwrap();
        site.begun.notified().await;
        let excavation = Excavation::handle(client, started.workflow_id());
        excavation.cancel().reason("treasure found").await.unwrap();
        let error = excavation.result().await.unwrap_err();
        assert!(matches!(*error, WorkflowGetResultError::Cancelled { .. }), "{error:?}");
        assert_eq!(excavation.describe().await.unwrap().status(), WorkflowExecutionStatus::Canceled);
        assert_eq!(site.take_log(), ["the hole is filled in", "the site is tidy"]);
        let requested = event!(excavation, WorkflowExecutionCancelRequestedEventAttributes);
        assert_eq!(requested.cause, "treasure found");
        assert_eq!(recorded!(excavation, ActivityTaskScheduledEventAttributes).len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_terminated_workflow_does_not_clean_up() {
    let site = Arc::new(Site::default());
    let register = |worker: Worker| worker.workflow::<Excavation>().shared_activities(Arc::clone(&site));
    with_worker(register, async |client, queue| {
        let excavation = Excavation::start(client).id(unique("excavation")).task_queue(queue).await.unwrap();
        site.begun.notified().await;
        let tasks = recorded!(excavation, WorkflowTaskScheduledEventAttributes).len();
        excavation.terminate().reason("the state needs the land").await.unwrap();
        let error = excavation.result().await.unwrap_err();
        assert!(matches!(*error, WorkflowGetResultError::Terminated { .. }), "{error:?}");
        assert_eq!(recorded!(excavation, WorkflowExecutionTerminatedEventAttributes).len(), 1);
        assert_eq!(recorded!(excavation, WorkflowTaskScheduledEventAttributes).len(), tasks, "it is not asked");
        assert!(!site.take_log().contains(&"the site is tidy".to_owned()));
    })
    .await;
}
