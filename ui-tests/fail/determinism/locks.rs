//! There is nobody to lock a workflow's values from.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let names = std::sync::Mutex::new(Vec::<String>::new());
        let _ = names.lock();
        use std::sync::{Condvar, RwLock};
        let _ = RwLock::new(1);
        let _ = Condvar::new();
        Ok(())
    }
}

fn main() {}
