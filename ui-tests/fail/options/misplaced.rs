//! Options that exist elsewhere: it is said where.

use durably::prelude::*;

#[workflow(id = "greeting", rename_all = "PascalCase", start_to_close_timeout = "1s")]
#[derive(Default)]
struct Greeting;

#[workflow(task_queue = "q")]
impl Greeting {
    #[run(task_queue = "q")]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }

    #[init(name = "new")]
    fn new() -> Self {
        Greeting
    }

    #[update(dynamic)]
    fn any(&mut self, _name: String, _args: RawValue) {}
}

#[activity(maximum_attempts = 3, run_timeout = "1s")]
async fn compose() {}

struct Mailer;

#[activities(task_queue = "mail")]
impl Mailer {
    #[activity(stub = "Send", crate = "durably")]
    async fn send(&self) {}
}

fn main() {}
