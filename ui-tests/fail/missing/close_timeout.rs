//! An activity call without a close timeout is not a future.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        compose(String::new()).await?;
        compose::execute(ctx, "Ada").await?;
        compose::execute(ctx, "Ada").local().await?;
        compose::execute(ctx, "Ada").schedule_to_start_timeout(Duration::from_secs(1)).start();
        Mailer::activities(ctx).send("Ada").await?;
        Ok(())
    }
}

#[activity]
async fn compose(_name: String) -> ActivityResult<String> {
    Ok(String::new())
}

struct Mailer;

#[activities]
impl Mailer {
    #[activity(heartbeat_timeout = "1s")]
    async fn send(&self, _to: String) -> ActivityResult<()> {
        Ok(())
    }
}

fn main() {}
