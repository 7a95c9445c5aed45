//! Options are read when the program is compiled, so they are literals.

use durably::prelude::*;

#[workflow(task_queue = QUEUE, run_timeout = HOUR)]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        Ok(())
    }

    #[signal(name = CLOSE)]
    fn close(&mut self) {}
}

const QUEUE: &str = "q";
const CLOSE: &str = "exit";
const HOUR: &str = "1h";

#[activity(retry_policy(maximum_attempts = ATTEMPTS))]
async fn compose() {}

const ATTEMPTS: u32 = 3;

fn main() {}
