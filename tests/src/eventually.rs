//! Waiting for what the service does in its own time, such as telling its parts of a new namespace.

use std::{
    fmt::Display,
    future::Future,
    time::{Duration, Instant},
};

/// The real server deletes workflows when it finds the time.
const PATIENCE: Duration = Duration::from_secs(60);

/// Tries until it succeeds; the last error after 60 seconds.
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
