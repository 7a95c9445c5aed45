//! Which server a client is connected to, for errors to name.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use temporalio_client::{Client, worker::ClientWorkerSet};

/// Temporal's connection does not keep its address, and has room for nothing else. So the addresses of the connections
/// that exist are kept here, known by what each connection shares with its clones only.
static SERVERS: Mutex<Vec<Server>> = Mutex::new(Vec::new());

struct Server {
    connection: Weak<ClientWorkerSet>,
    address: String,
}

/// Remembers where a client is connected to, for as long as it is.
pub(super) fn remember(client: &Client, address: String) {
    let connection = Arc::downgrade(&client.connection().workers());
    let mut servers = SERVERS.lock().unwrap_or_else(PoisonError::into_inner);
    servers.retain(|server| server.connection.strong_count() > 0);
    servers.push(Server { connection, address });
}

/// Where a client is connected to, if it was made by [`client`](super::client()).
pub(crate) fn address_of(client: &Client) -> Option<String> {
    let connection = client.connection().workers();
    let servers = SERVERS.lock().unwrap_or_else(PoisonError::into_inner);
    let server = servers.iter().find(|server| server.connection.as_ptr() == Arc::as_ptr(&connection))?;
    Some(server.address.clone())
}
