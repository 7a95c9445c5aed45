//! Waiting for what the service does in its own time, such as indexing a workflow for lists.

use std::{
    future::Future,
    time::{Duration, Instant},
};

const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(50);

/// Tries until it succeeds.
///
/// Errors: the last one, after 30 seconds.
pub async fn eventually<T, E, F: Future<Output = Result<T, E>>>(mut attempt: impl FnMut() -> F) -> Result<T, E> {
    let began = Instant::now();
    loop {
        match attempt().await {
            Err(_) if began.elapsed() < PATIENCE => tokio::time::sleep(PAUSE).await,
            ended => return ended,
        }
    }
}
