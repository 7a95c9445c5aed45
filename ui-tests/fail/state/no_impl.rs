//! A workflow without an impl.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

async fn drive(client: &Client) {
    let _ = Worker::new(client, "q").workflow::<Greeting>();
    let _ = durably::WorkflowHandle::<Greeting>::by_id(client, "greeting").result().await;
}

fn main() {}
