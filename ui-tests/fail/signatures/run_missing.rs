//! A workflow runs.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[signal]
    fn close(&mut self) {}
}

fn main() {}
