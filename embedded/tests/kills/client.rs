//! A client of gRPC, as small as can be.

use bytes::{BufMut, Bytes, BytesMut};
use h2::client::SendRequest;
use prost::{Message, Name};
use tokio::net::TcpStream;
use tonic::{Code, Status};

const WORKFLOWS: &str = "temporal.api.workflowservice.v1.WorkflowService";
const TESTS: &str = "temporal.api.testservice.v1.TestService";

/// A connection to the server, which is over with it.
#[derive(Clone)]
pub(crate) struct Client(SendRequest<Bytes>);

impl Client {
    pub(crate) async fn connect(address: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let (client, connection) = h2::client::handshake(TcpStream::connect(address).await?).await?;
        tokio::spawn(connection);
        Ok(Self(client))
    }

    /// A call of the workflow service, known by its request.
    pub(crate) async fn call<Q: Message + Name, R: Message + Default>(&self, request: Q) -> Result<R, Status> {
        self.call_of(WORKFLOWS, Q::NAME.strip_suffix("Request").unwrap(), request).await
    }

    pub(crate) async fn test_call<Q: Message, R: Message + Default>(&self, rpc: &str, request: Q) -> Result<R, Status> {
        self.call_of(TESTS, rpc, request).await
    }

    async fn call_of<Q: Message, R: Message + Default>(
        &self,
        service: &str,
        rpc: &str,
        request: Q,
    ) -> Result<R, Status> {
        let answer = self.bytes(service, rpc, request.encode_to_vec()).await;
        // What breaks on the way is of the same kind as a server that is gone.
        let answer = answer.unwrap_or_else(|broken| Err(Status::unavailable(broken.to_string())))?;
        R::decode(answer).map_err(|error| Status::data_loss(error.to_string()))
    }

    async fn bytes(
        &self,
        service: &str,
        rpc: &str,
        message: Vec<u8>,
    ) -> Result<Result<Bytes, Status>, Box<dyn std::error::Error + Send + Sync>> {
        let request = http::Request::post(format!("http://localhost/{service}/{rpc}"))
            .header("content-type", "application/grpc")
            .header("te", "trailers")
            .body(())?;
        let mut body = BytesMut::with_capacity(message.len() + 5);
        body.put_u8(0);
        body.put_u32(u32::try_from(message.len())?);
        body.extend_from_slice(&message);
        let (response, mut stream) = self.0.clone().ready().await?.send_request(request, false)?;
        stream.send_data(body.freeze(), true)?;
        let response = response.await?;
        if let Some(refused) = Status::from_header_map(response.headers()).filter(|status| status.code() != Code::Ok) {
            return Ok(Err(refused));
        }
        let mut body = response.into_body();
        let mut answer = BytesMut::new();
        while let Some(data) = body.data().await {
            let data = data?;
            body.flow_control().release_capacity(data.len())?;
            answer.extend_from_slice(&data);
        }
        let status = body.trailers().await?.as_ref().and_then(Status::from_header_map);
        match status {
            Some(status) if status.code() == Code::Ok => Ok(Ok(answer.freeze().slice(5..))),
            Some(refused) => Ok(Err(refused)),
            None => Err("there is no status".into()),
        }
    }
}
