//! A type is known by what it is, not by what it is called.

use std::time::Instant as Since;

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting(Option<Since>, Option<Watch>);

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        Ok(())
    }
}

type Watch = std::time::Instant;

fn main() {}
