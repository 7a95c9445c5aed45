//! Waiting for what the service does in its own time, such as telling its parts of a new namespace.

use std::{
    fmt::Display,
    future::Future,
    time::{Duration, Instant},
};

const PATIENCE: Duration = Duration::from_secs(30);

/// Tries until it succeeds; the last error after 30 seconds.
pub async fn eventually<T, E: Display, F: Future<Output = Result<T, E>>>(mut attempt: impl FnMut() -> F) -> T {
    let began = Instant::now();
    loop {
        match attempt().await {
            Ok(value) => return value,
            Err(error) if began.elapsed() > PATIENCE => panic!("still after {PATIENCE:?}: {error}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(25)).await,
        }
    }
}
