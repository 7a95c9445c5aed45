//! A wire to the Temporal service that can be cut and mended.

use std::{io, time::Duration};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
};

const PATIENCE: Duration = Duration::from_secs(40);

/// Forwards connections to a service, as long as it is whole. Gone when it is dropped.
pub struct Wire {
    address: String,
    whole: watch::Sender<bool>,
    refused: watch::Receiver<usize>,
    forwarding: JoinHandle<()>,
}

impl Wire {
    /// A wire to the service at this address.
    pub async fn to(service: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let whole = watch::Sender::new(true);
        let (refusals, refused) = watch::channel(0);
        let forwarding = tokio::spawn(forward(listener, service.to_owned(), whole.subscribe(), refusals));
        Self { address, whole, refused, forwarding }
    }

    /// Its near end, for clients.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Breaks all connections, and each new one at once.
    pub fn cut(&self) {
        self.whole.send_replace(false);
    }

    /// Lets connections through again.
    pub fn mend(&self) {
        self.whole.send_replace(true);
    }

    /// Waits until so many connections have been refused, since there is a wire.
    pub async fn refused(&self, connections: usize) {
        let mut refused = self.refused.clone();
        let enough = refused.wait_for(|refused| *refused >= connections);
        let waited = tokio::time::timeout(PATIENCE, enough).await.map(|result| result.map(|_| ()));
        waited.expect("nobody tries to connect again").unwrap();
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.forwarding.abort();
    }
}

async fn forward(listener: TcpListener, service: String, whole: watch::Receiver<bool>, refusals: watch::Sender<usize>) {
    let mut connections = JoinSet::new();
    loop {
        let (near, _) = listener.accept().await.unwrap();
        if !*whole.borrow() {
            drop(near);
            refusals.send_modify(|refused| *refused += 1);
            continue;
        }
        let (service, mut whole) = (service.clone(), whole.clone());
        connections.spawn(async move {
            tokio::select! {
                ended = carry(near, &service) => ended,
                _ = whole.wait_for(|whole| !whole) => Ok(()),
            }
        });
    }
}

async fn carry(mut near: TcpStream, service: &str) -> io::Result<()> {
    let mut far = TcpStream::connect(service).await?;
    copy_bidirectional(&mut near, &mut far).await.map(|_| ())
}
