//! Cron workflows: one workflow that the service runs again and again.
//!
//! What one learns: a cron schedule is an option of the attribute or of the start; each time is a run of its own under the
//! same workflow id, with the same arguments and another run id; there is no end, and no result, until someone ends it.
//! Schedules (see the example `schedules`) do the same and can be paused, changed and listed; prefer them for new code.
//!
//! ```text
//! tick:    run 1 of `clock` on "@every 1s"
//! tick:    run 2 of `clock` on "@every 1s"
//! tick:    run 3 of `clock` on "@every 1s"
//! runs:    3 run ids
//! result:  none, it was terminated
//! ```

use std::{collections::HashSet, sync::Mutex};

use durably::prelude::*;
use tokio::sync::mpsc;

/// Runs every second. `"0 12 * * MON-FRI"` would be every working day at noon.
#[workflow(task_queue = "cron", id_conflict_policy = TerminateExisting, cron_schedule = "@every 1s")]
#[derive(Default)]
struct Clock;

#[workflow]
impl Clock {
    #[run(id = "clock")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let (info, schedule) = (ctx.info(), ctx.info().cron_schedule().unwrap_or_default().to_owned());
        Ok(Bell::activities(ctx).ring(info.first_execution_run_id(), info.run_id(), schedule).await?)
    }
}

/// One ring of the bell: the chain of runs it belongs to, the run, the cron schedule.
type Ring = (String, String, String);

/// Tells `main` of each run.
struct Bell(Mutex<mpsc::UnboundedSender<Ring>>);

#[activities]
impl Bell {
    #[activity(start_to_close_timeout = "10s")]
    async fn ring(&self, chain: String, run: String, schedule: String) {
        // `main` may have heard enough.
        let _ = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).send((chain, run, schedule));
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = durably::client().await?;
    let (sender, mut rings) = mpsc::unbounded_channel();
    let worker = Worker::new(&client, "cron").workflow::<Clock>().activities(Bell(Mutex::new(sender))).start()?;

    let clock = Clock::start(&client).await?;
    let mut runs = HashSet::new();
    while runs.len() < 3 {
        let (chain, run, schedule) = rings.recv().await.ok_or("the bell is gone")?;
        // Not one that another program has left.
        if Some(&*chain) == clock.first_execution_run_id() {
            runs.insert(run);
            println!("tick:    run {} of `{}` on {schedule:?}", runs.len(), clock.workflow_id());
        }
    }
    println!("runs:    {} run ids", runs.len());

    // By its id: whichever run is the latest.
    Clock::handle(&client, clock.workflow_id()).terminate().reason("it is enough").await?;
    if clock.result().await.is_err() {
        println!("result:  none, it was terminated");
    }

    worker.shutdown().await?;
    Ok(())
}
