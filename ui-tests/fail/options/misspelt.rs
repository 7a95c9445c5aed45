//! What is nearly an option is asked about.

use durably::prelude::*;

#[workflow(task_queu = "q", run_timout = "1s")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        Ok(())
    }

    #[signal(nme = "exit")]
    fn close(&mut self) {}
}

#[activity(retry_polciy(maximum_attempts = 3), heartbeat_timout = "1s")]
async fn compose() {}

fn main() {}
