//! An update and its validator take the same arguments, the validator by reference.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_host: String, _count: u32) -> WorkflowResult<()> {
        Ok(())
    }

    #[update]
    fn no_receiver(_name: String) {}

    #[update]
    async fn borrowed(&mut self) {}

    #[update]
    fn rename(&mut self, _name: String) {}

    #[update_validator(rname)]
    fn misspelt(&self, _name: &String) -> Result<(), ApplicationFailure> {
        Ok(())
    }

    #[update_validator(close)]
    fn of_a_signal(&self) -> Result<(), ApplicationFailure> {
        Ok(())
    }

    #[signal]
    fn close(&mut self) {}

    #[update_validator(rename)]
    async fn check(&mut self, _name: String) {}

    #[update_validator(rename)]
    fn check_again(&self) -> Result<(), ApplicationFailure> {
        Ok(())
    }
}

fn main() {}
