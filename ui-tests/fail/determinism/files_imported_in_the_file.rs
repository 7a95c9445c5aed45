//! A type of the standard library is known by what it is.

use std::fs::{File, OpenOptions};

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let _ = File::open("names");
        let _ = OpenOptions::new().read(true).open("names");
        Ok(())
    }
}

fn main() {}
