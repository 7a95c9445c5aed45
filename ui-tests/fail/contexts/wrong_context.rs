//! Each kind of method gets its own context.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContextView) -> WorkflowResult<()> {
        Ok(())
    }

    #[signal]
    fn submit(&mut self, _ctx: &WorkflowContext<Self>, _name: String) {}

    #[signal]
    async fn close(_ctx: &SyncWorkflowContext<Self>) {}

    #[query]
    fn pending(&self, _ctx: &WorkflowContext<Self>) -> usize {
        0
    }

    #[update]
    async fn rename(_ctx: &ActivityContext, _name: String) {}
}

#[activity]
async fn compose(_ctx: &WorkflowContextView, _name: String) {}

fn main() {}
