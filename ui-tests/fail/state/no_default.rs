//! Without `#[init]` the first state is `Default`.

use durably::prelude::*;

#[workflow(task_queue = "q")]
struct Greeting {
    names: Vec<String>,
}

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }
}

fn main() {}
