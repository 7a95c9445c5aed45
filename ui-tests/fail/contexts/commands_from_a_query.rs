//! A query, an update validator and an init method only look: they cannot call anything.

use durably::prelude::*;

#[workflow(task_queue = "q")]
struct Greeting;

#[workflow]
impl Greeting {
    #[init]
    fn new(ctx: &WorkflowContextView) -> Self {
        let _ = Greeting::child(ctx);
        Greeting
    }

    #[run(id = "greeting")]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }

    #[query]
    fn pending(&self, ctx: &WorkflowContextView) -> usize {
        let _ = compose::execute(ctx);
        let _ = Mailer::activities(ctx);
        0
    }

    #[update]
    fn rename(&mut self) {}

    #[update_validator(rename)]
    fn check_rename(&self, ctx: &WorkflowContextView) -> Result<(), ApplicationFailure> {
        let _ = Greeting::external(ctx, "other").cancel();
        let _ = Greeting::continue_as_new(ctx);
        Ok(())
    }
}

#[activity(start_to_close_timeout = "1s")]
async fn compose() {}

struct Mailer;

#[activities]
impl Mailer {
    #[activity]
    async fn send(&self) {}
}

fn main() {}
