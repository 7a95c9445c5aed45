//! Workflows on a cron schedule.

use durably::{WorkflowExecutionStatus, prelude::*};
use durably_tests::{event, unique, with_worker};

/// Says how often it has run: the result of the run before is input of nothing, so it counts by the ids of its runs.
#[workflow]
#[derive(Default)]
struct Heartbeat;

#[workflow]
impl Heartbeat {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, name: String) -> String {
        format!("{name} {}", ctx.info().cron_schedule().unwrap_or_default())
    }
}

#[tokio::test]
async fn a_workflow_runs_again_on_its_cron_schedule() {
    with_worker(
        |worker| worker.workflow::<Heartbeat>(),
        async |client, queue| {
            let start = Heartbeat::start(client, "tick").id(unique("heartbeat")).task_queue(queue);
            let heartbeat = start.cron_schedule("@every 1s").await.unwrap();
            let first_run = heartbeat.first_execution_run_id().unwrap().to_owned();
            let mut run_id = first_run.clone();
            for _ in 0..2 {
                let run = heartbeat.for_run(&run_id);
                let begun = event!(run, WorkflowExecutionStartedEventAttributes);
                assert_eq!((begun.cron_schedule.as_str(), &begun.first_execution_run_id), ("@every 1s", &first_run));
                let completed = event!(run, WorkflowExecutionCompletedEventAttributes);
                assert_eq!(completed.result.unwrap().payloads[0].data, b"\"tick @every 1s\"");
                assert_ne!(completed.new_execution_run_id, run_id);
                run_id = completed.new_execution_run_id;
            }
            let latest = Heartbeat::handle(client, heartbeat.workflow_id());
            latest.terminate().await.unwrap();
            assert_eq!(latest.describe().await.unwrap().status(), WorkflowExecutionStatus::Terminated);
        },
    )
    .await;
}

#[tokio::test]
async fn a_cron_schedule_goes_with_execute_too() {
    with_worker(
        |worker| worker.workflow::<Heartbeat>(),
        async |client, queue| {
            let id = unique("heartbeat");
            let start = Heartbeat::start(client, "tock").id(&id).task_queue(queue).cron_schedule("@every 1s");
            let executing = tokio::spawn(start.execute());
            let heartbeat = Heartbeat::handle(client, &id);
            durably_tests::eventually::eventually(|| async { heartbeat.describe().await.map(drop) }).await;
            // The result of a workflow that runs for ever: there is one once someone ends it.
            heartbeat.terminate().await.unwrap();
            let ended = executing.await.unwrap().unwrap_err();
            assert!(ended.to_string().contains("terminated"), "{ended}");
        },
    )
    .await;
}
