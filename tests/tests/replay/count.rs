//! Continue-as-new.

use durably::{WorkflowHistory, prelude::*};
use durably_tests::unique;

#[workflow]
#[derive(Default)]
pub(super) struct Count;

#[workflow]
impl Count {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, from: u32, to: u32) -> WorkflowResult<u32> {
        if from >= to {
            return Ok(from);
        }
        ctx.timer(Duration::from_millis(1)).await;
        Self::continue_as_new(ctx, from + 1, to).await
    }
}

/// The histories of the first run and of the last.
pub(super) async fn record(client: &Client) -> (WorkflowHistory, WorkflowHistory) {
    let queue = unique("count");
    let worker = Worker::new(client, &queue).workflow::<Count>().start().unwrap();
    let count = Count::start(client, 0, 2).id(&queue).task_queue(&queue).await.unwrap();
    assert_eq!(count.result().await.unwrap(), 2);
    worker.shutdown().await.unwrap();
    let first = count.for_run(count.first_execution_run_id().unwrap());
    (first.history().into(), Count::handle(client, &queue).history().into())
}
