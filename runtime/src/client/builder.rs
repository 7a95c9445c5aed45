//! From options, the environment and `temporal.toml` to a client.

use std::{collections::HashMap, sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use temporalio_client::{
    Client, ClientInterceptor, ClientOptions, ClientTlsOptions, ConnectionOptions, GrpcCompression, TlsOptions,
    envconfig::LoadClientConfigProfileOptions,
};
use temporalio_common::{
    data_converters::{DataConverter, DefaultFailureConverter, PayloadCodec, PayloadConverter},
    envconfig::load_client_config_profile,
};

use super::{
    CodecChain, ConnectError,
    address::{is_loopback, parse_address},
    failures::with_plain_failures,
    servers::remember,
};

/// The namespace of who names none.
const DEFAULT_NAMESPACE: &str = "default";
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A client, once awaited: what is given here, else the official `TEMPORAL_*` environment variables, else `temporal.toml`,
/// else the namespace `default`.
///
/// Where none of them has an address, the client is one of an embedded server, which this process then runs in memory until
/// it ends, and which all such clients share; it has the namespace that is configured. That is for development, so only
/// builds with debug assertions do it, as those of `cargo run` and `cargo test` are, and only with the feature `embedded`,
/// which is on by default. Any other build refuses to connect without an address. The program logs it at level INFO.
///
/// Errors: [`ConnectError`], which names the address and says what to do.
///
/// ```no_run
/// # async fn example() -> Result<(), durably::ConnectError> {
/// let configured = durably::client().await?;
/// let chosen = durably::client().address("temporal.example:7233").namespace("billing").await?;
/// # Ok(()) }
/// ```
pub fn client() -> ClientBuilder {
    ClientBuilder::default()
}

/// Options of a client; await it to connect.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let cloud = durably::client()
///     .address("my-namespace.a1b2c.tmprl.cloud:7233")
///     .namespace("my-namespace.a1b2c")
///     .client_certificate(std::fs::read("client.pem")?, std::fs::read("client.key")?)
///     .await?;
/// # Ok(()) }
/// ```
#[derive(Default)]
#[must_use = "nothing is connected unless it is awaited"]
pub struct ClientBuilder {
    address: Option<String>,
    namespace: Option<String>,
    identity: Option<String>,
    tls: Option<TlsOptions>,
    api_key: Option<String>,
    headers: HashMap<String, String>,
    data_converter: Option<DataConverter>,
    codecs: CodecChain,
    interceptors: Vec<Arc<dyn ClientInterceptor>>,
    #[cfg(feature = "experimental")]
    plugins: Vec<temporalio_client::ErasedClientPlugin>,
    grpc_compression: Option<GrpcCompression>,
    connect_timeout: Option<Duration>,
    profile: Option<String>,
    options: Vec<ChangeOptions>,
}

type ChangeOptions = Box<dyn FnOnce(&mut ConnectionOptions) + Send>;

impl ClientBuilder {
    /// Where the service is: `host:port` or a URL.
    pub fn address(mut self, address: impl Into<String>) -> Self {
        self.address = Some(address.into());
        self
    }

    /// The namespace to work in.
    pub fn namespace(mut self, namespace: impl Into<String>) -> Self {
        self.namespace = Some(namespace.into());
        self
    }

    /// Who this client says it is, recorded in histories. Process id and host name unless given.
    pub fn identity(mut self, identity: impl Into<String>) -> Self {
        self.identity = Some(identity.into());
        self
    }

    /// TLS with the certificates of the operating system, or as these options say.
    pub fn tls(mut self, options: TlsOptions) -> Self {
        self.tls = Some(options);
        self
    }

    /// mTLS: the certificate and the private key of this client, both PEM.
    pub fn client_certificate(mut self, certificate: impl Into<Vec<u8>>, private_key: impl Into<Vec<u8>>) -> Self {
        let client =
            ClientTlsOptions::builder().client_cert(certificate.into()).client_private_key(private_key.into()).build();
        self.tls.get_or_insert_default().client_tls_options = Some(client);
        self
    }

    /// The API key to show, as Temporal Cloud asks for. TLS comes with it.
    pub fn api_key(mut self, api_key: impl Into<String>) -> Self {
        self.api_key = Some(api_key.into());
        self
    }

    /// A header to send with every call.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.insert(name.into(), value.into());
        self
    }

    /// How values become payloads and failures. Not together with [`codec`](ClientBuilder::codec): a converter has a codec of
    /// its own.
    pub fn data_converter(mut self, data_converter: DataConverter) -> Self {
        self.data_converter = Some(data_converter);
        self
    }

    /// What encodes payloads on their way out and decodes them on their way in, such as encryption.
    ///
    /// Of several, the first one given is next to the values: it encodes first and decodes last, as in
    /// `.codec(compression).codec(encryption)`.
    ///
    /// What cannot be decoded is an error that says so. In a worker it fails the task, which is tried again until a worker can
    /// decode it, so that nothing is lost. Mind that an update which was encoded with a wrong key is tried again as well, and
    /// keeps the workflow waiting until the service forgets it.
    pub fn codec(mut self, codec: impl PayloadCodec + Send + Sync + 'static) -> Self {
        self.codecs = self.codecs.then(codec);
        self
    }

    /// An interceptor of client calls; the first one given is the outermost.
    pub fn interceptor(mut self, interceptor: impl ClientInterceptor + 'static) -> Self {
        self.interceptors.push(Arc::new(interceptor));
        self
    }

    /// A plugin of Temporal's SDK for this client and for the workers that get it, such as the one for OpenTelemetry.
    ///
    /// What it changes, it changes in what the options here have come to.
    #[cfg(feature = "experimental")]
    pub fn plugin(mut self, plugin: impl Into<temporalio_client::ErasedClientPlugin>) -> Self {
        self.plugins.push(plugin.into());
        self
    }

    /// Whether calls are compressed. Not to a service on this machine, with gzip elsewhere, unless given.
    pub fn grpc_compression(mut self, compression: GrpcCompression) -> Self {
        self.grpc_compression = Some(compression);
        self
    }

    /// How long connecting may take, the first answer of the service included. 10 seconds unless given.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// The profile of `temporal.toml` to use.
    pub fn profile(mut self, profile: impl Into<String>) -> Self {
        self.profile = Some(profile.into());
        self
    }

    /// Any other option of Temporal's client; it sees what the options above have come to.
    pub fn connection_options(mut self, change: impl FnOnce(&mut ConnectionOptions) + Send + 'static) -> Self {
        self.options.push(Box::new(change));
        self
    }

    /// The options for Temporal's own client, and whether they say where the service is.
    fn into_options(self) -> Result<(ConnectionOptions, ClientOptions, Service), ConnectError> {
        let load = LoadClientConfigProfileOptions::builder().maybe_config_file_profile(self.profile).build();
        let profile = load_client_config_profile(load, None)?;
        let addressed = self.address.is_some() || profile.address.is_some();
        let namespace = profile.namespace.clone().unwrap_or_else(|| DEFAULT_NAMESPACE.to_owned());
        let mut connection = ConnectionOptions::try_from(profile)?;
        let mut client = ClientOptions::new(namespace).build();
        if let Some(tls) = self.tls {
            connection.tls_options = Some(tls);
        }
        if let Some(api_key) = self.api_key {
            connection.tls_options.get_or_insert_default();
            connection.api_key = Some(api_key);
        }
        let tls = connection.tls_options.is_some();
        if let Some(address) = self.address {
            connection.target = parse_address(&address, tls)?;
        }
        if tls && connection.target.set_scheme("https").is_err() {
            let address = connection.target.to_string();
            return Err(ConnectError::Address { address, reason: "it cannot be reached over TLS".to_owned() });
        }
        if let Some(identity) = self.identity {
            connection.identity = identity;
        } else if connection.identity.is_empty() {
            connection.identity = default_identity();
        }
        if !self.headers.is_empty() {
            connection.headers.get_or_insert_default().extend(self.headers);
        }
        connection.connect_timeout = Some(self.connect_timeout.unwrap_or(CONNECT_TIMEOUT));
        connection.grpc_compression = self.grpc_compression.unwrap_or_else(|| match is_loopback(&connection.target) {
            true => GrpcCompression::None,
            false => GrpcCompression::Gzip,
        });
        let target = connection.target.clone();
        for change in self.options {
            change(&mut connection);
        }
        let chosen = addressed || connection.target != target || connection.service_override.is_some();
        let service = match chosen {
            true => Service::Chosen,
            false if connection.tls_options.is_some() => return Err(ConnectError::NoAddressForTls),
            false => Service::None,
        };
        if let Some(namespace) = self.namespace {
            client.namespace = namespace;
        }
        client.client_interceptors.extend(self.interceptors);
        match (self.data_converter, self.codecs) {
            (Some(_), codecs) if !codecs.is_empty() => return Err(ConnectError::TwoCodecs),
            (Some(data_converter), _) => client.data_converter = data_converter,
            (None, codecs) if !codecs.is_empty() => {
                let failures = DefaultFailureConverter::default();
                client.data_converter = DataConverter::new(PayloadConverter::default(), failures, codecs);
            }
            (None, _) => {}
        }
        if matches!(client.data_converter.payload_converter(), PayloadConverter::Serde(_)) {
            return Err(ConnectError::PayloadConverter);
        }
        client.data_converter = with_plain_failures(client.data_converter);
        // Plugins are taken by the builder of the options only.
        #[cfg(feature = "experimental")]
        let client = ClientOptions::new(client.namespace)
            .plugins(self.plugins)
            .data_converter(client.data_converter)
            .client_interceptors(client.client_interceptors)
            .build();
        Ok((connection, client, service))
    }

    async fn connect(self) -> Result<Client, ConnectError> {
        let (connection, client, service) = self.into_options()?;
        let (connection, address) = match service {
            Service::Chosen => {
                let address = connection.target.to_string();
                (connection, address)
            }
            Service::None => embedded(connection, &client).await?,
        };
        let limit = connection.connect_timeout;
        let connecting = Client::connect(connection, client);
        let connected = match limit {
            // The option itself ends with the connection: whoever takes that and says nothing would be waited for.
            Some(limit) => match tokio::time::timeout(limit, connecting).await {
                Ok(connected) => connected,
                Err(_) => return Err(ConnectError::Silent { address, limit }),
            },
            None => connecting.await,
        };
        match connected {
            Ok(client) => {
                remember(&client, address);
                Ok(client)
            }
            Err(source) => Err(ConnectError::Unreachable { address, source }),
        }
    }
}

impl IntoFuture for ClientBuilder {
    type Output = Result<Client, ConnectError>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.connect())
    }
}

/// Whether the options say where the service is.
#[derive(Debug)]
enum Service {
    Chosen,
    None,
}

/// A connection to the embedded server, and what errors call that.
#[cfg(all(feature = "embedded", debug_assertions))]
async fn embedded(
    mut connection: ConnectionOptions,
    client: &ClientOptions,
) -> Result<(ConnectionOptions, String), ConnectError> {
    super::embedded::direct(&mut connection, client).await?;
    Ok((connection, super::embedded::NAME.to_owned()))
}

#[cfg(not(all(feature = "embedded", debug_assertions)))]
async fn embedded(
    _connection: ConnectionOptions,
    _client: &ClientOptions,
) -> Result<(ConnectionOptions, String), ConnectError> {
    Err(ConnectError::NoAddress)
}

fn default_identity() -> String {
    format!("{}@{}", std::process::id(), gethostname::gethostname().to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compression(builder: ClientBuilder) -> GrpcCompression {
        builder.into_options().unwrap().0.grpc_compression
    }

    #[test]
    fn compression_is_for_what_leaves_the_machine() {
        assert_eq!(compression(client().address("127.0.0.1:7233")), GrpcCompression::None);
        assert_eq!(compression(client().address("temporal.example:7233")), GrpcCompression::Gzip);
        let chosen = client().address("127.0.0.1:7233").grpc_compression(GrpcCompression::Gzip);
        assert_eq!(compression(chosen), GrpcCompression::Gzip);
    }

    #[test]
    fn an_api_key_brings_tls() {
        let (connection, ..) = client().address("temporal.example:7233").api_key("secret").into_options().unwrap();
        assert_eq!(connection.target.scheme(), "https");
        assert!(connection.tls_options.is_some());
    }

    #[test]
    fn a_client_certificate_is_mutual_tls() {
        let builder = client().address("temporal.example:7233").client_certificate("cert", "key");
        let tls = builder.into_options().unwrap().0.tls_options.unwrap();
        assert_eq!(tls.client_tls_options.unwrap().client_cert, b"cert");
    }

    #[test]
    fn tls_is_for_a_service_that_is_named() {
        let error = client().api_key("secret").into_options().err().unwrap().to_string();
        assert!(error.contains("set TEMPORAL_ADDRESS"), "{error}");
        let (.., service) = client()
            .connection_options(|options| options.target.set_host(Some("temporal.example")).unwrap())
            .into_options()
            .unwrap();
        assert!(matches!(service, Service::Chosen), "{service:?}");
    }

    #[test]
    fn headers_and_namespace_arrive() {
        let builder = client().header("x-tenant", "7").namespace("billing").identity("me");
        let (connection, client, _) = builder.into_options().unwrap();
        assert_eq!(connection.headers.unwrap()["x-tenant"], "7");
        assert_eq!(connection.identity, "me");
        assert_eq!(client.namespace, "billing");
    }
}
