//! Only updates have validators.

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
    fn close(&mut self) {}

    #[update_validator(close)]
    fn check_close(&self) -> Result<(), ApplicationFailure> {
        Ok(())
    }
}

fn main() {}
