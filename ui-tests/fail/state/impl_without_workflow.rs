//! `#[workflow]` stands on the struct, but not on the impl.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

impl Greeting {
    #[run(id = "greeting")]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }

    #[signal]
    fn submit(&mut self, _name: String) {}
}

async fn drive(client: &Client) {
    let _ = Worker::new(client, "q").workflow::<Greeting>();
    let _ = Greeting::schedule_handle(client, "nightly");
}

fn main() {}
