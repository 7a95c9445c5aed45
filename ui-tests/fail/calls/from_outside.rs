//! Activities are finished from outside, and schedules filled, with the types of their own.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting-{host}")]
    async fn run(host: String, _times: u32) -> String {
        host
    }
}

#[activity(start_to_close_timeout = "1s")]
async fn approve(_invoice: u32) -> ActivityResult<String> {
    Err(ActivityError::WillCompleteAsync)
}

async fn decide(client: &Client, token: Vec<u8>) {
    let approval = approve::async_handle(client, token);
    let _ = approval.complete(7).await;
}

async fn plan(client: &Client) {
    let _ = Greeting::schedule(client, "nightly", "Ada", "many").create().await;
    let _ = Greeting::schedule(client, "nightly", "Ada").create().await;
    let nightly = Greeting::schedule_handle(client, "nightly");
    let _ = nightly.update(|schedule| schedule.arguments(Greeting::arguments("Ada", "many"))).await;
}

fn main() {}
