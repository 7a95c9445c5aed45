//! An activity takes what its function takes and gives what it gives.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        compose::execute(ctx, "Ada", "many").await?;
        compose::execute(ctx, "Ada").await?;
        compose::execute("Ada", 3).await?;
        let text: u32 = compose::execute(ctx, "Ada", 3).local().await?;
        Mailer::activities(ctx).send(3).await?;
        Mailer::activities(ctx).sned("Ada").await?;
        Mailer::send(ctx, "Ada").await?;
        Ok(())
    }
}

#[activity(start_to_close_timeout = "1s")]
async fn compose(_host: String, _times: u32) -> ActivityResult<String> {
    Ok(String::new())
}

struct Mailer;

#[activities]
impl Mailer {
    #[activity(start_to_close_timeout = "1s")]
    async fn send(&self, _to: String) -> ActivityResult<()> {
        Ok(())
    }
}

fn main() {}
