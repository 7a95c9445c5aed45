//! Resetting a workflow: it goes on from an earlier point, as a new run.
//!
//! What one learns: a reset keeps the history up to a workflow task and does again what came after it; signals that came
//! after the point are sent again, unless they are excluded; the handle of the new run is typed; a reset that cannot be says
//! which workflow it was, and why.
//!
//! ```text
//! baked:    bread of batch 1, with salt
//! again:    bread of batch 2, with salt
//! without:  bread of batch 3, with nothing
//! refused:  event 1 is no workflow task
//! ```

use std::sync::atomic::{AtomicU32, Ordering};

use durably::{CallError, ResetPoint, ResetReapplyExcludeType, WorkflowInteractionError, prelude::*};

/// Bakes once it knows what goes in.
#[workflow(task_queue = "reset", id_conflict_policy = TerminateExisting)]
#[derive(Default)]
struct Bread {
    with: Vec<String>,
}

#[workflow]
impl Bread {
    #[run(id = "bread")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<String> {
        // Time for additions; after that it is baked without.
        ctx.timer(Duration::from_secs(1)).await;
        let with = ctx.state(|w| if w.with.is_empty() { "nothing".to_owned() } else { w.with.join(" and ") });
        let batch = Oven::activities(ctx).bake().await?;
        Ok(format!("bread of batch {batch}, with {with}"))
    }

    #[query]
    fn additions(&self) -> usize {
        self.with.len()
    }

    #[signal]
    fn add(&mut self, what: String) {
        self.with.push(what);
    }
}

/// Counts what it bakes.
#[derive(Default)]
struct Oven {
    batches: AtomicU32,
}

#[activities]
impl Oven {
    #[activity(start_to_close_timeout = "10s")]
    fn bake(&self) -> u32 {
        self.batches.fetch_add(1, Ordering::Relaxed) + 1
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = durably::client().await?;
    let worker = Worker::new(&client, "reset").workflow::<Bread>().activities(Oven::default()).start()?;

    let bread = Bread::start(&client).await?;
    // Once it answers, its first workflow task is done: the signal comes after that.
    bread.additions().await?;
    bread.add("salt").await?;
    println!("baked:    {}", bread.result().await?);

    // From the beginning. The signal is sent again.
    let again = bread.reset(ResetPoint::FirstWorkflowTask).reason("it was burnt").await?;
    println!("again:    {}", again.result().await?);

    let excluded = [ResetReapplyExcludeType::Signal];
    let without = bread.reset(ResetPoint::FirstWorkflowTask).reset_reapply_exclude_types(excluded).await?;
    println!("without:  {}", without.result().await?);

    if let Err(CallError { kind: WorkflowInteractionError::Rpc(_), .. }) = bread.reset(ResetPoint::Event(1)).await {
        println!("refused:  event 1 is no workflow task");
    }

    worker.shutdown().await?;
    Ok(())
}
