//! A start takes what the run method takes, and results in what that does.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting-{host}")]
    async fn run(ctx: &WorkflowContext<Self>, host: String) -> WorkflowResult<u32> {
        let _ = (ctx, host);
        Ok(0)
    }

    #[signal]
    fn submit(&mut self, _name: String) {}

    #[query]
    fn pending(&self, _prefix: String) -> u32 {
        0
    }

    #[update]
    fn rename(&mut self, _from: String, _to: String) -> u32 {
        0
    }
}

#[activity(start_to_close_timeout = "1s")]
async fn compose(_name: String) -> ActivityResult<u32> {
    Ok(0)
}

async fn drive(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    Greeting::start(client).await?;
    Greeting::start(client, 7).await?;
    let _: String = Greeting::start(client, "Ada").execute().await?;
    Ok(())
}

fn main() {}
