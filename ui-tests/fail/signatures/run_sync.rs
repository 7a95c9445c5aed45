//! A run method waits, so it is async.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run]
    fn run() -> WorkflowResult<()> {
        Ok(())
    }
}

fn main() {}
