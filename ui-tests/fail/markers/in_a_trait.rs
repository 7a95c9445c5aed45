//! A trait's methods are nobody's handlers.

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
}

trait Close {
    #[signal]
    fn close(&mut self);
}

impl Close for Greeting {
    #[signal]
    fn close(&mut self) {}
}

fn main() {}
