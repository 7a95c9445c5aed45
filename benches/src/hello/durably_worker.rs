//! The workflow with Durably.

use std::error::Error;

use durably::{GrpcCompression, prelude::*};

use super::worker_process::answer_cpu_time;

#[workflow]
#[derive(Default)]
pub(crate) struct Hello;

#[workflow]
impl Hello {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, name: String) -> WorkflowResult<String> {
        Ok(greet::execute(ctx, name).await?)
    }
}

#[activity(start_to_close_timeout = "10s")]
pub(crate) async fn greet(name: String) -> ActivityResult<String> {
    Ok(format!("Hello, {name}!"))
}

pub(super) async fn run(
    address: &str,
    task_queue: &str,
    compression: Option<GrpcCompression>,
) -> Result<(), Box<dyn Error>> {
    let mut client = durably::client().address(address);
    if let Some(compression) = compression {
        client = client.grpc_compression(compression);
    }
    let worker = Worker::new(&client.await?, task_queue).workflow::<Hello>().activity::<greet>();
    answer_cpu_time();
    Ok(worker.run().await?)
}
