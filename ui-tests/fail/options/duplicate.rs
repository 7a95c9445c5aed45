//! An option is given once.

use durably::prelude::*;

#[workflow(task_queue = "q", task_queue = "p")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        Ok(())
    }

    #[signal(name = "exit", name = "leave")]
    fn close(&mut self) {}
}

fn main() {}
