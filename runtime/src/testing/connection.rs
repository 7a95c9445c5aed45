//! The client of a test: without a socket, and watched.

use std::sync::Arc;

use durably_embedded::Server;
use futures_util::future::BoxFuture;
use prost::Message;
use temporalio_client::{
    Client,
    callback_based::{CallbackBasedGrpcService, GrpcRequest},
    tonic::Code,
};
use temporalio_common::protos::temporal::api::{
    enums::v1::HistoryEventFilterType,
    workflowservice::v1::{GetWorkflowExecutionHistoryRequest, RespondWorkflowTaskFailedRequest},
};

use super::trouble::Trouble;
use crate::{
    ConnectError,
    client::{ClientBuilder, client},
};

/// The namespace of a test.
pub(super) const NAMESPACE: &str = "default";

/// What a worker tells of a workflow task that has to be done again: nothing is wrong with it.
const UNHANDLED: &str = "UnhandledCommand";

/// A client of this server, with the options that `build` adds.
pub(super) async fn connect(
    server: &Server,
    trouble: &Arc<Trouble>,
    build: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> Result<Client, ConnectError> {
    let (server, trouble) = (server.clone(), Arc::clone(trouble));
    let own = client().address("embedded.test").namespace(NAMESPACE);
    build(own)
        .connection_options(move |options| {
            server.direct(options);
            options.service_override = Some(watched(server, trouble));
        })
        .await
}

/// Answers of the server. Time skips while somebody waits for how a workflow ends.
fn watched(server: Server, trouble: Arc<Trouble>) -> CallbackBasedGrpcService {
    let service = server.service();
    let callback = move |request: GrpcRequest| {
        let (server, trouble) = (server.clone(), Arc::clone(&trouble));
        let (rpc, proto) = (request.rpc.clone(), request.proto.clone());
        let answer = (service.callback)(request);
        let answer = async move {
            match rpc.as_str() {
                "GetWorkflowExecutionHistory" => {
                    let _skips = waits_for_the_end(&proto).then(|| server.let_time_skip());
                    answer.await
                }
                "RespondWorkflowTaskFailed" => {
                    let answer = answer.await;
                    trouble.task_failed(reason(&proto));
                    answer
                }
                "RespondWorkflowTaskCompleted" => {
                    let answer = answer.await;
                    if let Err(status) = &answer
                        && status.code() == Code::InvalidArgument
                        && status.message() != UNHANDLED
                    {
                        trouble.task_failed(status.message().to_owned());
                    }
                    answer
                }
                _ => answer.await,
            }
        };
        Box::pin(answer) as BoxFuture<'static, _>
    };
    CallbackBasedGrpcService { callback: Arc::new(callback) }
}

fn waits_for_the_end(request: &[u8]) -> bool {
    GetWorkflowExecutionHistoryRequest::decode(request).is_ok_and(|request| {
        request.wait_new_event && request.history_event_filter_type() == HistoryEventFilterType::CloseEvent
    })
}

fn reason(request: &[u8]) -> String {
    let failure = RespondWorkflowTaskFailedRequest::decode(request).ok().and_then(|request| request.failure);
    failure.map_or_else(|| "for no reason that it gave".to_owned(), |failure| failure.message)
}
