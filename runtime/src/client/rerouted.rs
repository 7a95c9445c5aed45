//! Requests of Temporal's client, changed on their way.
//!
//! Its options lack fields that the service has. What it sends otherwise is right, interceptors and retries included, and
//! need not be written again: a client of the same options hands its requests to us instead of the network.

use std::{error::Error, sync::Arc};

use futures_util::future::BoxFuture;
use prost::Message;
use temporalio_client::{
    Client, Connection, ConnectionOptions, NamespacedClient, RetryOptions,
    callback_based::{CallbackBasedGrpcService, GrpcRequest, GrpcSuccessResponse},
    errors::ClientConnectError,
    tonic::{Extensions, Request, Response, Status, metadata::MetadataMap},
};
use url::Url;

use crate::calls::Said;

/// What becomes of the requests of one call.
pub(crate) trait Rerouted: Send + Sync + 'static {
    /// Answers the request of the call `rpc`, with the help of the client that does reach the service.
    fn answer(&self, client: Client, request: GrpcRequest) -> BoxFuture<'static, Result<GrpcSuccessResponse, Status>>;
}

/// A client like this one, for one call, whose requests go to `route`.
pub(crate) async fn rerouted(client: &Client, route: impl Rerouted) -> Result<Client, Status> {
    let reaching = client.clone();
    let callback = move |request: GrpcRequest| match &*request.rpc {
        // Asked on connecting: what the service can do is known to the client that reaches it.
        "GetSystemInfo" => Box::pin(std::future::ready(Ok(success(&())))) as BoxFuture<'static, _>,
        _ => {
            let answer = route.answer(reaching.clone(), request);
            Box::pin(async move { answer.await.map_err(whole) })
        }
    };
    let nowhere = Url::parse("http://durably.invalid").map_err(|error| Status::internal(error.to_string()))?;
    let options = ConnectionOptions::new(nowhere)
        .identity(client.identity())
        // The client that reaches the service does retry.
        .retry_options(RetryOptions::no_retries())
        .dns_load_balancing(None)
        .service_override(CallbackBasedGrpcService { callback: Arc::new(callback) })
        .build();
    let connection = Connection::connect(options).await.map_err(|error: ClientConnectError| {
        Status::internal(format!("a request cannot be changed on its way: {error}"))
    })?;
    let mut rerouted = client.clone();
    *rerouted.connection_mut() = connection;
    Ok(rerouted)
}

/// The request as the service takes it, with the metadata that was given for the call.
pub(crate) fn request<T: Message + Default>(request: &GrpcRequest) -> Result<Request<T>, Status> {
    let message = T::decode(request.proto.clone()).map_err(|error| Status::internal(error.to_string()))?;
    let metadata = MetadataMap::from_headers(request.headers.clone());
    Ok(Request::from_parts(metadata, Extensions::default(), message))
}

/// The answer of the service, handed back to the client that waits for it.
pub(crate) fn answered<T: Message>(response: Response<T>) -> GrpcSuccessResponse {
    success(response.get_ref())
}

/// The same with what its causes say in its message: they do not go along.
fn whole(status: Status) -> Status {
    if status.source().is_none() {
        return status;
    }
    let said = Said(&status).to_string();
    Status::with_details_and_metadata(status.code(), said, status.details().to_vec().into(), status.metadata().clone())
}

fn success(message: &impl Message) -> GrpcSuccessResponse {
    GrpcSuccessResponse { headers: MetadataMap::new().into_headers(), proto: message.encode_to_vec() }
}
