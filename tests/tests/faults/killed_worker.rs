//! A worker that gets SIGKILL in the middle of its work.

use durably::{
    WorkflowExecutionStatus, prelude::*, temporal::common::protos::temporal::api::workflow::v1::PendingActivityInfo,
};
use durably_tests::{
    Child, address, client,
    faults::{Ledger, settled},
    told_to, unique,
};
use futures_util::future::try_join_all;

use super::{assert_booked_once, assert_scheduled_once, book};

const WORKFLOWS: usize = 200;
/// So many activities get an answer from the ledger while the first worker lives.
const ANSWERED: usize = 80;
/// So many effects have happened when it dies, those without an answer included.
const BOOKED: usize = 130;
const LIMIT: Duration = Duration::from_secs(90);

/// Two effects, with a pause between them.
#[workflow(task_timeout = "3s")]
#[derive(Default)]
struct Transfer;

#[workflow]
impl Transfer {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, ledger: String) -> WorkflowResult<Vec<usize>> {
        let debit = book::execute(ctx, ledger.clone()).await?;
        ctx.timer(Duration::from_secs(1)).await;
        let credit = book::execute(ctx, ledger).await?;
        Ok(vec![debit, credit])
    }
}

/// Tasks on the queue of a worker that is gone go back soon; ten seconds are the default.
fn worker(client: &Client, queue: &str) -> Worker {
    let worker = Worker::new(client, queue).workflow::<Transfer>().activity::<book>();
    worker.options(|options| options.sticky_queue_schedule_to_start_timeout = Duration::from_secs(1))
}

/// Runs in a process of its own: the child of the test below.
#[tokio::test]
#[ignore = "runs until it is killed, as the child of another test"]
async fn a_worker_that_is_killed() {
    let Some(queue) = told_to() else { return };
    worker(&client().await, &queue).run().await.unwrap();
}

#[tokio::test]
async fn a_killed_worker_is_replaced_and_nothing_is_lost_or_done_twice() {
    let (client, queue, ledger) = (client().await, unique("killed"), Ledger::open().await);
    let first = Child::start("faults::killed_worker::a_worker_that_is_killed", &queue, |command| {
        command.env("TEMPORAL_ADDRESS", address());
    });
    ledger.answer_only(ANSWERED);
    let start = || Transfer::start(&client, ledger.address()).id(unique("transfer")).task_queue(&queue);
    let transfers = try_join_all((0..WORKFLOWS).map(async |_| start().await)).await.unwrap();
    ledger.booked(BOOKED).await;
    // SIGKILL: nothing of it has a chance to say goodbye.
    drop(first);

    let left = try_join_all(transfers.iter().map(async |transfer| transfer.describe().await)).await.unwrap();
    let mut pending = Vec::new();
    for left in left.into_iter().filter(|left| left.status() == WorkflowExecutionStatus::Running) {
        pending.push(left.into_raw().pending_activities);
    }
    let begun = pending.iter().flatten().filter(|activity| was_begun(activity)).count();
    let between = pending.iter().filter(|activities| activities.is_empty()).count();
    let running = pending.len();
    assert!(running >= WORKFLOWS - ANSWERED / 2, "{running} of {WORKFLOWS} are in progress");
    assert!(begun >= BOOKED - ANSWERED, "{begun} of {running} wait for an activity that the worker had begun");
    assert!(between > 0, "none of {running} is between its activities");

    ledger.answer_all();
    let second = worker(&client, &queue).start().unwrap();
    let results = settled(&transfers, LIMIT, async |transfer| transfer.result().await.unwrap()).await;
    second.shutdown().await.unwrap();

    for result in &results {
        assert_eq!(result.len(), 2);
    }
    let ids = transfers.iter().map(|transfer| transfer.workflow_id());
    assert_booked_once(&ledger, ids.zip(results.iter().map(Vec::as_slice)));
    let repeated = ledger.pages().repeated();
    assert!(repeated >= BOOKED - ANSWERED, "{repeated} effects were asked for again, since nobody had heard of them");
    assert_scheduled_once(&transfers).await;
}

/// Whether a worker has had it. There is no time of the start while an attempt that timed out waits for the next one.
fn was_begun(activity: &PendingActivityInfo) -> bool {
    activity.last_started_time.is_some() || activity.attempt > 1
}
