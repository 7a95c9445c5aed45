//! A start that lacks both an id and a task queue: both are said.

use durably::prelude::*;

#[workflow]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }
}

async fn start(client: &Client) {
    let _ = Greeting::start(client).await;
}

fn main() {}
