//! An init method makes the state from what the run method takes.

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

    #[init]
    async fn new(&self, _host: String) {}

    #[init]
    fn other() -> Self {
        Greeting
    }
}

fn main() {}
