//! A run takes no longer than all runs, a task no longer than a run.

use durably::prelude::*;

#[workflow(run_timeout = "2h", execution_timeout = "1h", task_timeout = "3h")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        Ok(())
    }
}

fn main() {}
