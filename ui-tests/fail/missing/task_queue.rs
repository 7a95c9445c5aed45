//! A start without a task queue is not a future.

use durably::prelude::*;

#[workflow]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting-{name}")]
    async fn run(name: String) -> WorkflowResult<()> {
        let _ = name;
        Ok(())
    }
}

async fn start(client: &Client) {
    let _ = Greeting::start(client, "Ada").await;
    let _ = Greeting::start(client, "Ada").id("g-1").execute().await;
}

fn main() {}
