//! A workflow leaves files to activities.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let _ = std::fs::read_to_string("names");
        let _ = std::fs::File::open("names");
        use std::fs::{self, File};
        let _ = fs::write("names", "");
        let _ = File::create("names");
        Ok(())
    }
}

fn main() {}
