//! The server to use: the one the environment names, else one of our own.

use std::env;
use std::process::Command;

use crate::error::DevServerError;
use crate::server::DevServer;

const ADDRESS: &str = "TEMPORAL_ADDRESS";

/// A real Temporal server: a running one that `TEMPORAL_ADDRESS` names, or else a dev server of our
/// own.
#[derive(Debug)]
#[non_exhaustive]
pub enum AnyServer {
    /// Runs elsewhere, at this address.
    Running(String),
    /// Runs as long as this value lives.
    Started(Box<DevServer>),
}

impl AnyServer {
    /// Takes the server that `TEMPORAL_ADDRESS` names, or starts a [`DevServer`].
    pub fn get() -> Result<Self, DevServerError> {
        match env::var(ADDRESS) {
            Ok(address) if !address.is_empty() => Ok(Self::Running(address)),
            _ => Ok(Self::Started(Box::new(DevServer::start()?))),
        }
    }

    /// The server's address, as `TEMPORAL_ADDRESS` takes it.
    pub fn address(&self) -> &str {
        match self {
            Self::Running(address) => address,
            Self::Started(server) => server.address(),
        }
    }

    /// Lets `command` use this server. The other `TEMPORAL_*` variables (namespace, TLS, API key,
    /// ...) stay for a server that runs elsewhere; for our own they are removed, since they
    /// speak of another.
    pub fn apply(&self, command: &mut Command) {
        if let Self::Started(server) = self {
            point_at(command, server.address());
        }
    }

    /// Stops the server if it is ours.
    pub fn stop(self) {
        if let Self::Started(server) = self {
            server.stop();
        }
    }
}

/// Lets `command` use a local server, whatever the user's configuration for other servers is.
pub fn point_at(command: &mut Command, address: &str) {
    unconfigured(command);
    command.env(ADDRESS, address);
}

/// Lets `command` know of no server, whatever the user's configuration is.
pub fn unconfigured(command: &mut Command) {
    for (name, _) in env::vars_os() {
        if name.as_encoded_bytes().starts_with(b"TEMPORAL_") {
            command.env_remove(name);
        }
    }
    command.env("TEMPORAL_CONFIG_FILE", "/dev/null");
}
