//! Arguments arrive owned.

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
    fn submit(&mut self, _name: &str) {}

    #[update]
    fn rename(&mut self, _names: &[String]) {}
}

fn main() {}
