//! A server of one test, which may go away and come back.

use std::{env, fs, path::PathBuf};

use xtask::DevServer;

use crate::{dev_server, unique};

/// A dev server with its state in a file. The file goes when this is dropped.
pub struct OwnServer {
    server: Option<DevServer>,
    address: String,
    db_file: PathBuf,
}

impl OwnServer {
    /// Starts a server, whichever one the other tests use. `None` if there can be none here, and the test is to be skipped.
    pub async fn start() -> Option<Self> {
        let db_file = env::temp_dir().join(unique("durably-tests")).with_extension("db");
        let server = dev_server(DevServer::builder().db_file(&db_file)).await?;
        Some(Self { address: server.address().to_owned(), server: Some(server), db_file })
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
        if let Some(server) = self.server.take() {
            tokio::task::spawn_blocking(|| server.stop()).await.unwrap();
        }
    }

    /// Starts it again, after [`kill`](OwnServer::kill) or [`stop`](OwnServer::stop), at its address and with its file.
    pub async fn restart(&mut self) {
        let port = self.address.rsplit_once(':').and_then(|(_, port)| port.parse().ok()).expect("a port");
        self.server = dev_server(DevServer::builder().db_file(&self.db_file).port(port)).await;
        assert!(self.server.is_some(), "it comes back");
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
