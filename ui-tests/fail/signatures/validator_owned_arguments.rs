//! A validator leaves the arguments to its update.

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

    #[update]
    fn rename(&mut self, _name: String) {}

    #[update_validator(rename)]
    fn check_rename(&self, _name: String) -> Result<(), ApplicationFailure> {
        Ok(())
    }
}

fn main() {}
