//! Two handlers cannot answer to one name: both are shown.

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

    #[query]
    fn pending(&self) -> u32 {
        0
    }

    #[query(name = "pending")]
    fn waiting(&self) -> u32 {
        0
    }
}

fn main() {}
