//! How workflows end, and what their callers get to know of it.

use durably::{
    CallError, IncomingError, WorkflowExecutionStatus, WorkflowGetResultError, WorkflowInteractionError, prelude::*,
};
use durably_tests::{
    client, event, events, unique,
    wire::{json, texts},
    with_worker,
};

/// Ends as it is told.
#[workflow]
#[derive(Default)]
struct Ending;

#[derive(Debug, thiserror::Error)]
#[error("the disk is full")]
struct DiskFull;

#[workflow]
impl Ending {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, how: String) -> WorkflowResult<String> {
        match &*how {
            "fail" => Err(ApplicationFailure::non_retryable("it went wrong"))?,
            "typed" => {
                let failure = ApplicationFailure::builder(DiskFull);
                Err(failure.type_name("DiskFull".to_owned()).non_retryable(true).build())?
            }
            "cancelled" => Err(WorkflowTermination::cancelled_with_details("half done".to_owned())),
            "wait" => {
                let reason = ctx.cancelled().await;
                Ok(format!("cancelled: {}", reason.unwrap_or_default()))
            }
            "give way" => {
                ctx.cancelled().await;
                Err(WorkflowTermination::cancelled())
            }
            "again" => Ending::continue_as_new(ctx, "well").await,
            how => Ok(how.to_owned()),
        }
    }
}

fn ending(worker: Worker) -> Worker {
    worker.workflow::<Ending>()
}

async fn start(client: &Client, queue: &str, how: &str) -> EndingHandle {
    Ending::start(client, how).id(unique("ending")).task_queue(queue).await.unwrap()
}

async fn status(ending: &EndingHandle) -> WorkflowExecutionStatus {
    ending.describe().await.unwrap().status()
}

#[tokio::test]
async fn a_failure_arrives_with_its_message() {
    with_worker(ending, async |client, queue| {
        let ending = start(client, queue, "fail").await;
        let error = ending.result().await.unwrap_err();
        assert!(error.is_workflow_outcome());
        assert!(error.to_string().contains("it went wrong"), "{error}");
        assert_eq!(status(&ending).await, WorkflowExecutionStatus::Failed);

        let start = Ending::start(client, "fail").id(unique("ending")).task_queue(queue);
        let error = start.execute().await.unwrap_err();
        assert!(error.to_string().contains("it went wrong"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_failure_arrives_with_its_type() {
    with_worker(ending, async |client, queue| {
        let ending = start(client, queue, "typed").await;
        let error = ending.result().await.unwrap_err();
        let WorkflowGetResultError::Failed(failure) = error.kind else { panic!("{error:?}") };
        let IncomingError::Application(failure) = *failure else { panic!("{failure:?}") };
        assert_eq!((failure.type_name(), failure.is_non_retryable()), (Some("DiskFull"), true));
        assert_eq!(failure.to_string(), "the disk is full");
    })
    .await;
}

#[tokio::test]
async fn a_cancelled_workflow_sees_why_and_may_still_complete() {
    with_worker(ending, async |client, queue| {
        let ending = start(client, queue, "wait").await;
        ending.cancel().reason("out of stock").await.unwrap();
        assert_eq!(ending.result().await.unwrap(), "cancelled: out of stock");
        let requested = events!(ending, WorkflowExecutionCancelRequestedEventAttributes);
        assert_eq!(requested[0].cause, "out of stock");
        assert_eq!(status(&ending).await, WorkflowExecutionStatus::Completed);
    })
    .await;
}

#[tokio::test]
async fn a_cancelled_workflow_may_give_way() {
    with_worker(ending, async |client, queue| {
        let ending = start(client, queue, "give way").await;
        ending.cancel().await.unwrap();
        let error = ending.result().await.unwrap_err();
        assert!(matches!(*error, WorkflowGetResultError::Cancelled { .. }), "{error:?}");
        assert_eq!(status(&ending).await, WorkflowExecutionStatus::Canceled);
    })
    .await;
}

#[tokio::test]
async fn a_cancellation_may_carry_details() {
    with_worker(ending, async |client, queue| {
        let error = start(client, queue, "cancelled").await.result().await.unwrap_err();
        let WorkflowGetResultError::Cancelled { details } = error.kind else { panic!("{error:?}") };
        assert_eq!(details.deserialize::<String>().unwrap(), "half done");
    })
    .await;
}

#[tokio::test]
async fn a_terminated_workflow_has_its_reason_and_details_in_the_history() {
    with_worker(ending, async |client, queue| {
        let ending = start(client, queue, "wait").await;
        ending.terminate().reason("by hand").details(json(&["\"found stuck\""])).await.unwrap();
        let error = ending.result().await.unwrap_err();
        let WorkflowGetResultError::Terminated { details } = error.kind else { panic!("{error:?}") };
        assert_eq!(details.deserialize::<String>().unwrap(), "found stuck");
        let terminated = event!(ending, WorkflowExecutionTerminatedEventAttributes);
        assert_eq!((&*terminated.reason, texts(&terminated.details)), ("by hand", vec!["\"found stuck\"".to_owned()]));
        assert_eq!(status(&ending).await, WorkflowExecutionStatus::Terminated);
    })
    .await;
}

#[tokio::test]
async fn a_workflow_that_nobody_runs_times_out() {
    let client = client().await;
    let start = Ending::start(&client, "well").id(unique("ending")).task_queue(unique("nobody"));
    let ending = start.run_timeout(Duration::from_secs(1)).await.unwrap();
    let error = ending.result().await.unwrap_err();
    assert!(matches!(*error, WorkflowGetResultError::TimedOut), "{error:?}");
    assert_eq!(status(&ending).await, WorkflowExecutionStatus::TimedOut);
}

#[tokio::test]
async fn a_result_follows_the_runs_unless_told_otherwise() {
    with_worker(ending, async |client, queue| {
        let ending = start(client, queue, "again").await;
        assert_eq!(ending.result().await.unwrap(), "well");
        let error = ending.result().follow_runs(false).await.unwrap_err();
        assert!(matches!(*error, WorkflowGetResultError::ContinuedAsNew), "{error:?}");
        let started = ending.for_run(ending.run_id().unwrap());
        assert_eq!(status(&started).await, WorkflowExecutionStatus::ContinuedAsNew);
    })
    .await;
}

#[tokio::test]
async fn a_handle_by_id_means_the_latest_run_and_one_for_a_run_means_that() {
    with_worker(ending, async |client, queue| {
        let first = start(client, queue, "again").await;
        first.result().await.unwrap();
        let second_client = durably_tests::client().await;
        let latest = Ending::handle(&second_client, first.workflow_id());
        assert_eq!(latest.run_id(), None);
        let latest_run = latest.describe().await.unwrap().run_id().to_owned();
        assert_ne!(Some(&*latest_run), first.run_id());

        let bound = latest.for_run(first.run_id().unwrap());
        assert_eq!(bound.run_id(), first.run_id());
        assert_eq!(status(&bound).await, WorkflowExecutionStatus::ContinuedAsNew);
        assert_eq!(events!(bound, WorkflowExecutionContinuedAsNewEventAttributes).len(), 1);
        assert_eq!(latest.for_run(latest_run).result().await.unwrap(), "well");
        assert_eq!(first.first_execution_run_id(), first.run_id());
    })
    .await;
}

#[tokio::test]
async fn a_description_tells_what_the_server_knows() {
    with_worker(ending, async |client, queue| {
        let ending = start(client, queue, "wait").await;
        let description = ending.describe().await.unwrap();
        assert_eq!((description.id(), Some(description.run_id())), (ending.workflow_id(), ending.run_id()));
        assert_eq!((description.workflow_type(), description.task_queue()), ("Ending", queue));
        assert_eq!(description.status(), WorkflowExecutionStatus::Running);
        assert!(description.close_time().is_none());
        ending.terminate().await.unwrap();
        assert!(ending.describe().await.unwrap().close_time().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_history_is_all_events_in_order() {
    with_worker(ending, async |client, queue| {
        let ending = start(client, queue, "well").await;
        assert_eq!(ending.result().await.unwrap(), "well");
        let events = ending.history().into_events().await.unwrap();
        let kinds: Vec<_> = events.iter().map(|event| event.event_type().as_str_name()).collect();
        assert_eq!(
            kinds,
            [
                "EVENT_TYPE_WORKFLOW_EXECUTION_STARTED",
                "EVENT_TYPE_WORKFLOW_TASK_SCHEDULED",
                "EVENT_TYPE_WORKFLOW_TASK_STARTED",
                "EVENT_TYPE_WORKFLOW_TASK_COMPLETED",
                "EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED",
            ]
        );
        let completed = event!(ending, WorkflowExecutionCompletedEventAttributes);
        assert_eq!(texts(&completed.result), ["\"well\""]);
    })
    .await;
}

#[tokio::test]
async fn of_no_workflow_nothing_is_found() {
    let client = client().await;
    let nobody = Ending::handle(&client, unique("nobody"));
    let not_found = |error: CallError<WorkflowInteractionError>| {
        assert!(matches!(*error, WorkflowInteractionError::NotFound(_)), "{error:?}");
    };
    not_found(nobody.describe().await.unwrap_err());
    not_found(nobody.cancel().await.unwrap_err());
    not_found(nobody.terminate().await.unwrap_err());
    not_found(nobody.history().into_events().await.unwrap_err());
    let error = nobody.result().await.unwrap_err();
    assert!(matches!(*error, WorkflowGetResultError::NotFound(_)), "{error:?}");
}

#[tokio::test]
async fn a_closed_workflow_is_neither_cancelled_nor_terminated() {
    with_worker(ending, async |client, queue| {
        let ending = start(client, queue, "well").await;
        ending.result().await.unwrap();
        let error = ending.terminate().await.unwrap_err();
        assert!(matches!(*error, WorkflowInteractionError::NotFound(_)), "{error:?}");
    })
    .await;
}

#[tokio::test]
async fn a_result_of_another_type_does_not_decode() {
    /// Claims another result.
    #[workflow(name = "Ending")]
    #[derive(Default)]
    struct Misunderstood;

    #[workflow]
    impl Misunderstood {
        #[run]
        async fn run(how: String) -> u32 {
            how.len().try_into().unwrap_or_default()
        }
    }

    with_worker(ending, async |client, queue| {
        let ending = start(client, queue, "well").await;
        let error = Misunderstood::handle(client, ending.workflow_id()).result().await.unwrap_err();
        assert!(matches!(*error, WorkflowGetResultError::PayloadConversion(_)), "{error:?}");
    })
    .await;
}
