//! Every impl with markers is marked itself.

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

impl Greeting {
    #[signal]
    fn close(&mut self) {}
}

fn main() {}
