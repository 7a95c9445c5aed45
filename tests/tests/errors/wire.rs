//! A way to the server that can be cut, or stopped.

use durably::{RpcOptions, prelude::*, temporal::client::RetryOptions};
use durably_tests::address;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// A client, and what its calls go through.
pub(super) struct Wire {
    pub(super) client: Client,
    pub(super) address: String,
    state: watch::Sender<State>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Open,
    /// Connections stay, and nothing goes through.
    Stopped,
    /// There are no connections, and no new ones.
    Cut,
}

impl Wire {
    pub(super) async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (state, states) = watch::channel(State::Open);
        tokio::spawn(forward(listener, states));
        let builder = durably::client().address(&address);
        let client = builder.connection_options(|options| options.retry_options = RetryOptions::no_retries());
        Self { client: client.await.unwrap(), address, state }
    }

    pub(super) fn stop(&self) {
        self.state.send_replace(State::Stopped);
    }

    /// Returns once the client has noticed.
    pub(super) async fn cut(&self) {
        self.state.send_replace(State::Cut);
        // What goes through the wire as it is cut may be told something else.
        super::Lamp::handle(&self.client, "nobody").describe().await.expect_err("there is no server");
    }
}

async fn forward(listener: TcpListener, states: watch::Receiver<State>) {
    let mut closing = states.clone();
    let accept = async {
        loop {
            let (mut near, _) = listener.accept().await.unwrap();
            let mut states = states.clone();
            tokio::spawn(async move {
                let mut far = TcpStream::connect(address()).await.unwrap();
                tokio::select! {
                    _ = copy_bidirectional(&mut near, &mut far) => return,
                    _ = states.wait_for(|state| *state != State::Open) => {}
                }
                // The connections are closed when this returns.
                let _ = states.wait_for(|state| *state == State::Cut).await;
            });
        }
    };
    tokio::select! {
        () = accept => {}
        _ = closing.wait_for(|state| *state == State::Cut) => {}
    }
}

/// A deadline that is soon over, and no second try.
pub(super) fn soon() -> RpcOptions {
    let options = RpcOptions::builder().timeout(Duration::from_millis(300));
    options.retry_options(RetryOptions::no_retries()).build()
}
