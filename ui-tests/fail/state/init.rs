//! `#[init]` returns the state and takes what the run method takes.

use durably::prelude::*;

#[workflow(task_queue = "q")]
struct Greeting;

#[workflow]
impl Greeting {
    #[init]
    fn new(_name: u32) -> String {
        String::new()
    }

    #[run(id = "greeting")]
    async fn run(_name: String) -> WorkflowResult<()> {
        Ok(())
    }
}

#[workflow(task_queue = "q")]
struct Order;

#[workflow]
impl Order {
    #[init]
    fn new(_number: u32) -> Result<Self, ApplicationFailure> {
        Ok(Order)
    }

    #[run(id = "order")]
    async fn run(_number: u32) -> WorkflowResult<()> {
        Ok(())
    }
}

fn main() {}
