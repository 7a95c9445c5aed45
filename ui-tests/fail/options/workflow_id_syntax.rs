//! A template has names in its braces, and nothing else.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting-{}")]
    async fn run(host: String) -> WorkflowResult<String> {
        Ok(host)
    }
}

fn main() {}
