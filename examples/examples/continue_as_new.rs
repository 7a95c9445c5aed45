//! Continue-as-new: a workflow that may run for ever, in runs that stay short.
//!
//! What one learns: a run ends by starting the next one, with typed arguments and what is left to do; `#[init]` makes the
//! state of the new run from them; the id stays, so that a handle by id finds whichever run goes on, and whoever waits for
//! the result gets that of the last run.
//!
//! ```text
//! meter:   10 readings sent to `meter`
//! result:  total 55, after 3 runs
//! ```

use std::collections::VecDeque;

use durably::prelude::*;
use serde::{Deserialize, Serialize};

/// How much one run takes on. A real one asks `ctx.continue_as_new_suggested()`, which is about the length of the history.
const READINGS_PER_RUN: u32 = 4;

/// Adds up readings. The state is also what one run hands to the next.
#[workflow(task_queue = "continue-as-new", id_conflict_policy = TerminateExisting)]
#[derive(Default, Clone, Serialize, Deserialize)]
struct Meter {
    total: u32,
    runs: u32,
    readings: VecDeque<u32>,
    closed: bool,
}

#[workflow]
impl Meter {
    /// The first run has none before it.
    #[init]
    fn new(before: Option<Meter>) -> Self {
        before.unwrap_or_default()
    }

    /// Adds up what comes; goes on in the next run, or as the invoice once it is closed.
    #[run(id = "meter")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<String> {
        ctx.state_mut(|w| w.runs += 1);
        for _ in 0..READINGS_PER_RUN {
            ctx.wait_condition(|w| w.closed || !w.readings.is_empty()).await?;
            let Some(reading) = ctx.state_mut(|w| w.readings.pop_front()) else {
                // The next run may be of another workflow type.
                let (total, runs) = ctx.state(|w| (w.total, w.runs));
                return Invoice::continue_as_new(ctx, total, runs).await;
            };
            ctx.state_mut(|w| w.total += reading);
        }
        // No signal is lost: one that comes before the server ends this run is handled here first, and the task done again.
        Meter::continue_as_new(ctx, Some(ctx.state(Meter::clone))).await
    }

    #[signal]
    fn read(&mut self, reading: u32) {
        self.readings.push_back(reading);
    }

    /// Ends it after the readings that have come.
    #[signal]
    fn close(&mut self) {
        self.closed = true;
    }
}

/// What is written in the end.
#[workflow(task_queue = "continue-as-new")]
#[derive(Default)]
struct Invoice;

#[workflow]
impl Invoice {
    #[run(id = "invoice")]
    async fn run(total: u32, runs: u32) -> WorkflowResult<String> {
        Ok(format!("total {total}, after {runs} runs"))
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = durably::client().await?;
    let worker = Worker::new(&client, "continue-as-new").workflow::<Meter>().workflow::<Invoice>().start()?;

    // The handle goes along: its signals reach whichever run is the latest.
    let meter = Meter::start(&client, None).await?;
    for reading in 1..=10 {
        meter.read(reading).await?;
    }
    println!("meter:   10 readings sent to `{}`", meter.workflow_id());
    meter.close().await?;
    println!("result:  {}", meter.result().await?);

    worker.shutdown().await?;
    Ok(())
}
