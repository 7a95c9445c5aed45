//! What is sent is serialised, and what is received deserialised.

use durably::prelude::*;

struct Customer;

#[derive(serde::Serialize)]
struct Order;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run]
    async fn run(_customer: Customer) -> WorkflowResult<()> {
        Ok(())
    }

    #[signal]
    fn submit(&mut self, _number: u32, _order: Order) {}
}

fn main() {}
