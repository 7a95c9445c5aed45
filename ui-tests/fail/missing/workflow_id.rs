//! A start without a workflow id is not a future.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run]
    async fn run(_name: String) -> WorkflowResult<()> {
        Ok(())
    }

    #[signal]
    fn close(&mut self) {}

    #[update]
    fn rename(&mut self, _name: String) {}
}

async fn start(client: &Client) {
    let _ = Greeting::start(client, "Ada").await;
    let _ = Greeting::start(client, "Ada").run_timeout(Duration::from_secs(1)).execute().await;
    let _ = Greeting::start(client, "Ada").with_signal(|w| w.close()).await;
    let _ = Greeting::start(client, "Ada").with_update(|w| w.rename("Eve")).await;
}

fn main() {}
