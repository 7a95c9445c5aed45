//! Names that every handle has, names that `#[workflow]` adds, and names of Temporal.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_host: String, _count: u32) -> WorkflowResult<()> {
        Ok(())
    }

    #[signal]
    fn cancel(&mut self) {}

    #[query]
    fn result(&self) -> u8 {
        0
    }

    #[update(name = "start")]
    fn start(&mut self) {}

    fn child() {}

    #[signal]
    fn __close(&mut self) {}

    #[query(name = "__stack_trace")]
    fn stack_trace(&self) -> u8 {
        0
    }

    #[signal]
    fn reset(&mut self) {}
}

#[workflow(name = "__Order")]
struct Order;

struct Mailer;

#[activities]
impl Mailer {
    #[activity]
    async fn activities(&self) {}
}

fn main() {}
