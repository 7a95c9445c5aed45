//! Handles, child handles and external handles have the handlers of their own workflow only.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let child = Order::child(ctx).await?;
        child.submit_greeting("Ada").await?;
        child.order_status().await?;
        Order::external(ctx, "order-1").submit_greeting("Ada").await?;
        Ok(())
    }

    #[signal]
    fn submit_greeting(&mut self, _name: String) {}
}

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Order;

#[workflow]
impl Order {
    #[run(id = "order")]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }

    #[signal(dynamic)]
    fn any_order(&mut self, _name: String, _args: RawValue) {}

    #[query]
    fn order_status(&self) -> String {
        String::new()
    }
}

async fn drive(client: &Client) {
    let order = Order::handle(client, "order");
    let _ = order.submit_greeting("Ada").await;
    let _ = order.any_order().await;
    let _ = Order::start(client).with_signal(|w| w.submit_greeting("Ada")).await;
    let _ = Order::start(client).with_signal(|_| Greeting::handle(client, "g").submit_greeting("Ada")).await;
    let _ = Order::start(client).with_update(|w| w.order_status()).await;
}

fn main() {}
