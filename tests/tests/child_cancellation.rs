//! What each cancellation type of a child does; and a parent that is cancelled, and cleans up.

use durably::{
    ChildWorkflowCancellationType, ParentClosePolicy, TimerOptions, TimerResult, WaitConditionOptions,
    WorkflowCancellationToken, WorkflowExecutionStatus, WorkflowGetResultError, prelude::*,
};
use durably_tests::{event, eventually::eventually, recorded, unique, with_worker};

/// Asked to cancel itself, it does not until it is let go.
#[workflow]
#[derive(Default)]
struct Ward {
    let_go: bool,
}

#[workflow]
impl Ward {
    #[run(id = "ward-{_name}")]
    async fn run(ctx: &WorkflowContext<Self>, _name: String) -> WorkflowResult<()> {
        ctx.cancelled().await;
        let detached = WaitConditionOptions::builder().cancellation_token(WorkflowCancellationToken::new()).build();
        ctx.wait_condition_with_options(|w| w.let_go, detached).await?;
        Err(WorkflowTermination::cancelled())
    }

    #[signal]
    fn let_go(&mut self) {
        self.let_go = true;
    }
}

#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
enum Parting {
    Abandon,
    TryCancel,
    WaitRequested,
    WaitCompleted,
}

/// Cancels its child when it is told to, and says how the wait for it has ended.
#[workflow]
#[derive(Default)]
struct Guardian {
    now: bool,
    said: Option<String>,
    done: bool,
}

#[workflow]
impl Guardian {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, name: String, parting: Parting) -> WorkflowResult<()> {
        let cancellation_type = match parting {
            Parting::Abandon => ChildWorkflowCancellationType::Abandon,
            Parting::TryCancel => ChildWorkflowCancellationType::TryCancel,
            Parting::WaitRequested => ChildWorkflowCancellationType::WaitCancellationRequested,
            Parting::WaitCompleted => ChildWorkflowCancellationType::WaitCancellationCompleted,
        };
        let ward = Ward::child(ctx, name).cancellation_type(cancellation_type);
        let ward = ward.parent_close_policy(ParentClosePolicy::Abandon).await?.result();
        ctx.wait_condition(|w| w.now).await?;
        ward.cancel("grown up");
        let ended = match ward.await {
            Err(error) if error.as_cancelled().is_some() => "cancelled".to_owned(),
            other => format!("{other:?}"),
        };
        ctx.state_mut(|w| w.said = Some(ended));
        Ok(ctx.wait_condition(|w| w.done).await?)
    }

    #[signal]
    fn cancel_now(&mut self) {
        self.now = true;
    }

    #[signal]
    fn be_done(&mut self) {
        self.done = true;
    }

    #[query]
    fn said(&self) -> Option<String> {
        self.said.clone()
    }
}

async fn said(guardian: &GuardianHandle) -> String {
    eventually(|| async { guardian.said().await.unwrap().ok_or("it still waits for its child") }).await
}

#[tokio::test]
async fn a_child_is_cancelled_as_its_type_says() {
    with_worker(
        |worker| worker.workflow::<Guardian>().workflow::<Ward>(),
        async |client, queue| {
            for parting in [Parting::Abandon, Parting::TryCancel, Parting::WaitRequested, Parting::WaitCompleted] {
                let name = unique("parting");
                let guardian = Guardian::start(client, &name, parting).id(unique("guardian")).task_queue(queue);
                let guardian = guardian.await.unwrap();
                event!(guardian, ChildWorkflowExecutionStartedEventAttributes);
                let ward = Ward::handle(client, format!("ward-{name}"));
                guardian.cancel_now().await.unwrap();

                if parting == Parting::Abandon {
                    assert_eq!(said(&guardian).await, "cancelled");
                    assert!(recorded!(ward, WorkflowExecutionCancelRequestedEventAttributes).is_empty());
                    ward.terminate().await.unwrap();
                } else {
                    // Each of the others asks it, with the reason.
                    let asked = event!(ward, WorkflowExecutionCancelRequestedEventAttributes);
                    assert_eq!(asked.cause, "grown up", "{parting:?}");
                    event!(guardian, ExternalWorkflowExecutionCancelRequestedEventAttributes);
                    match parting {
                        Parting::TryCancel => {
                            assert_eq!(said(&guardian).await, "cancelled");
                            assert_eq!(ward.describe().await.unwrap().status(), WorkflowExecutionStatus::Running);
                        }
                        Parting::WaitCompleted => {
                            assert_eq!(guardian.said().await.unwrap(), None, "it waits to the end");
                        }
                        // Temporal's Core waits to the end here too, which may change.
                        _ => {}
                    }
                    ward.let_go().await.unwrap();
                    event!(guardian, ChildWorkflowExecutionCanceledEventAttributes);
                    assert_eq!(said(&guardian).await, "cancelled", "{parting:?}");
                }
                guardian.be_done().await.unwrap();
                guardian.result().await.unwrap();
                let requests = recorded!(guardian, RequestCancelExternalWorkflowExecutionInitiatedEventAttributes);
                assert_eq!(requests.len(), usize::from(parting != Parting::Abandon), "{parting:?}");
            }
        },
    )
    .await;
}

#[workflow]
#[derive(Default)]
struct Cleaner;

#[workflow]
impl Cleaner {
    #[run(id = "cleaner-{name}")]
    async fn run(name: String) -> String {
        format!("{name} is clean")
    }
}

/// Its child is cancelled along with it; then it cleans up: a moment of rest and another child, both out of reach of its
/// cancellation.
#[workflow]
#[derive(Default)]
struct Household;

#[workflow]
impl Household {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, name: String) -> WorkflowResult<()> {
        let ward = Ward::child(ctx, &name).execute().await;
        assert!(ward.is_err(), "{ward:?}");
        let attached = ctx.timer(Duration::from_millis(1)).await;
        let detached = WorkflowCancellationToken::new();
        let rest = TimerOptions::builder(Duration::from_millis(1)).cancellation_token(detached.clone()).build();
        let rest = ctx.timer(rest).await;
        assert_eq!((attached, rest), (TimerResult::Cancelled, TimerResult::Fired));
        Cleaner::child(ctx, name).cancellation_token(detached).execute().await?;
        Err(WorkflowTermination::cancelled())
    }
}

#[tokio::test]
async fn a_cancelled_parent_cancels_its_child_and_cleans_up_with_another() {
    with_worker(
        |worker| worker.workflow::<Household>().workflow::<Ward>().workflow::<Cleaner>(),
        async |client, queue| {
            let name = unique("house");
            let household = Household::start(client, &name).id(unique("household")).task_queue(queue).await.unwrap();
            event!(household, ChildWorkflowExecutionStartedEventAttributes);
            household.cancel().await.unwrap();
            let ward = Ward::handle(client, format!("ward-{name}"));
            event!(ward, WorkflowExecutionCancelRequestedEventAttributes);
            ward.let_go().await.unwrap();
            let cancelled = household.result().await.unwrap_err();
            assert!(matches!(*cancelled, WorkflowGetResultError::Cancelled { .. }), "{cancelled:?}");
            assert_eq!(ward.describe().await.unwrap().status(), WorkflowExecutionStatus::Canceled);
            assert_eq!(recorded!(household, ChildWorkflowExecutionCanceledEventAttributes).len(), 1);
            assert_eq!(recorded!(household, ChildWorkflowExecutionCompletedEventAttributes).len(), 1);
        },
    )
    .await;
}
