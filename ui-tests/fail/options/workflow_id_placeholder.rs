//! A placeholder is an argument.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting-{hots}")]
    async fn run(_ctx: &WorkflowContext<Self>, host: String) -> WorkflowResult<String> {
        Ok(host)
    }
}

fn main() {}
