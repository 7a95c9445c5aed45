//! An activity ends: by its attribute, or by the call.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        compose::execute(ctx).await?;
        Ok(())
    }
}

#[activity]
async fn compose() {}

fn main() {}
