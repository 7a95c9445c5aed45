//! Starting a workflow later: an option that Temporal's client crate does not offer, put into its request on the way.

use std::time::Duration;

use futures_util::future::BoxFuture;
use prost_wkt_types::Duration as ProtoDuration;
use temporalio_client::{
    Client,
    callback_based::{GrpcRequest, GrpcSuccessResponse},
    tonic::Status,
};
use temporalio_common::protos::temporal::api::workflowservice::v1::{
    SignalWithStartWorkflowExecutionRequest, StartWorkflowExecutionRequest,
};

use crate::{
    client::{Rerouted, answered, request, rerouted},
    wire::proto_duration,
};

/// A client like this one whose starts are delayed.
pub(super) async fn delayed(client: &Client, delay: Duration) -> Result<Client, Status> {
    rerouted(client, Delay(proto_duration(delay))).await
}

struct Delay(ProtoDuration);

impl Rerouted for Delay {
    fn answer(&self, client: Client, sent: GrpcRequest) -> BoxFuture<'static, Result<GrpcSuccessResponse, Status>> {
        let delay = Some(self.0);
        Box::pin(async move {
            let mut service = client.connection().workflow_service();
            match &*sent.rpc {
                "StartWorkflowExecution" => {
                    let mut start = request::<StartWorkflowExecutionRequest>(&sent)?;
                    start.get_mut().workflow_start_delay = delay;
                    service.start_workflow_execution(start).await.map(answered)
                }
                "SignalWithStartWorkflowExecution" => {
                    let mut start = request::<SignalWithStartWorkflowExecutionRequest>(&sent)?;
                    start.get_mut().workflow_start_delay = delay;
                    service.signal_with_start_workflow_execution(start).await.map(answered)
                }
                other => Err(Status::unimplemented(format!("`{other}` is no start that could be delayed"))),
            }
        })
    }
}
