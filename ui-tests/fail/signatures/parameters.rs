//! Parameters: one context by reference, all others owned and named.

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

    #[signal]
    fn text(&mut self, _name: &str, _list: &[u8]) {}

    #[signal]
    fn two(&mut self, _ctx: &SyncWorkflowContext<Self>, _name: &String) {}

    #[signal]
    fn wild(&mut self, _: u8) {}

    #[signal]
    fn apart(&mut self, (_a, _b): (u8, u8)) {}

    #[signal]
    fn unnamed(&mut self, _name: impl Into<String>) {}

    #[signal]
    async fn long(_ctx: &'static WorkflowContext<Self>) {}

    #[signal]
    fn sometimes(&mut self, #[cfg(all())] _name: String) {}
}

#[activity]
fn compose(_name: &str, _ctx: &ActivityContext, _other: &String) {}

fn main() {}
