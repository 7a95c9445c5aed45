//! A signal changes the state and has no reply.

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
    fn no_receiver(_name: String) {}

    #[signal]
    fn owned(self) {}

    #[signal]
    async fn borrowed(&mut self) {}

    #[signal]
    fn reply(&mut self) -> u8 {
        0
    }

    #[signal(dynamic)]
    fn any(&mut self, _name: String) {}
}

fn main() {}
