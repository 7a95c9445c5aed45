//! Functions, variables and methods that are called like what is forbidden.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        spawn();
        sleep(1);
        let random = || 4;
        let _ = random();
        let now = Clock;
        let _ = now.now();
        let _ = now.elapsed();
        let var = |name: &str| name.len();
        let _ = var("HOME");
        let select = [1, 2];
        let _ = select[0];
        Self::now();
        Ok(())
    }

    fn now() {}
}

fn spawn() {}

fn sleep(_seconds: u32) {}

struct Clock;

impl Clock {
    fn now(&self) -> u8 {
        0
    }

    fn elapsed(&self) -> u8 {
        0
    }
}
