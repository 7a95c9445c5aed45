//! Why there is no connection.

use std::time::Duration;

use temporalio_client::{envconfig::ConfigError, errors::ClientConnectError};

/// Why there is none by itself.
const NO_EMBEDDED: &str = match cfg!(feature = "embedded") {
    true => "; the embedded server is for builds with debug assertions only",
    false => "; this build is without the feature `embedded` of durably",
};

/// A client could not be made.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// The environment or `temporal.toml` does not hold a usable configuration.
    #[error("the Temporal configuration in the environment or in temporal.toml cannot be used: {0}")]
    Config(#[from] ConfigError),
    /// The address is none.
    #[error("`{address}` is not the address of a Temporal service: {reason}; write `host:port` or a URL")]
    Address {
        /// What was given.
        address: String,
        /// What is wrong with it.
        reason: String,
    },
    /// No address is configured, and this build does not start a server of its own.
    #[error(
        "no Temporal service is configured: set TEMPORAL_ADDRESS, `address` in temporal.toml, or `.address(\"host:7233\")`{}",
        NO_EMBEDDED
    )]
    NoAddress,
    /// TLS, a certificate or an API key is configured, but not for which service.
    #[error(
        "TLS or an API key is configured, but no address to use it with: set TEMPORAL_ADDRESS, `address` in temporal.toml, or `.address(\"host:7233\")`"
    )]
    NoAddressForTls,
    /// The embedded server cannot be started.
    #[error("no Temporal service is configured, and the embedded server does not start: {0}")]
    Embedded(String),
    /// Both a data converter and a codec were given.
    #[error("both `data_converter` and `codec` were given: put the codec into the data converter")]
    TwoCodecs,
    /// The data converter has a payload converter that cannot convert lists of arguments.
    #[error(
        "the payload converter of the `data_converter` is `PayloadConverter::Serde`, which cannot convert lists of arguments: use `PayloadConverter::default()`, and for another format a type with payload traits of its own, or a codec"
    )]
    PayloadConverter,
    /// Something took the connection and did not answer in time.
    #[error("cannot connect to the Temporal service at {address}: there is no answer after {limit:?}")]
    Silent {
        /// Where it should be.
        address: String,
        /// How long was waited.
        limit: Duration,
    },
    /// There is no connection, or the service refuses it.
    #[error("cannot connect to the Temporal service at {address}: {source}")]
    Unreachable {
        /// Where it should be.
        address: String,
        /// What went wrong.
        source: ClientConnectError,
    },
}

crate::shown::debug_is_display!(ConnectError);
