//! An argument has a name, which callers see.

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
    fn submit(&mut self, (_first, _last): (String, String)) {}

    #[query]
    fn pending(&self, _: u8) -> u8 {
        0
    }
}

fn main() {}
