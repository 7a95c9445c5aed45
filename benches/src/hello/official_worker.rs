//! The workflow with Temporal's own macros, set up as in their examples.

// The macros ask for public items.
#![allow(unreachable_pub)]

use std::{error::Error, time::Duration};

use temporalio_client::{Client, ClientOptions, Connection, ConnectionOptions, GrpcCompression};
use temporalio_macros::{activities, workflow, workflow_methods};
use temporalio_sdk::{
    ActivityOptions, Runtime, Worker, WorkerOptions, WorkflowContext, WorkflowResult,
    activities::{ActivityContext, ActivityError},
};
use url::Url;

use super::worker_process::answer_cpu_time;

#[workflow]
#[derive(Default)]
pub struct Hello;

#[workflow_methods]
impl Hello {
    #[run]
    pub async fn run(ctx: &mut WorkflowContext<Self>, name: String) -> WorkflowResult<String> {
        let greeting = ctx
            .execute_activity(Activities::greet, name, ActivityOptions::start_to_close_timeout(Duration::from_secs(10)))
            .await?;
        Ok(greeting)
    }
}

pub struct Activities;

#[activities]
impl Activities {
    #[activity]
    pub async fn greet(_ctx: ActivityContext, name: String) -> Result<String, ActivityError> {
        Ok(format!("Hello, {name}!"))
    }
}

pub(super) async fn run(
    address: &str,
    task_queue: &str,
    compression: Option<GrpcCompression>,
) -> Result<(), Box<dyn Error>> {
    let runtime = Runtime::from_current_tokio(Default::default())?;
    let connection = ConnectionOptions::new(Url::parse(&format!("http://{address}"))?);
    let connection = match compression {
        Some(compression) => connection.grpc_compression(compression).build(),
        None => connection.build(),
    };
    let client = Client::new(Connection::connect(connection).await?, ClientOptions::new("default").build())?;
    let options = WorkerOptions::new(task_queue).register_workflow::<Hello>()?.register_activities(Activities).build();
    let mut worker = Worker::new(&runtime, client, options)?;
    answer_cpu_time();
    worker.run().await?;
    Ok(())
}
