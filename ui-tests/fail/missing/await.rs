//! A call that is not awaited does nothing, and what is awaited must be a call.

#![deny(unused_must_use)]

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        compose::execute(ctx);
        Greeting::child(ctx).id("child");
        Greeting::external(ctx, "other").close();
        Greeting::continue_as_new(ctx);
        Mailer::activities(ctx).await;
        Ok(())
    }

    #[signal]
    fn close(&mut self) {}

    #[query]
    fn pending(&self) -> usize {
        0
    }

    #[update]
    fn rename(&mut self) {}
}

#[activity(start_to_close_timeout = "1s")]
async fn compose() {}

struct Mailer;

#[activities]
impl Mailer {
    #[activity(start_to_close_timeout = "1s")]
    async fn send(&self, _to: String) {}
}

async fn drive(client: &Client) {
    Greeting::start(client);
    let greeting = Greeting::handle(client, "greeting");
    greeting.close();
    greeting.pending();
    greeting.rename();
    greeting.result();
    greeting.cancel();
    Greeting::handle(client, "greeting").await;
}

fn main() {}
