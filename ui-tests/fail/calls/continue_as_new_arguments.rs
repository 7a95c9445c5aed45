//! A continued run takes what the run method takes.

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

async fn drive(ctx: &WorkflowContext<Greeting>) -> Result<(), Box<dyn std::error::Error>> {
    Greeting::continue_as_new(ctx).await?;
    Greeting::continue_as_new(ctx, 7).await?;
    Ok(())
}

fn main() {}
