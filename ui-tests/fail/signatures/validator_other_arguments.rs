//! A validator takes what its update takes.

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
    fn rename(&mut self, _from: String, _to: String) {}

    #[update_validator(rename)]
    fn check_rename(&self) -> Result<(), ApplicationFailure> {
        Ok(())
    }
}

fn main() {}
