//! Activities and children are called from workflows; workflows are started with a client.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        Greeting::start(ctx).await?;
        Ok(())
    }
}

#[activity(start_to_close_timeout = "1s")]
async fn compose(ctx: &ActivityContext) -> ActivityResult<()> {
    pay::execute(ctx).await?;
    Ok(())
}

#[activity(start_to_close_timeout = "1s")]
async fn pay() {}

async fn drive(client: &Client) {
    let _ = Greeting::child(client).await;
    let _ = compose::execute(client).await;
}

fn main() {}
