//! A workflow runs once.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }

    #[run]
    async fn again() -> WorkflowResult<()> {
        Ok(())
    }
}

fn main() {}
