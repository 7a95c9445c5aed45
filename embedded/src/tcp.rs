//! A server on a port, for SDKs of any language and for Temporal's CLI.

use std::{
    convert::Infallible,
    future::{Future, Ready, ready},
    io,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::{Buf, BufMut, Bytes};
use prost::Message;
use temporalio_protos::grpc::health::v1::{HealthCheckRequest, HealthCheckResponse};
use tokio::net::TcpListener;
use tonic::{
    Request, Response, Status,
    body::Body,
    codec::{Codec, CompressionEncoding, DecodeBuf, Decoder, EncodeBuf, Encoder},
    codegen::{Service, http, tokio_stream::Stream},
    server::{Grpc, NamedService, ServerStreamingService, UnaryService},
    transport::server::TcpIncoming,
};

use crate::{Server, frontend::health};

/// How long calls may take that are under way when the server is told to stop.
const GRACE: Duration = Duration::from_secs(1);
/// What a request may have at most; payloads have limits of their own.
const MESSAGE_BYTES: usize = 128 << 20;

impl Server {
    /// Serves on this address until `shutdown` is done; port 0 is any free one. `ready` is told the address. Calls that
    /// are under way at the end have a second left to be answered; polls for tasks are cut off, and lose none.
    ///
    /// ```no_run
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let server = durably_embedded::Server::start();
    /// let address = ([127, 0, 0, 1], 7233).into();
    /// server.serve(address, |address| println!("listens on {address}"), std::future::pending()).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// Errors: the address cannot be listened on.
    pub async fn serve(
        &self,
        address: SocketAddr,
        ready: impl FnOnce(SocketAddr),
        shutdown: impl Future<Output = ()>,
    ) -> io::Result<()> {
        let listener = TcpListener::bind(address).await?;
        ready(listener.local_addr()?);
        let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let serving = tonic::transport::Server::builder()
            .max_concurrent_streams(None)
            .add_service(Workflows(Raw(self.clone())))
            .add_service(Operators(Raw(self.clone())))
            .add_service(Tests(Raw(self.clone())))
            .add_service(Health(Raw(self.clone())))
            .serve_with_incoming_shutdown(incoming, async {
                stopped.await.ok();
            });
        let shutdown = async {
            shutdown.await;
            drop(stop);
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            served = serving => served.map_err(io::Error::other),
            () = shutdown => Ok(()),
        }
    }
}

/// Any service of the API: messages go through as bytes.
#[derive(Clone)]
struct Raw(Server);

impl Raw {
    fn answer(&self, request: http::Request<Body>) -> Answer {
        let server = self.0.clone();
        Box::pin(async move {
            let path = request.uri().path().to_owned();
            let method = Method { server, path };
            let mut grpc = Grpc::new(Unread)
                .accept_compressed(CompressionEncoding::Gzip)
                .send_compressed(CompressionEncoding::Gzip)
                .max_decoding_message_size(MESSAGE_BYTES)
                .max_encoding_message_size(MESSAGE_BYTES);
            Ok(grpc.unary(method, request).await)
        })
    }
}

/// The one call whose answer is a stream.
const WATCH: &str = "/grpc.health.v1.Health/Watch";

/// Says once whether the service is there; that does not change for as long as the server runs.
fn watch(request: http::Request<Body>) -> Answer {
    Box::pin(async move {
        let mut grpc = Grpc::new(Unread).accept_compressed(CompressionEncoding::Gzip);
        Ok(grpc.server_streaming(Watch, request).await)
    })
}

type Answer = Pin<Box<dyn Future<Output = Result<http::Response<Body>, Infallible>> + Send>>;

macro_rules! services {
    ($($service:ident = $name:literal),* $(,)?) => {$(
        #[derive(Clone)]
        struct $service(Raw);

        impl NamedService for $service {
            const NAME: &'static str = $name;
        }

        impl Service<http::Request<Body>> for $service {
            type Response = http::Response<Body>;
            type Error = Infallible;
            type Future = Answer;

            fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
                Poll::Ready(Ok(()))
            }

            fn call(&mut self, request: http::Request<Body>) -> Answer {
                match request.uri().path() {
                    WATCH => watch(request),
                    _ => self.0.answer(request),
                }
            }
        }
    )*};
}

services! {
    Workflows = "temporal.api.workflowservice.v1.WorkflowService",
    Operators = "temporal.api.operatorservice.v1.OperatorService",
    Tests = "temporal.api.testservice.v1.TestService",
    Health = "grpc.health.v1.Health",
}

/// One call, by its path.
struct Method {
    server: Server,
    path: String,
}

impl UnaryService<Bytes> for Method {
    type Response = Vec<u8>;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Vec<u8>>, Status>> + Send>>;

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let (server, path) = (self.server.clone(), self.path.clone());
        Box::pin(async move {
            let (metadata, _, message) = request.into_parts();
            let (service, rpc) = path.trim_start_matches('/').split_once('/').unwrap_or_default();
            server.call(service, rpc, &metadata, message).await.map(Response::new)
        })
    }
}

/// A watch of the health of a service.
struct Watch;

impl ServerStreamingService<Bytes> for Watch {
    type Response = Vec<u8>;
    type ResponseStream = Said;
    type Future = Ready<Result<Response<Said>, Status>>;

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let request = HealthCheckRequest::decode(request.into_inner());
        let said = request.map(|request| HealthCheckResponse { status: health(&request) as i32 }.encode_to_vec());
        ready(match said {
            Ok(said) => Ok(Response::new(Said(Some(said)))),
            Err(error) => Err(Status::invalid_argument(format!("the request does not decode: {error}"))),
        })
    }
}

/// One message, and then silence until the caller goes.
struct Said(Option<Vec<u8>>);

impl Stream for Said {
    type Item = Result<Vec<u8>, Status>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.0.take() {
            Some(said) => Poll::Ready(Some(Ok(said))),
            None => Poll::Pending,
        }
    }
}

/// Messages as they are on the wire.
#[derive(Clone, Copy, Default)]
struct Unread;

impl Codec for Unread {
    type Encode = Vec<u8>;
    type Decode = Bytes;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for Unread {
    type Item = Vec<u8>;
    type Error = Status;

    fn encode(&mut self, message: Vec<u8>, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.put_slice(&message);
        Ok(())
    }
}

impl Decoder for Unread {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        Ok(Some(buffer.copy_to_bytes(buffer.remaining())))
    }
}
