//! One attribute is enough.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[workflow]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        Ok(())
    }
}

#[workflow]
#[activity]
struct Order;

struct Mailer;

#[activities]
#[activities]
impl Mailer {
    #[activity]
    async fn send(&self) {}
}

fn main() {}
