//! A server of one test, which may go away and come back.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use xtask::{DevServer, DevServerBuilder};

use super::embedded::EmbeddedServer;
use crate::{dev_server, unique};

/// A server with its state in a file. The file goes when this is dropped.
pub struct OwnServer {
    kind: Kind,
    server: Option<Server>,
    address: String,
    db_file: PathBuf,
}

#[derive(Clone, Copy)]
enum Kind {
    Real,
    Embedded,
}

enum Server {
    Real(DevServer),
    Embedded(EmbeddedServer),
}

impl OwnServer {
    /// Starts a dev server, whichever one the other tests use. `None` if there can be none here, and the test is to be
    /// skipped.
    pub async fn start() -> Option<Self> {
        Self::of(Kind::Real).await
    }

    /// Starts the program `durably-embedded`, whichever one the other tests use.
    pub async fn embedded() -> Option<Self> {
        Self::of(Kind::Embedded).await
    }

    async fn of(kind: Kind) -> Option<Self> {
        let db_file = env::temp_dir().join(unique("durably-tests")).with_extension("db");
        let (server, address) = start(kind, &db_file, None).await?;
        Some(Self { kind, server: Some(server), address, db_file })
    }

    /// Where it listens, also after a restart.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Ends it as a power failure would, with SIGKILL.
    pub fn kill(&mut self) {
        self.server = None;
    }

    /// Lets it end by itself, which it does in some seconds.
    pub async fn stop(&mut self) {
        match self.server.take() {
            Some(Server::Real(server)) => tokio::task::spawn_blocking(|| server.stop()).await.unwrap(),
            Some(Server::Embedded(server)) => tokio::task::spawn_blocking(|| server.stop()).await.unwrap(),
            None => {}
        }
    }

    /// Starts it again, after [`kill`](OwnServer::kill) or [`stop`](OwnServer::stop), at its address and with its file.
    pub async fn restart(&mut self) {
        let port = self.address.rsplit_once(':').and_then(|(_, port)| port.parse().ok()).expect("a port");
        let (server, _) = start(self.kind, &self.db_file, Some(port)).await.expect("it comes back");
        self.server = Some(server);
    }
}

/// The server, and where it listens; on any free port if there is none given.
async fn start(kind: Kind, db_file: &Path, port: Option<u16>) -> Option<(Server, String)> {
    match kind {
        Kind::Real => {
            let builder = DevServer::builder().db_file(db_file);
            let server = dev_server(port.into_iter().fold(builder, DevServerBuilder::port)).await?;
            let address = server.address().to_owned();
            Some((Server::Real(server), address))
        }
        Kind::Embedded => {
            let db_file = db_file.to_owned();
            let start = move || EmbeddedServer::start(&db_file, port.unwrap_or(0));
            let (server, address) = tokio::task::spawn_blocking(start).await.unwrap();
            Some((Server::Embedded(server), address))
        }
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        self.server = None;
        for suffix in ["", "-wal", "-shm", "-journal"] {
            let mut path = self.db_file.clone().into_os_string();
            path.push(suffix);
            let _ = fs::remove_file(path);
        }
    }
}
