//! Paths that begin in one's own crate.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let _ = self::tokio::spawn();
        let _ = super::own_paths::tokio::spawn();
        use self::tokio::spawn;
        let _ = spawn();
        use super::own_paths::tokio;
        let _ = tokio::spawn();
        let _ = tokio::time::sleep();
        Ok(())
    }
}

mod tokio {
    pub fn spawn() -> u8 {
        0
    }

    pub mod time {
        pub fn sleep() -> u8 {
            0
        }
    }
}
