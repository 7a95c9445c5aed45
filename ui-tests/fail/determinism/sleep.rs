//! A workflow waits by timers of Temporal.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        std::thread::sleep(Duration::from_secs(1));
        std::thread::park();
        std::thread::yield_now();
        Ok(())
    }
}

fn main() {}
