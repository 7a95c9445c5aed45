//! What `use` brings into the file, the compiler tells: no token does.

use std::time::{self, Instant, Instant as Watch, SystemTime};

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let _ = Instant::now();
        let _ = SystemTime::now();
        let _ = Watch::now();
        let _ = time::Instant::now();
        let _ = std::iter::repeat_with(Instant::now).next();
        Ok(())
    }
}

fn main() {}
