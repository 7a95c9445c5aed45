//! An argument borrows nothing inside of its type either.

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
    fn submit(&mut self, _names: Vec<&str>) {}

    #[update]
    fn rename(&mut self, _name: std::borrow::Cow<'_, str>, _limit: Option<&'static u8>) {}
}

fn main() {}
