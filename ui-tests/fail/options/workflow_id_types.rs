//! What a template of a workflow id names must be displayable, and its fields must exist.

use durably::prelude::*;

#[derive(serde::Serialize, serde::Deserialize)]
struct Customer {
    name: String,
}

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Order;

#[workflow]
impl Order {
    #[run(id = "order-{customer}")]
    async fn run(customer: Customer) -> WorkflowResult<()> {
        let _ = customer.name;
        Ok(())
    }
}

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Invoice;

#[workflow]
impl Invoice {
    #[run(id = "invoice-{customer.number}")]
    async fn run(customer: Customer) -> WorkflowResult<()> {
        let _ = customer.name;
        Ok(())
    }
}

fn main() {}
