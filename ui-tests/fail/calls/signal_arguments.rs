//! A signal takes what its method takes.

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

async fn drive(greeting: GreetingHandle) -> Result<(), Box<dyn std::error::Error>> {
    greeting.submit(7).await?;
    greeting.submit().await?;
    greeting.submit("Ada", "Grace").await?;
    Ok(())
}

fn main() {}
