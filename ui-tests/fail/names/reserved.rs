//! Names that begin with two underscores are Temporal's.

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

    #[signal(name = "__temporal_close")]
    fn close(&mut self) {}

    #[query]
    fn __temporal_pending(&self) -> u32 {
        0
    }
}

fn main() {}
