//! A start takes the arguments of the run method: their number, order and types.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Order;

#[workflow]
impl Order {
    #[run(id = "order-{number}")]
    async fn run(_ctx: &WorkflowContext<Self>, number: u64, customer: String) -> WorkflowResult<String> {
        Ok(format!("{number} {customer}"))
    }
}

async fn start(client: &Client) {
    let _ = Order::start(client, "Ada", 7).await;
    let _ = Order::start(client, 7).await;
    let _ = Order::start(client, 7, "Ada", true).await;
    let _ = Order::start(7, "Ada").await;
    let _: Result<u32, _> = Order::start(client, 7, "Ada").execute().await;
}

fn main() {}
