//! The Temporal services tests run on.

use std::{env, net::Ipv4Addr, path::PathBuf, sync::OnceLock, thread};

use durably_embedded::Server;
use tokio::sync::oneshot;
use xtask::{DevServer, DevServerBuilder, lacking};

/// The address of the service all tests of this process share: the one `TEMPORAL_ADDRESS` names, else an embedded one,
/// which is on a port for the sake of programs in other languages.
pub fn address() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(|| configured().unwrap_or_else(embedded))
}

/// The address of a service that is not the embedded one: the one `TEMPORAL_ADDRESS` names, else a dev server. `None` if
/// there can be none here, and the test that asks is to be skipped.
pub async fn real_address() -> Option<&'static str> {
    static SERVER: OnceLock<Option<DevServer>> = OnceLock::new();
    static CONFIGURED: OnceLock<Option<String>> = OnceLock::new();
    if let Some(address) = CONFIGURED.get_or_init(configured) {
        return Some(address);
    }
    let start = || SERVER.get_or_init(|| started(DevServer::builder())).as_ref();
    let server = tokio::task::spawn_blocking(start).await.unwrap();
    server.map(DevServer::address)
}

/// A dev server of one test. `None` if there can be none here, and the test is to be skipped.
pub async fn dev_server(builder: DevServerBuilder) -> Option<DevServer> {
    tokio::task::spawn_blocking(|| started(builder)).await.unwrap()
}

/// Temporal's command line. `None` if there can be none here, and the test is to be skipped.
pub async fn temporal_cli() -> Option<PathBuf> {
    let find = || xtask::temporal_cli().map_err(|error| lacking("Temporal CLI", &error)).ok();
    tokio::task::spawn_blocking(find).await.unwrap()
}

fn started(builder: DevServerBuilder) -> Option<DevServer> {
    builder.start().map_err(|error| lacking("Temporal dev server", &error)).ok()
}

fn configured() -> Option<String> {
    env::var("TEMPORAL_ADDRESS").ok().filter(|address| !address.is_empty())
}

/// A server as long as the process lives, whichever test asks first.
fn embedded() -> String {
    let (send, address) = oneshot::channel();
    let serve = async move {
        let ready = |address: std::net::SocketAddr| send.send(address.to_string()).expect("someone waits");
        let port = (Ipv4Addr::LOCALHOST, 0).into();
        Server::start().serve(port, ready, std::future::pending()).await.expect("a port is free");
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    thread::spawn(move || runtime.block_on(serve));
    // The one who asks may be on a runtime, which must not block for long: this takes a millisecond.
    thread::spawn(|| address.blocking_recv()).join().unwrap().expect("the embedded server starts")
}
