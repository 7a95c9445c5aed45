//! Temporal's own client, connected without a socket.

use std::sync::Arc;

use temporalio_client::{
    Client, ClientOptions, ConnectionOptions, GrpcCompression,
    callback_based::{CallbackBasedGrpcService, GrpcRequest, GrpcSuccessResponse},
    errors::ClientConnectError,
};
use tonic::metadata::MetadataMap;
use url::Url;

use crate::Server;

impl Server {
    /// What [`ConnectionOptions::service_override`] takes. It keeps the server running.
    pub fn service(&self) -> CallbackBasedGrpcService {
        let server = self.clone();
        let callback = move |request: GrpcRequest| {
            let server = server.clone();
            let answer = async move {
                let GrpcRequest { service, rpc, headers, proto } = request;
                let metadata = MetadataMap::from_headers(headers);
                let proto = server.call(&service, &rpc, &metadata, proto).await?;
                Ok(GrpcSuccessResponse { headers: Default::default(), proto })
            };
            Box::pin(answer) as futures_util::future::BoxFuture<'static, _>
        };
        CallbackBasedGrpcService { callback: Arc::new(callback) }
    }

    /// Makes options of a connection go to this server, whatever their address is, without compression.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use temporalio_client::{Connection, ConnectionOptions};
    ///
    /// let server = durably_embedded::Server::start();
    /// let address = url::Url::parse("http://anywhere.invalid")?;
    /// let mut options = ConnectionOptions::new(address).identity("me").build();
    /// server.direct(&mut options);
    /// let connection = Connection::connect(options).await?;
    /// # Ok(()) }
    /// ```
    pub fn direct(&self, options: &mut ConnectionOptions) {
        options.service_override = Some(self.service());
        options.grpc_compression = GrpcCompression::None;
        options.dns_load_balancing = None;
    }

    /// A client in this namespace.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let server = durably_embedded::Server::start();
    /// let client = server.client("default").await?;
    /// # Ok(()) }
    /// ```
    ///
    /// Errors: none that are known; they are those of Temporal's client.
    pub async fn client(&self, namespace: impl Into<String>) -> Result<Client, ClientConnectError> {
        // It is never looked up.
        let address = Url::parse("http://embedded.invalid");
        let address = address.map_err(|error| ClientConnectError::InvalidConfig(error.to_string()))?;
        let mut options = ConnectionOptions::new(address).build();
        self.direct(&mut options);
        Client::connect(options, ClientOptions::new(namespace).build()).await
    }
}
