//! A handler has no lifetimes to choose.

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
    fn pending<'a>(&'a self) -> String {
        String::new()
    }
}

fn main() {}
