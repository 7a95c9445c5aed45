//! A query looks at the state and answers at once.

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

    #[query]
    async fn later(&self) -> u8 {
        0
    }

    #[query]
    fn changing(&mut self) -> u8 {
        0
    }

    #[query]
    fn no_receiver() -> u8 {
        0
    }

    #[query]
    fn no_answer(&self) {}

    #[query]
    fn borrowed(&self) -> &str {
        ""
    }

    #[query]
    fn unnamed(&self) -> impl std::fmt::Display {
        0
    }

    #[query(dynamic)]
    fn any(&self) -> u8 {
        0
    }
}

fn main() {}
