//! A workflow that sleeps a year, where time skips.

use std::{
    error::Error,
    time::{Duration, Instant},
};

use durably::{Worker, prelude::*};
use durably_embedded::Server;

use crate::table::median;

const QUEUE: &str = "year";
const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
/// The first ones are slower.
const WARM_UP: usize = 5;

#[workflow(task_queue = "year")]
#[derive(Default)]
struct Sleeper;

#[workflow]
impl Sleeper {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        ctx.timer(YEAR).await;
        Ok(())
    }
}

/// Seconds from the start to the result, the median of so many.
pub(super) async fn run(count: usize) -> Result<f64, Box<dyn Error>> {
    let server = Server::builder().time_skipping(true).start();
    let client = durably::client().connection_options(move |options| server.direct(options)).await?;
    let worker = Worker::new(&client, QUEUE).workflow::<Sleeper>().start()?;
    let mut times = Vec::new();
    for number in 0..WARM_UP + count {
        let began = Instant::now();
        Sleeper::start(&client).id(format!("sleeper-{number}")).execute().await?;
        times.push(began.elapsed().as_secs_f64());
    }
    worker.shutdown().await?;
    Ok(median(times.into_iter().skip(WARM_UP)))
}
