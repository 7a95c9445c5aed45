//! What `use` brings into a body is seen there, whatever it is called.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        use std::time::{self, Instant as Watch, SystemTime};
        let _ = SystemTime::now();
        let _ = Watch::now();
        let _ = time::Instant::now();
        {
            use time::*;
            let _ = Instant::now();
        }
        Ok(())
    }
}

fn main() {}
