//! Markers on the wrong members, and more than one on a method.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[signal]
    const LIMIT: usize = 3;

    #[run]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }

    #[signal]
    #[query]
    fn pending(&mut self) {}

    #[signal]
    #[signal]
    fn close(&mut self) {}

    #[activity]
    async fn compose() {}

    #[workflow]
    fn nested(&self) {}
}

struct Mailer;

#[activities]
impl Mailer {
    #[activity]
    async fn send(&self) {}

    #[signal]
    fn stop(&mut self) {}

    #[run]
    async fn run() {}
}

#[activity]
#[activity]
async fn twice() {}

fn main() {}
