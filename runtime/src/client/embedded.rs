//! The server for who has configured none.

use std::{
    sync::{Mutex, PoisonError, mpsc},
    thread,
};

use durably_embedded::Server;
use prost::Message;
use temporalio_client::{
    ClientOptions, ConnectionOptions,
    tonic::{Code, metadata::MetadataMap},
};
use temporalio_common::protos::temporal::api::workflowservice::v1::RegisterNamespaceRequest;

use super::ConnectError;

/// What errors call it.
pub(super) const NAME: &str = "the embedded server";

/// The retention that is asked of a namespace; the server keeps runs as long as the process lives anyhow.
const RETENTION: prost_wkt_types::Duration = prost_wkt_types::Duration { seconds: 86_400, nanos: 0 };

/// Makes a connection go to the embedded server that all clients of this process share, and sees to its namespace.
pub(super) async fn direct(connection: &mut ConnectionOptions, client: &ClientOptions) -> Result<(), ConnectError> {
    let server = shared().map_err(ConnectError::Embedded)?;
    let request = RegisterNamespaceRequest {
        namespace: client.namespace.clone(),
        workflow_execution_retention_period: Some(RETENTION),
        ..Default::default()
    };
    let service = "temporal.api.workflowservice.v1.WorkflowService";
    let request = request.encode_to_vec().into();
    match server.call(service, "RegisterNamespace", &MetadataMap::new(), request).await {
        Ok(_) => {}
        Err(status) if status.code() == Code::AlreadyExists => {}
        Err(status) => return Err(ConnectError::Embedded(status.message().to_owned())),
    }
    server.direct(connection);
    Ok(())
}

/// The server, which is started when it is first asked for and ends with the process. It is on a thread and a runtime of
/// its own: the runtime of whoever asks first may be gone long before the last client.
fn shared() -> Result<Server, String> {
    static SERVER: Mutex<Option<Server>> = Mutex::new(None);
    let mut running = SERVER.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(server) = &*running {
        return Ok(server.clone());
    }
    let server = start()?;
    tracing::info!("no Temporal service is configured: this process runs an embedded server, in memory");
    *running = Some(server.clone());
    Ok(server)
}

fn start() -> Result<Server, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let (started, server) = mpsc::sync_channel(1);
    let serve = move || {
        runtime.block_on(async {
            // Whoever asked waits.
            let _ = started.send(Server::start());
            std::future::pending::<()>().await;
        });
    };
    thread::Builder::new().name("durably-embedded".to_owned()).spawn(serve).map_err(|error| error.to_string())?;
    server.recv().map_err(|error| error.to_string())
}
