//! Workflows that have closed.

use durably::{
    CallError, RpcOptions, UpdateError, WorkflowExecutionStatus, WorkflowGetResultError, calls::Verb,
    temporal::client::tonic::Code,
};
use durably_tests::{event, events, unique, with_worker};

use super::{verbs::said, *};

#[tokio::test]
async fn a_closed_workflow_takes_no_messages_but_still_answers() {
    with_worker(
        |worker| worker.workflow::<Lamp>(),
        async |client, queue| {
            let lamp = Lamp::start(client).id(unique("lamp")).task_queue(queue).await.unwrap();
            lamp.switch_on().await.unwrap();
            lamp.result().await.unwrap();
            let options = RpcOptions::builder().timeout(Duration::from_secs(5)).build();
            for said in [
                said(lamp.switch_on().await),
                said(lamp.switch().rpc_options(options).await),
                said(lamp.terminate().await),
            ] {
                assert_eq!((said.not_found, said.code), (true, Some(Code::NotFound)), "{said:?}");
                assert!(said.message.ends_with("or has it closed?"), "{said:?}");
            }
            assert!(lamp.on().await.unwrap());
            assert!(lamp.describe().await.unwrap().close_time().is_some());
            assert!(lamp.result().await.unwrap());
        },
    )
    .await;
}

/// Ends as it is told.
#[workflow]
#[derive(Default)]
struct Fuse;

#[workflow]
impl Fuse {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, current: u32) -> WorkflowResult<()> {
        match current {
            0 => ctx.wait_condition(|_| false).await?,
            1 => return Fuse::continue_as_new(ctx, 0).await,
            _ => overload::execute(ctx, current).await?,
        }
        Ok(())
    }

    #[update]
    fn insert(&mut self, current: u32) -> Result<(), ApplicationFailure> {
        Err(ApplicationFailure::new(std::io::Error::other(format!("{current} A do not fit"))))
    }
}

#[activity(start_to_close_timeout = "5s")]
async fn overload(current: u32) -> ActivityResult<()> {
    let burnt = std::io::Error::other(format!("burnt by {current} A"));
    Err(ApplicationFailure::builder(burnt).non_retryable(true).build().into())
}

#[tokio::test]
async fn a_result_that_will_not_come_says_why() {
    with_worker(
        |worker| worker.workflow::<Fuse>().activity::<overload>(),
        async |client, queue| {
            let start = |current| Fuse::start(client, current).id(unique("fuse")).task_queue(queue);
            let begin = |error: &CallError<WorkflowGetResultError>| {
                assert_eq!(error.call.verb, Verb::Result);
                format!("result of workflow `{}`", error.workflow_id().unwrap())
            };

            let burnt = start(16).await.unwrap().result().await.unwrap_err();
            assert!(matches!(*burnt, WorkflowGetResultError::Failed(_)), "{burnt:?}");
            assert!(burnt.to_string().starts_with(&begin(&burnt)), "{burnt}");
            assert!(burnt.to_string().ends_with(": it failed: activity `overload` failed: burnt by 16 A"), "{burnt}");

            let fuse = start(0).await.unwrap();
            let refused = fuse.insert(7).await.unwrap_err();
            assert!(matches!(*refused, UpdateError::Failed(_)), "{refused:?}");
            assert!(refused.to_string().starts_with("update `insert` of workflow `fuse-"), "{refused}");
            assert!(refused.to_string().ends_with(": it failed: 7 A do not fit"), "{refused}");
            fuse.cancel().await.unwrap();
            let cancelled = fuse.result().await.unwrap_err();
            assert!(matches!(*cancelled, WorkflowGetResultError::Cancelled { .. }), "{cancelled:?}");
            assert!(cancelled.to_string().ends_with(": it was cancelled"), "{cancelled}");

            let fuse = start(0).await.unwrap();
            fuse.terminate().await.unwrap();
            let terminated = fuse.result().await.unwrap_err();
            assert!(matches!(*terminated, WorkflowGetResultError::Terminated { .. }), "{terminated:?}");
            assert!(terminated.to_string().ends_with(": it was terminated"), "{terminated}");

            let timed_out = start(0).run_timeout(Duration::from_secs(1)).await.unwrap().result().await.unwrap_err();
            assert!(matches!(*timed_out, WorkflowGetResultError::TimedOut), "{timed_out:?}");
            assert!(timed_out.to_string().ends_with(": it timed out"), "{timed_out}");

            let fuse = start(1).await.unwrap();
            let next = fuse.result().follow_runs(false).await.unwrap_err();
            assert!(matches!(*next, WorkflowGetResultError::ContinuedAsNew), "{next:?}");
            assert!(next.to_string().contains("`follow_runs(true)`"), "{next}");
            fuse.terminate().await.unwrap();
        },
    )
    .await;
}

#[tokio::test]
async fn a_handle_for_a_run_leaves_later_runs_alone() {
    with_worker(
        |worker| worker.workflow::<Fuse>(),
        async |client, queue| {
            let fuse = Fuse::start(client, 1).id(unique("fuse")).task_queue(queue).await.unwrap();
            let first = fuse.for_run(fuse.first_execution_run_id().unwrap());
            let next = event!(first, WorkflowExecutionContinuedAsNewEventAttributes).new_execution_run_id;
            assert!(said(first.terminate().await).not_found);
            // The server takes a cancellation of a run that is closed, and does nothing.
            let _ = first.cancel().await;
            let second = fuse.for_run(next);
            assert_eq!(second.describe().await.unwrap().status(), WorkflowExecutionStatus::Running);
            assert!(events!(second, WorkflowExecutionCancelRequestedEventAttributes).is_empty());
            fuse.terminate().await.unwrap();
        },
    )
    .await;
}
