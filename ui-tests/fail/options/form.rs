//! Options written in the wrong form.

use durably::prelude::*;

#[workflow(name, task_queue("q"), "x", cron_schedule = "")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run()]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }

    #[signal = "exit"]
    fn close(&mut self) {}

    #[signal["exit"]]
    fn leave(&mut self) {}

    #[signal(name = "any", dynamic)]
    fn any(&mut self, _name: String, _args: RawValue) {}

    #[query(dynamic = true)]
    fn all(&self, _name: String, _args: RawValue) -> u8 {
        0
    }

    #[update(name = rename)]
    fn rename(&mut self) {}

    #[update_validator]
    fn check(&self) -> Result<(), ApplicationFailure> {
        Ok(())
    }

    #[update_validator("rename")]
    fn check_rename(&self) -> Result<(), ApplicationFailure> {
        Ok(())
    }
}

#[activity(name = "a", name = "b")]
async fn compose() {}

#[activity(retry_policy = 3)]
async fn pay() {}

fn main() {}
