//! An item that does not parse is reported once; its methods are still there.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        ctx.
    }

    #[signal]
    fn close(&mut self) {}
}

#[activity(start_to_close_timeout = )]
async fn compose() {}

fn main() {
    Greeting.close();
}
