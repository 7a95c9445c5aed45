//! Options have names.

use durably::prelude::*;

#[workflow("greetings")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        Ok(())
    }

    #[signal = "exit"]
    fn close(&mut self) {}

    #[query("pending")]
    fn pending(&self) -> u32 {
        0
    }
}

fn main() {}
