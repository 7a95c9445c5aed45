//! A child, an external workflow and a continued run take what their run method and signals take.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Parent;

#[workflow]
impl Parent {
    #[run(id = "parent")]
    async fn run(ctx: &WorkflowContext<Self>, round: u32) -> WorkflowResult<()> {
        let child = Order::child(ctx, "seven").await?;
        child.add(7).await?;
        let total: String = child.result().await?;
        let total: String = Order::child(ctx, 7).execute().await?;
        Order::external(ctx, 7).add("tea").await?;
        Order::external(ctx, "order-7").add().await?;
        Parent::continue_as_new(ctx).await?;
        Parent::continue_as_new(ctx, "again").await?;
        Order::continue_as_new(ctx, round).await
    }
}

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Order;

#[workflow]
impl Order {
    #[run(id = "order-{number}")]
    async fn run(number: u64) -> WorkflowResult<u64> {
        Ok(number)
    }

    #[signal]
    fn add(&mut self, _item: String) {}
}

fn main() {}
