//! Activities that are finished from outside.

use std::sync::Mutex;

use durably::{
    ActivityCancellationType, IncomingError, prelude::*,
    temporal::common::protos::temporal::api::enums::v1::PendingActivityState,
};
use durably_tests::{client, event, recorded, unique, wire::texts, with_worker};
use tokio::sync::mpsc;

#[workflow]
#[derive(Default)]
struct Approval;

#[workflow]
impl Approval {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<bool> {
        Ok(Desk::activities(ctx).approve().activity_id("approve").await?)
    }
}

struct Desk {
    tokens: Mutex<mpsc::UnboundedSender<Vec<u8>>>,
}

#[activities]
impl Desk {
    #[activity(start_to_close_timeout = "30s", retry_policy(initial_interval = "10ms"))]
    async fn approve(&self, ctx: &ActivityContext) -> ActivityResult<bool> {
        self.tokens.lock().unwrap().send(ctx.info().task_token.clone()).unwrap();
        Err(ActivityError::WillCompleteAsync)
    }

    #[activity(start_to_close_timeout = "60s", retry_policy(initial_interval = "10ms", maximum_attempts = 2))]
    async fn decide(&self, ctx: &ActivityContext) -> ActivityResult<String> {
        self.tokens.lock().unwrap().send(ctx.info().task_token.clone()).unwrap();
        Err(ActivityError::WillCompleteAsync)
    }
}

/// The desk's activity for those who do not know the desk: its name, its output.
#[activity(name = "approve", start_to_close_timeout = "30s")]
async fn approve_outside() -> ActivityResult<bool> {
    unreachable!("runs at the desk")
}

#[tokio::test]
async fn an_activity_is_completed_by_token_and_by_id_and_failed() {
    let client = client().await;
    let queue = unique("approval");
    let (sender, mut tokens) = mpsc::unbounded_channel();
    let desk = Desk { tokens: Mutex::new(sender) };
    let worker = Worker::new(&client, &queue).workflow::<Approval>().activities(desk).start().unwrap();

    let by_token = Approval::start(&client).id(unique("approval")).task_queue(&queue).await.unwrap();
    let token = tokens.recv().await.unwrap();
    approve_outside::async_handle(&client, token.clone()).complete(true).await.unwrap();
    assert!(by_token.result().await.unwrap());
    let late = approve_outside::async_handle(&client, token).complete(false).await.unwrap_err();
    assert!(matches!(*late, durably::AsyncActivityError::NotFound(_)), "{late}");

    let by_id = Approval::start(&client).id(unique("approval")).task_queue(&queue).await.unwrap();
    let token = tokens.recv().await.unwrap();
    let failing = approve_outside::async_handle(&client, token);
    failing.fail(ApplicationFailure::new("the desk is on fire")).await.unwrap();
    tokens.recv().await.unwrap();
    let another_run = approve_outside::async_handle_by_id(&client, by_id.workflow_id(), "approve");
    let another_run = another_run.for_run("01234567-89ab-cdef-0123-456789abcdef").complete(false).await.unwrap_err();
    assert!(matches!(*another_run, durably::AsyncActivityError::NotFound(_)), "{another_run}");
    let waiting = approve_outside::async_handle_by_id(&client, by_id.workflow_id(), "approve");
    let waiting = waiting.for_run(by_id.run_id().unwrap());
    assert!(!waiting.heartbeat("still looking".to_owned()).await.unwrap().cancel_requested);
    waiting.complete(false).await.unwrap();
    assert!(!by_id.result().await.unwrap());

    worker.shutdown().await.unwrap();
}

/// Waits for a decision that comes from elsewhere, and says how it ended.
#[workflow]
#[derive(Default)]
struct Petition;

#[workflow]
impl Petition {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, heartbeat_timeout: Duration) -> WorkflowResult<String> {
        let decision = Desk::activities(ctx).decide().activity_id("decide").heartbeat_timeout(heartbeat_timeout);
        let decision = decision.cancellation_type(ActivityCancellationType::WaitCancellationCompleted).await;
        Ok(match decision {
            Ok(decision) => decision,
            Err(error) => match (error.reason(), error.as_cancelled()) {
                (_, Some(cancelled)) => {
                    format!("cancelled: {}", cancelled.details::<String>().unwrap().unwrap_or_default())
                }
                (Some(IncomingError::Application(failure)), _) => {
                    let kind = failure.type_name().unwrap_or_default();
                    format!("{kind}: {failure} {}", failure.details::<String>().unwrap().unwrap_or_default())
                }
                (Some(IncomingError::Timeout(timeout)), _) => format!("{:?} timeout", timeout.timeout_type()),
                _ => format!("{error:?}"),
            },
        })
    }
}

/// Runs `test` with a petition whose activity has returned, and its token.
async fn with_petition(
    heartbeat_timeout: Duration,
    test: impl AsyncFnOnce(&Client, PetitionHandle, Vec<u8>, &mut mpsc::UnboundedReceiver<Vec<u8>>),
) {
    let (sender, mut tokens) = mpsc::unbounded_channel();
    let desk = Desk { tokens: Mutex::new(sender) };
    with_worker(
        |worker| worker.workflow::<Petition>().activities(desk),
        async |client, queue| {
            let petition = Petition::start(client, heartbeat_timeout).id(unique("petition")).task_queue(queue);
            let petition = petition.await.unwrap();
            let token = tokens.recv().await.unwrap();
            test(client, petition, token, &mut tokens).await;
        },
    )
    .await;
}

const LONG: Duration = Duration::from_secs(50);

#[tokio::test]
async fn an_activity_stays_started_after_its_function_has_returned() {
    with_petition(LONG, async |client, petition, token, _| {
        let pending = petition.describe().await.unwrap().into_raw().pending_activities.remove(0);
        assert_eq!((pending.state(), pending.activity_id.as_str()), (PendingActivityState::Started, "decide"));
        Desk::async_handle(client, token).decide().complete("granted".to_owned()).await.unwrap();
        assert_eq!(petition.result().await.unwrap(), "granted");
    })
    .await;
}

#[tokio::test]
async fn heartbeats_from_outside_keep_it_alive_and_bring_the_cancellation() {
    with_petition(Duration::from_secs(1), async |client, petition, token, _| {
        let decision = Desk::async_handle(client, token).decide();
        // Five times the heartbeat timeout.
        for minute in 0..17_u32 {
            assert!(!decision.heartbeat(minute).await.unwrap().cancel_requested);
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        petition.cancel().await.unwrap();
        event!(petition, ActivityTaskCancelRequestedEventAttributes);
        assert!(decision.heartbeat(17_u32).await.unwrap().cancel_requested);
        decision.report_cancellation("withdrawn".to_owned()).await.unwrap();
        assert_eq!(petition.result().await.unwrap(), "cancelled: withdrawn");
        let [cancelled] = recorded!(petition, ActivityTaskCanceledEventAttributes).try_into().unwrap();
        assert_eq!(texts(&cancelled.details), ["\"withdrawn\""]);
    })
    .await;
}

#[tokio::test]
async fn without_heartbeats_from_outside_it_times_out() {
    with_petition(Duration::from_millis(500), async |client, petition, token, tokens| {
        // Nobody cares for the second attempt either.
        tokens.recv().await.unwrap();
        assert_eq!(petition.result().await.unwrap(), "Heartbeat timeout");
        let late = Desk::async_handle(client, token).decide().heartbeat(1_u32).await.unwrap_err();
        assert!(matches!(*late, durably::AsyncActivityError::NotFound(_)), "{late:?}");
    })
    .await;
}

#[tokio::test]
async fn a_failure_from_outside_has_type_and_details_and_is_tried_again() {
    with_petition(LONG, async |client, petition, token, tokens| {
        let lost =
            || ApplicationFailure::builder(std::io::Error::other("the file is lost")).type_name("Lost".to_owned());
        Desk::async_handle(client, token).decide().fail(lost().build()).await.unwrap();
        let token = tokens.recv().await.unwrap();
        let failure = lost().details("cellar".to_owned()).non_retryable(true).build();
        Desk::async_handle(client, token).decide().fail(failure).await.unwrap();
        assert_eq!(petition.result().await.unwrap(), "Lost: the file is lost cellar");
        let [failed] = recorded!(petition, ActivityTaskFailedEventAttributes).try_into().unwrap();
        assert_eq!(failed.failure.unwrap().message, "the file is lost");
        let [started] = recorded!(petition, ActivityTaskStartedEventAttributes).try_into().unwrap();
        assert_eq!(started.attempt, 2);
    })
    .await;
}

#[tokio::test]
async fn an_activity_is_told_apart_by_ids_alone() {
    with_petition(LONG, async |client, petition, _, tokens| {
        let decision = Desk::async_handle_by_id(client, petition.workflow_id(), "decide").decide();
        assert!(!decision.heartbeat(1_u32).await.unwrap().cancel_requested);
        decision.fail(ApplicationFailure::new("the ink is dry")).await.unwrap();
        // The next attempt has the same ids.
        tokens.recv().await.unwrap();
        petition.cancel().await.unwrap();
        event!(petition, ActivityTaskCancelRequestedEventAttributes);
        assert!(decision.heartbeat(2_u32).await.unwrap().cancel_requested);
        decision.report_cancellation("withdrawn".to_owned()).await.unwrap();
        assert_eq!(petition.result().await.unwrap(), "cancelled: withdrawn");
        let late = decision.complete("granted".to_owned()).await.unwrap_err();
        assert!(matches!(*late, durably::AsyncActivityError::NotFound(_)), "{late:?}");
    })
    .await;
}

/// Reads what was done for its first attempt from outside.
#[activities]
impl Archive {
    #[activity(start_to_close_timeout = "60s", retry_policy(initial_interval = "10ms"))]
    async fn copy(&self, ctx: &ActivityContext) -> ActivityResult<String> {
        if let Some((page, (shelf, ()))) = ctx.last_heartbeat_list::<(u32, (String, ()))>()? {
            return Ok(format!("{shelf} from page {page}"));
        }
        self.tokens.send(ctx.info().task_token.clone())?;
        Err(ActivityError::WillCompleteAsync)
    }
}

struct Archive {
    tokens: mpsc::UnboundedSender<Vec<u8>>,
}

#[workflow]
#[derive(Default)]
struct Copying;

#[workflow]
impl Copying {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<String> {
        Ok(Archive::activities(ctx).copy().await?)
    }
}

#[tokio::test]
async fn details_from_outside_are_read_typed_on_the_next_attempt() {
    let (sender, mut tokens) = mpsc::unbounded_channel();
    with_worker(
        |worker| worker.workflow::<Copying>().activities(Archive { tokens: sender }),
        async |client, queue| {
            let copying = Copying::start(client).id(unique("copying")).task_queue(queue).await.unwrap();
            let copy = Archive::async_handle(client, tokens.recv().await.unwrap()).copy();
            copy.heartbeat_list((17_u32, ("the upper shelf".to_owned(), ()))).await.unwrap();
            copy.fail(ApplicationFailure::new("the copier is out of paper")).await.unwrap();
            assert_eq!(copying.result().await.unwrap(), "the upper shelf from page 17");
        },
    )
    .await;
}
