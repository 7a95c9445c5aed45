//! A signal has no reply.

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
    fn close(&mut self) -> bool {
        true
    }

    #[signal]
    async fn leave() -> Result<(), ApplicationFailure> {
        Ok(())
    }
}

fn main() {}
