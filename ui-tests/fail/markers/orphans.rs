//! Markers outside of an annotated impl.

use durably::prelude::*;

struct Greeting;

impl Greeting {
    #[run(id = "greeting")]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }

    #[init]
    fn new() -> Self {
        Greeting
    }

    #[signal(name = "exit")]
    fn close(&mut self) {}

    #[query]
    fn pending(&self) -> usize {
        0
    }

    #[update]
    fn rename(&mut self, _name: String) {}

    #[update_validator(rename)]
    fn check_rename(&self, _name: &String) -> Result<(), ApplicationFailure> {
        Ok(())
    }

    #[activity]
    async fn send(&self) {}
}

#[signal]
fn free() {}

#[query]
struct Unit;

fn main() {}
