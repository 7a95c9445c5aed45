//! The types of a validator are those of its update.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_host: String, _count: u32) -> WorkflowResult<()> {
        Ok(())
    }

    #[update]
    fn rename(&mut self, _name: String, _count: u32) {}

    #[update_validator(rename)]
    fn check_rename(&self, _name: &u32, _count: &u32) -> Result<(), ApplicationFailure> {
        Ok(())
    }
}

fn main() {}
