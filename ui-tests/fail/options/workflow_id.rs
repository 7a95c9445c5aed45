//! The template of a workflow id names arguments of the run method.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "{hots}-{ctx}")]
    async fn run(_ctx: &WorkflowContext<Self>, host: String) -> WorkflowResult<()> {
        let _ = host;
        Ok(())
    }
}

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Order;

#[workflow]
impl Order {
    #[run(id = "order-{number:?}")]
    async fn run(number: u32) -> WorkflowResult<()> {
        let _ = number;
        Ok(())
    }
}

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Braces;

#[workflow]
impl Braces {
    #[run(id = "order-{number")]
    async fn run(number: u32) -> WorkflowResult<()> {
        let _ = number;
        Ok(())
    }
}

fn main() {}
