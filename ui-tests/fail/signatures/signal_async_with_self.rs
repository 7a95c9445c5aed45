//! An async signal reaches the state through its context.

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

    #[signal]
    async fn close(&mut self) {}
}

fn main() {}
