//! `#[workflow]` stands on the impl, but not on the struct.

use durably::prelude::*;

#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }

    #[signal]
    fn submit(&mut self, _name: String) {}

    #[query]
    fn pending(&self) -> usize {
        0
    }
}

async fn drive(client: &Client) {
    let _ = Greeting::start(client).await;
}

fn main() {}
