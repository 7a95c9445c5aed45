//! Eight mistakes of as many kinds: in options, in signatures, in types, in bodies, in calls.

use std::time::Instant;

use durably::prelude::*;

struct Customer;

#[workflow(task_que = "q", run_timeout = "soon")]
#[derive(Default)]
struct Greeting {
    since: Option<Instant>,
}

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<u32> {
        println!("{}", ctx.workflow_id());
        let _ = Instant::now();
        Ok("none")
    }

    #[signal]
    fn submit(&mut self, _customer: Customer) {}
}

async fn drive(greeting: GreetingHandle) {
    let _ = greeting.submit().await;
    let _ = greeting.close().await;
}

fn main() {}
