//! The limits of a workflow: for the execution, for a run, for a task. Those of activities are in `activities::timeouts`.

use durably::{WorkflowExecutionStatus, WorkflowGetResultError, prelude::*};
use durably_tests::{event, unique, with_worker};

/// Never ends by itself: it waits, or goes on as a new run again and again.
#[workflow]
#[derive(Default)]
struct Endless;

#[workflow]
impl Endless {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, again: bool) -> WorkflowResult<()> {
        if again {
            ctx.timer(Duration::from_millis(200)).await;
            return Endless::continue_as_new(ctx, again).await;
        }
        Ok(ctx.wait_condition(|_| false).await?)
    }
}

#[workflow]
#[derive(Default)]
struct Quick;

#[workflow]
impl Quick {
    #[run]
    async fn run() -> u32 {
        7
    }
}

#[tokio::test]
async fn an_execution_timeout_spans_the_runs() {
    with_worker(
        |worker| worker.workflow::<Endless>(),
        async |client, queue| {
            let start = Endless::start(client, true).id(unique("endless")).task_queue(queue);
            let endless = start.execution_timeout(Duration::from_secs(2)).await.unwrap();
            let error = endless.result().await.unwrap_err();
            assert!(matches!(*error, WorkflowGetResultError::TimedOut), "{error:?}");
            let latest = Endless::handle(client, endless.workflow_id()).describe().await.unwrap();
            assert_eq!(latest.status(), WorkflowExecutionStatus::TimedOut);
            assert_ne!(Some(latest.run_id()), endless.first_execution_run_id(), "it went on as a new run");
        },
    )
    .await;
}

#[tokio::test]
async fn a_run_timeout_ends_the_run() {
    with_worker(
        |worker| worker.workflow::<Endless>(),
        async |client, queue| {
            let start = Endless::start(client, false).id(unique("endless")).task_queue(queue);
            let endless = start.run_timeout(Duration::from_secs(1)).await.unwrap();
            let error = endless.result().await.unwrap_err();
            assert!(matches!(*error, WorkflowGetResultError::TimedOut), "{error:?}");
            event!(endless, WorkflowExecutionTimedOutEventAttributes);
        },
    )
    .await;
}

#[tokio::test]
async fn a_run_timeout_is_for_each_run() {
    with_worker(
        |worker| worker.workflow::<Endless>(),
        async |client, queue| {
            let start = Endless::start(client, true).id(unique("endless")).task_queue(queue);
            // Far less than the runs take together.
            let endless = start.run_timeout(Duration::from_secs(2)).await.unwrap();
            let mut run_id = endless.first_execution_run_id().unwrap().to_owned();
            for _ in 0..12 {
                let run = endless.for_run(&run_id);
                run_id = event!(run, WorkflowExecutionContinuedAsNewEventAttributes).new_execution_run_id;
            }
            Endless::handle(client, endless.workflow_id()).terminate().await.unwrap();
        },
    )
    .await;
}

#[tokio::test]
async fn each_timeout_is_recorded_whether_started_or_executed() {
    with_worker(
        |worker| worker.workflow::<Quick>(),
        async |client, queue| {
            let start = |id: &str| {
                let start = Quick::start(client).id(id).task_queue(queue);
                let start = start.execution_timeout(Duration::from_secs(30)).run_timeout(Duration::from_secs(20));
                start.task_timeout(Duration::from_secs(7))
            };
            let (started, executed) = (unique("started"), unique("executed"));
            assert_eq!(start(&started).await.unwrap().result().await.unwrap(), 7);
            assert_eq!(start(&executed).execute().await.unwrap(), 7);
            for id in [started, executed] {
                let begun = event!(Quick::handle(client, &id), WorkflowExecutionStartedEventAttributes);
                let timeouts =
                    [begun.workflow_execution_timeout, begun.workflow_run_timeout, begun.workflow_task_timeout];
                assert_eq!(timeouts.map(|timeout| timeout.unwrap().seconds), [30, 20, 7], "{id}");
            }
        },
    )
    .await;
}
