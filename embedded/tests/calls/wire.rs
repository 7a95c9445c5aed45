//! The port, and those who abuse it: others do not notice.

use std::{net::SocketAddr, time::Duration};

use temporalio_protos::grpc::health::v1::{
    HealthCheckRequest, HealthCheckResponse, health_check_response::ServingStatus,
};
use temporalio_protos::temporal::api::workflowservice::v1::{
    GetSystemInfoRequest, GetSystemInfoResponse, PollWorkflowTaskQueueRequest, PollWorkflowTaskQueueResponse,
    StartWorkflowExecutionRequest, StartWorkflowExecutionResponse,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
    time::timeout,
};
use tonic::{
    Code, Request, Status,
    client::Grpc,
    codegen::http::uri::PathAndQuery,
    transport::{Channel, Endpoint},
};
use tonic_prost::ProstCodec;

use crate::support::{World, payloads, start};

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const PATIENCE: Duration = Duration::from_secs(10);

/// A server on a port, for as long as this is there.
struct Port {
    world: World,
    address: SocketAddr,
    _stop: oneshot::Sender<()>,
}

async fn port() -> Port {
    let world = World::new();
    let (stop, stopped) = oneshot::channel::<()>();
    let (ready, listens) = oneshot::channel();
    let server = world.0.clone();
    tokio::spawn(async move {
        let ready = |address| ready.send(address).unwrap();
        let stopped = async { drop(stopped.await) };
        server.serve("127.0.0.1:0".parse().unwrap(), ready, stopped).await.unwrap();
    });
    Port { world, address: listens.await.unwrap(), _stop: stop }
}

impl Port {
    async fn client(&self) -> Grpc<Channel> {
        let channel = Endpoint::from_shared(format!("http://{}", self.address)).unwrap().connect().await.unwrap();
        Grpc::new(channel)
    }

    async fn raw(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }
}

fn path(rpc: &str) -> PathAndQuery {
    format!("/temporal.api.workflowservice.v1.WorkflowService/{rpc}").parse().unwrap()
}

async fn answers(client: &mut Grpc<Channel>) {
    client.ready().await.unwrap();
    let codec = ProstCodec::<GetSystemInfoRequest, GetSystemInfoResponse>::default();
    let asked = client.unary(Request::new(GetSystemInfoRequest {}), path("GetSystemInfo"), codec);
    let answer = timeout(PATIENCE, asked).await.expect("the server does not answer").unwrap();
    assert!(!answer.into_inner().server_version.is_empty());
}

/// Whether the server has hung up.
async fn hangs_up(mut stream: TcpStream) -> bool {
    let mut rest = Vec::new();
    timeout(PATIENCE, stream.read_to_end(&mut rest)).await.is_ok()
}

#[tokio::test]
async fn what_is_no_http_ends_its_own_connection_only() {
    let port = port().await;
    let mut client = port.client().await;
    answers(&mut client).await;
    let mut frames = PREFACE.to_vec();
    // A frame of headers for stream 0, which there is not.
    frames.extend([0, 0, 4, 1, 4, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
    let mut oversized = PREFACE.to_vec();
    oversized.extend([0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1]);
    let requests: [&[u8]; 5] = [
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\0\xff\x17garbage",
        b"PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n",
        &frames,
        &oversized,
    ];
    for garbage in requests {
        let mut stream = port.raw().await;
        stream.write_all(garbage).await.unwrap();
        // What is too short to be anything so far may wait for the rest.
        stream.shutdown().await.unwrap();
        assert!(hangs_up(stream).await, "{garbage:?}");
        answers(&mut client).await;
    }
}

#[tokio::test]
async fn half_open_connections_are_nobodys_business() {
    let port = port().await;
    let mut silent = Vec::new();
    for number in 0..200 {
        let mut stream = port.raw().await;
        let said = [&PREFACE[..number % PREFACE.len()], PREFACE][number % 2];
        stream.write_all(said).await.unwrap();
        silent.push(stream);
    }
    let mut client = port.client().await;
    answers(&mut client).await;
    drop(silent);
    answers(&mut client).await;
}

#[tokio::test]
async fn a_message_that_is_too_large_is_refused() {
    let port = port().await;
    let mut client = port.client().await;
    let request = StartWorkflowExecutionRequest { input: Some(payloads(3 << 20)), ..start("w") };
    client.ready().await.unwrap();
    let codec = ProstCodec::<StartWorkflowExecutionRequest, StartWorkflowExecutionResponse>::default();
    let answer: Result<_, Status> = client.unary(Request::new(request), path("StartWorkflowExecution"), codec).await;
    let refused = answer.unwrap_err();
    assert_eq!((refused.code(), refused.message()), (Code::InvalidArgument, "Blob data size exceeds limit."));
    answers(&mut client).await;
}

#[tokio::test]
async fn a_poll_that_is_cut_off_leaves_no_poller() {
    let port = port().await;
    let mut client = port.client().await;
    answers(&mut client).await;
    let request = PollWorkflowTaskQueueRequest {
        namespace: "default".into(),
        task_queue: Some(crate::support::queue()),
        ..Default::default()
    };
    let codec = ProstCodec::<_, PollWorkflowTaskQueueResponse>::default();
    let polling = tokio::spawn(async move {
        client.ready().await.unwrap();
        client.unary(Request::new(request), path("PollWorkflowTaskQueue"), codec).await
    });
    let pollers = || port.world.0.census().pollers;
    timeout(PATIENCE, async {
        while pollers() == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        polling.abort();
        while pollers() > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await
    .expect("the poller comes and goes");
    // The task that comes now is for somebody else.
    port.world.start("w").await;
    assert!(!port.world.poll().await.task_token.is_empty());
}

#[tokio::test]
async fn the_health_of_a_service_can_be_watched() {
    let port = port().await;
    for (service, status) in [("", ServingStatus::Serving), ("no.such.Service", ServingStatus::ServiceUnknown)] {
        let mut client = port.client().await;
        client.ready().await.unwrap();
        let codec = ProstCodec::<HealthCheckRequest, HealthCheckResponse>::default();
        let request = Request::new(HealthCheckRequest { service: service.into() });
        let path = PathAndQuery::from_static("/grpc.health.v1.Health/Watch");
        let mut said = client.server_streaming(request, path, codec).await.unwrap().into_inner();
        assert_eq!(said.message().await.unwrap().unwrap().status(), status);
        let more = timeout(crate::support::SOON, said.message()).await;
        assert!(more.is_err(), "it stays as it is");
    }
}
