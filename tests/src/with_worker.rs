//! A worker for the length of a test.

use std::time::Duration;

use durably::{Client, Worker};

use crate::{client, unique};

/// Far more than any test takes: only a test that hangs gets there.
const LIMIT: Duration = Duration::from_secs(90);

/// Runs `test` with a client, and with the task queue of a worker that `register` has filled.
///
/// The worker is shut down afterwards, which must succeed too.
pub async fn with_worker<R>(register: impl FnOnce(Worker) -> Worker, test: impl AsyncFnOnce(&Client, &str) -> R) -> R {
    let client = client().await;
    let queue = unique("queue");
    let worker = register(Worker::new(&client, &queue)).start().unwrap();
    let result = tokio::time::timeout(LIMIT, test(&client, &queue)).await.expect("the test hangs");
    worker.shutdown().await.unwrap();
    result
}
