//! A worker outlives the runtime it was started in, for a moment, if `main` returns early: then it must not panic.

use std::{
    future::{self, Future},
    sync::mpsc,
    time::Duration,
};

use tokio::{runtime::Handle, sync::oneshot};

/// Why a worker stops without an error of its own.
pub(super) const GONE: &str = "the tokio runtime in which it was started has been shut down";
/// How long the shutdown of a runtime waits for a worker whose workflow blocks its thread.
const PATIENCE: Duration = Duration::from_secs(1);

/// What the future gives, which is polled outside of the runtime; `None` if the runtime is shut down before.
///
/// A timer panics that is polled when the clock of its runtime has stopped. A runtime drops its tasks before that, and one of
/// them holds it up until the future is dropped.
pub(super) async fn while_alive<T>(tokio: &Handle, future: impl Future<Output = T>) -> Option<T> {
    let (alive, gone) = oneshot::channel::<()>();
    let (running, stopped) = mpsc::channel::<()>();
    let brake = Brake { alive: Some(alive), stopped };
    let task = tokio.spawn(async move {
        let _brake = brake;
        future::pending::<()>().await;
    });
    let output = tokio::select! {
        biased;
        _ = gone => None,
        output = future => Some(output),
    };
    drop(running);
    task.abort();
    output
}

/// Dropped with the runtime.
struct Brake {
    alive: Option<oneshot::Sender<()>>,
    stopped: mpsc::Receiver<()>,
}

impl Drop for Brake {
    fn drop(&mut self) {
        drop(self.alive.take());
        // Nothing is ever sent: it ends when the sender is dropped.
        let _ = self.stopped.recv_timeout(PATIENCE);
    }
}
