//! A workflow has no clock but Temporal's.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let _ = std::time::SystemTime::now();
        let _ = std::time::Instant::now();
        let _ = core::time::Duration::from_secs(1);
        let _ = std::time::UNIX_EPOCH.elapsed();
        let _ = [1].map(|_| ::std::time::SystemTime::now());
        Ok(())
    }
}

fn main() {}
