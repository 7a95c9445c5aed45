//! A workflow's handlers are in an impl of its own.

use durably::prelude::*;

#[workflow]
#[derive(Default)]
struct Greeting;

trait Run {
    async fn run() -> WorkflowResult<()>;
}

#[workflow]
impl Run for Greeting {
    #[run]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }
}

fn main() {}
