//! A workflow without an impl, and an impl that is there twice.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Order;

#[workflow]
impl Order {
    #[run(id = "order")]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }
}

#[workflow]
impl Order {
    #[run(id = "order")]
    async fn run_again() -> WorkflowResult<()> {
        Ok(())
    }
}

async fn drive(client: &Client) {
    let _ = Worker::new(client, "q").workflow::<Greeting>();
    let _ = Greeting::start(client).await;
}

fn main() {}
