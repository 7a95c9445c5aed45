//! Children, external workflows and continue-as-new, from every context that may.

use durably::{ParentClosePolicy, prelude::*};

#[workflow(task_queue = "q")]
#[derive(Default)]
pub struct Parent;

#[workflow]
impl Parent {
    #[run(id = "parent")]
    async fn run(ctx: &WorkflowContext<Self>, round: u32) -> WorkflowResult<u64> {
        let child: OrderChild = Order::child(ctx, 7_u64).parent_close_policy(ParentClosePolicy::Abandon).await?;
        child.add("tea").await?;
        let total: u64 = Order::child(ctx, 8_u64).id("order-8").execute().await? + child.result().await?;
        Order::external(ctx, "order-9").add("coffee").await?;
        if round == 0 {
            return Parent::continue_as_new(ctx, 1).await;
        }
        Order::continue_as_new(ctx, total).task_queue("other").await
    }

    #[signal]
    fn forward(&mut self, ctx: &mut SyncWorkflowContext<Self>, id: String) {
        let _ = Order::external(ctx, id);
    }

    #[update]
    async fn order(ctx: &WorkflowContext<Self>, number: u64) -> Result<u64, ApplicationFailure> {
        Order::child(ctx, number)
            .execute()
            .await
            .map_err(|error| ApplicationFailure::new(std::io::Error::other(error.to_string())))
    }
}

#[workflow(task_queue = "q")]
#[derive(Default)]
pub struct Order {
    items: Vec<String>,
}

#[workflow]
impl Order {
    #[run(id = "order-{number}")]
    async fn run(ctx: &WorkflowContext<Self>, number: u64) -> WorkflowResult<u64> {
        Ok(number + ctx.state(|w| w.items.len() as u64))
    }

    #[signal]
    fn add(&mut self, item: String) {
        self.items.push(item);
    }
}
