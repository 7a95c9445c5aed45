//! The two servers, and a worker on each.

use std::time::Duration;

use durably::{Client, PollerBehavior, RunningWorker, Worker};
use durably_tests::{dev_server, search_attribute};
use xtask::DevServer;

use super::{
    activities::{act, note},
    interpret::{ATTRIBUTE, Interpreter},
    script::QUEUE,
};

/// What histories say of workers and clients.
const IDENTITY: &str = "differential";

/// A server with a worker on it.
pub(crate) struct Side {
    pub(crate) client: Client,
    worker: RunningWorker,
    _real: Option<DevServer>,
}

impl Side {
    /// The real server: without it there is nothing to compare with.
    pub(crate) async fn real() -> Option<Self> {
        let server = real_server().await?;
        let client = durably::client().address(server.address()).identity(IDENTITY).await.unwrap();
        Some(Self::new(client, Some(server)).await)
    }

    /// An embedded one, in this process.
    pub(crate) async fn embedded() -> Self {
        let server = durably_embedded::Server::start();
        let address = "embedded.invalid:7233";
        let client = durably::client().address(address).identity(IDENTITY);
        let client = client.connection_options(move |options| server.direct(options)).await.unwrap();
        Self::new(client, None).await
    }

    async fn new(client: Client, real: Option<DevServer>) -> Self {
        search_attribute(&client, ATTRIBUTE.name()).await;
        let worker = Worker::new(&client, QUEUE)
            .workflow::<Interpreter>()
            .activity::<act>()
            .activity::<note>()
            .identity(IDENTITY)
            .max_cached_workflows(2000)
            .max_concurrent_workflow_tasks(500)
            .max_concurrent_activities(1000)
            .max_concurrent_local_activities(500)
            .workflow_task_pollers(PollerBehavior::SimpleMaximum(10))
            .activity_task_pollers(PollerBehavior::SimpleMaximum(10))
            .graceful_shutdown_period(Duration::from_millis(100))
            .options(|options| {
                options.max_heartbeat_throttle_interval = Duration::from_millis(100);
                options.default_heartbeat_throttle_interval = Duration::from_millis(100);
            });
        Self { client, worker: worker.start().unwrap(), _real: real }
    }

    pub(crate) async fn stop(self) {
        self.worker.shutdown().await.unwrap();
    }
}

/// The real server. `None` if there is none here, and the comparison is skipped.
async fn real_server() -> Option<DevServer> {
    // A second between two runs of one workflow is its way to hold back mistakes; here it would only take time.
    let at_once = ["--dynamic-config-value", "history.workflowIdReuseMinimalInterval=\"0s\""];
    dev_server(DevServer::builder().extra_args(at_once)).await
}
