//! A workflow does not look at the process it runs in.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let _ = std::env::var("HOME");
        let _ = std::env::args().count();
        let _ = env!("CARGO_PKG_NAME");
        let _ = std::env::consts::OS;
        use std::env::var as variable;
        let _ = variable("HOME");
        Ok(())
    }
}

fn main() {}
