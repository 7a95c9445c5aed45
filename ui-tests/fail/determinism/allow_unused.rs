//! `#[durably::allow]` that lifts nothing is an error.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting {
    #[durably::allow(nondeterminism, reason = "none")]
    _names: Vec<String>,
    #[durably::allow(nondeterminism, reason = "none")]
    _order: Order,
}

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        #[durably::allow(nondeterminism, reason = "none")]
        let one = 1;
        #[durably::allow(nondeterminism, reason = "none")]
        drop(one);
        Ok(())
    }

    #[durably::allow(nondeterminism, reason = "none")]
    #[signal]
    fn close(&mut self) {}
}

#[derive(Default)]
struct Order;

fn main() {}
