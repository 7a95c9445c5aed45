//! A handler is a method of every handle, which has others already.

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
    fn terminate(&mut self) {}

    #[update]
    fn execute(&mut self) {}
}

fn main() {}
