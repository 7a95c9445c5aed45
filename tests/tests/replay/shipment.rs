//! Child workflows: one that is signalled, one that fails.

use durably::{WorkflowHistory, prelude::*};
use durably_tests::unique;

#[workflow]
#[derive(Default)]
pub(super) struct Shipment;

#[workflow]
impl Shipment {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, id: String) -> WorkflowResult<(u32, bool)> {
        let first = Box::child(ctx, 3).id(format!("{id}-box")).await?;
        first.fill(4).await?;
        let filled = first.result().await?;
        let failed = Box::child(ctx, 0).execute().await.is_err();
        Ok((filled, failed))
    }
}

#[workflow]
#[derive(Default)]
pub(super) struct Box {
    filled: Option<u32>,
}

#[workflow]
impl Box {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, size: u32) -> WorkflowResult<u32> {
        if size == 0 {
            return Err(ApplicationFailure::non_retryable("there is no such box").into());
        }
        ctx.wait_condition(|w| w.filled.is_some()).await?;
        Ok(ctx.state(|w| w.filled.unwrap_or_default()) * size)
    }

    #[signal]
    fn fill(&mut self, count: u32) {
        self.filled = Some(count);
    }
}

/// The history of the parent, and of its first child.
pub(super) async fn record(client: &Client) -> (WorkflowHistory, WorkflowHistory) {
    let queue = unique("shipment");
    let worker = Worker::new(client, &queue).workflow::<Shipment>().workflow::<Box>().start().unwrap();
    let shipment = Shipment::start(client, &queue).id(&queue).task_queue(&queue).await.unwrap();
    assert_eq!(shipment.result().await.unwrap(), (12, true));
    worker.shutdown().await.unwrap();
    (shipment.history().into(), Box::handle(client, format!("{queue}-box")).history().into())
}
