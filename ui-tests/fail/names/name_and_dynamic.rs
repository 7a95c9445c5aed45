//! What answers to every name has none of its own.

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

    #[query(name = "any", dynamic)]
    fn any(&self, _name: String, _args: RawValue) -> u32 {
        0
    }
}

fn main() {}
