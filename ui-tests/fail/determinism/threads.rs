//! A workflow starts no threads.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let _ = std::thread::spawn(|| 1).join();
        std::thread::scope(|_| ());
        let _ = std::thread::current().id();
        Ok(())
    }
}

fn main() {}
