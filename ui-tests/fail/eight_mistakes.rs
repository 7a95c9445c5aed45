//! Eight mistakes in one impl are eight errors, each at its own place, and nothing else.

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

    #[signal]
    fn a() {}

    #[signal(nam = "x")]
    fn b(&mut self) {}

    #[query]
    fn c(&mut self) -> u8 {
        0
    }

    #[query]
    async fn d(&self) -> u8 {
        0
    }

    #[update]
    fn e(&mut self, _name: &str) {}

    #[update(dynamic)]
    fn f(&mut self) {}

    #[update_validator(g)]
    fn v(&self) -> Result<(), ApplicationFailure> {
        Ok(())
    }

    #[signal]
    fn cancel(&mut self) {}
}

fn main() {}
