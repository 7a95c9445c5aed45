//! Starts workflows and waits for their results.

use std::{
    error::Error,
    time::{Duration, Instant},
};

use durably::prelude::*;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::durably_worker::Hello;

/// How long `count` workflows take, `concurrency` at once.
pub(crate) async fn run(
    client: &Client,
    task_queue: &str,
    what: &str,
    count: usize,
    concurrency: usize,
) -> Result<Duration, Box<dyn Error>> {
    let start = Instant::now();
    stream::iter(0..count)
        .map(|number| async move {
            let id = format!("{task_queue}-{what}-{number}");
            // The arguments and the names are the same, whoever made the worker.
            let greeting = Hello::start(client, "Ada").id(id).task_queue(task_queue).execute().await?;
            match greeting.as_str() {
                "Hello, Ada!" => Ok(()),
                other => Err(format!("a workflow said `{other}`").into()),
            }
        })
        .buffer_unordered(concurrency)
        .try_collect::<()>()
        .await
        .map_err(|error: Box<dyn Error>| error)?;
    Ok(start.elapsed())
}
