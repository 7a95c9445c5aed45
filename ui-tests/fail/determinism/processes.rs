//! A workflow starts and ends no processes.

use std::process::Command;

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let _ = std::process::Command::new("ls").status();
        let _ = Command::new("ls").status();
        if std::process::id() == 1 {
            std::process::exit(1);
        }
        Ok(())
    }
}

fn main() {}
