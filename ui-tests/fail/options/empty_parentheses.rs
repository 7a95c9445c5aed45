//! Parentheses hold something.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        Ok(())
    }

    #[signal()]
    fn close(&mut self) {}

    #[query[]]
    fn pending(&self) -> u32 {
        0
    }
}

#[activity()]
async fn compose() {}

#[workflow()]
struct Order;

fn main() {}
