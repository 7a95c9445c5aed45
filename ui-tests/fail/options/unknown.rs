//! Options that do not exist: the ones that do are listed, and the nearest is offered.

use durably::prelude::*;

#[workflow(task_que = "q")]
#[derive(Default)]
struct Greeting;

#[workflow(rename = "PascalCase")]
impl Greeting {
    #[run(workflow_id = "greeting")]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }

    #[signal(nam = "exit")]
    fn close(&mut self) {}
}

#[activity(timeout = "1s")]
async fn compose() {}

#[activity(retry_policy(max_attempts = 3))]
async fn pay() {}

fn main() {}
