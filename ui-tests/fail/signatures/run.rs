//! A run method is async and takes no `self`; there is exactly one.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    fn run(&mut self) -> WorkflowResult<()> {
        Ok(())
    }
}

#[workflow(task_queue = "q")]
#[derive(Default)]
struct None;

#[workflow]
impl None {
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }

    #[signal]
    fn close(&mut self) {}
}

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Two;

#[workflow]
impl Two {
    #[run]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }

    #[run]
    async fn run_too() -> WorkflowResult<&'static str> {
        Ok("")
    }
}

fn main() {}
