//! Cancellation and termination: how things end before they are done.
//!
//! What one learns: an activity learns of its cancellation by its heartbeats, cleans up, and says that it gave way; a local
//! activity learns of it without any; a cancelled workflow decides itself how to end, and cleans up under a token that nobody
//! cancels; a workflow cancels its children by their handles; a terminated workflow is asked nothing.
//!
//! ```text
//! local:      cancelled, without a heartbeat
//! activity:   cancelled, it was 2 metres deep
//! child:      cancelled by its parent
//! workflow:   cancelled, and cleaned up: ["north is filled in", "no fence around north"]
//! terminated: and the fence around east still stands
//! ```

use std::sync::{Arc, Mutex};

use durably::{ActivityCancellationType, WorkflowCancellationToken, WorkflowExecutionStatus, prelude::*};
use tokio::sync::mpsc;

/// What its activities share: whom they tell that they dig, and what they did to clean up.
struct Site {
    begun: mpsc::UnboundedSender<String>,
    cleaned_up: Mutex<Vec<String>>,
}

impl Site {
    fn clean_up(&self, what: String) {
        self.cleaned_up.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(what);
    }

    fn cleaned_up(&self, place: &str) -> Vec<String> {
        let all = self.cleaned_up.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        all.iter().filter(|what| what.contains(place)).cloned().collect()
    }
}

#[activities]
impl Site {
    /// Digs until it is cancelled.
    #[activity(start_to_close_timeout = "1m", heartbeat_timeout = "500ms")]
    async fn dig(&self, ctx: &ActivityContext, place: String) -> ActivityResult<()> {
        self.begun.send(place.clone())?;
        while !ctx.is_cancelled() {
            ctx.heartbeat("digging".to_owned()).await?;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.clean_up(format!("{place} is filled in"));
        // To return `Ok` instead would be to complete in spite of the cancellation.
        Err(ActivityError::cancelled_with_details("2 metres deep"))
    }

    /// Called locally, it runs in the worker of the workflow, which tells it.
    #[activity(start_to_close_timeout = "1m")]
    async fn guard(&self, ctx: &ActivityContext) -> ActivityResult<()> {
        ctx.cancelled().await;
        Err(ActivityError::cancelled())
    }

    #[activity(start_to_close_timeout = "10s")]
    async fn measure(&self) {}

    #[activity(start_to_close_timeout = "10s")]
    async fn take_down_fence(&self, place: String) {
        self.clean_up(format!("no fence around {place}"));
    }
}

const WAIT: ActivityCancellationType = ActivityCancellationType::WaitCancellationCompleted;

/// Cancels what it has started, when it is told to.
#[workflow(task_queue = "cancellation", id_conflict_policy = TerminateExisting)]
#[derive(Default)]
struct Foreman {
    stopped: Vec<String>,
}

#[workflow]
impl Foreman {
    #[run(id = "foreman")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<Vec<String>> {
        let site = Site::activities(ctx);
        let mut report = Vec::new();

        let guarding = site.guard().local().cancellation_type(WAIT).start();
        site.measure().local().await?;
        guarding.cancel();
        if guarding.await.is_err_and(|error| error.as_cancelled().is_some()) {
            report.push("local:      cancelled, without a heartbeat".to_owned());
        }

        let digging = site.dig("west").cancellation_type(WAIT).start();
        ctx.wait_condition(|w| w.stopped.iter().any(|place| place == "west")).await?;
        digging.cancel();
        if let Err(error) = digging.await
            && let Some(cancelled) = error.as_cancelled()
        {
            let depth = cancelled.details::<String>()?.unwrap_or_default();
            report.push(format!("activity:   cancelled, it was {depth}"));
        }

        let child = Excavation::child(ctx, "south").await?;
        ctx.wait_condition(|w| w.stopped.iter().any(|place| place == "south")).await?;
        child.cancel("rain");
        if child.result().await.is_err_and(|error| error.as_cancelled().is_some()) {
            report.push("child:      cancelled by its parent".to_owned());
        }
        Ok(report)
    }

    #[signal]
    fn stop(&mut self, place: String) {
        self.stopped.push(place);
    }
}

/// Digs until it is cancelled, and leaves the place tidy.
#[workflow(task_queue = "cancellation", id_conflict_policy = TerminateExisting)]
#[derive(Default)]
struct Excavation;

#[workflow]
impl Excavation {
    #[run(id = "excavation-{place}")]
    async fn run(ctx: &WorkflowContext<Self>, place: String) -> WorkflowResult<String> {
        let site = Site::activities(ctx);
        match site.dig(&place).cancellation_type(WAIT).await {
            Ok(()) => Ok(format!("{place} is dug up")),
            Err(error) => {
                // What a cancelled workflow starts is cancelled as well, unless it has a token that nobody cancels.
                site.take_down_fence(place).cancellation_token(WorkflowCancellationToken::new()).await?;
                // To return `Ok` instead would be to complete in spite of the cancellation.
                Err(error.into())
            }
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = durably::client().await?;
    let (sender, mut begun) = mpsc::unbounded_channel();
    let site = Arc::new(Site { begun: sender, cleaned_up: Mutex::default() });
    let worker = Worker::new(&client, "cancellation")
        .workflow::<Foreman>()
        .workflow::<Excavation>()
        .shared_activities(Arc::clone(&site))
        .start()?;

    let foreman = Foreman::start(&client).await?;
    for place in ["west", "south"] {
        while begun.recv().await.is_some_and(|begun| begun != place) {}
        foreman.stop(place).await?;
    }
    for line in foreman.result().await? {
        println!("{line}");
    }

    let excavation = Excavation::start(&client, "north").await?;
    while begun.recv().await.is_some_and(|place| place != "north") {}
    excavation.cancel().reason("treasure found").await?;
    if excavation.result().await.is_err() && excavation.describe().await?.status() == WorkflowExecutionStatus::Canceled
    {
        println!("workflow:   cancelled, and cleaned up: {:?}", site.cleaned_up("north"));
    }

    let excavation = Excavation::start(&client, "east").await?;
    while begun.recv().await.is_some_and(|place| place != "east") {}
    excavation.terminate().reason("the land was sold").await?;
    if excavation.result().await.is_err() && !site.cleaned_up("east").contains(&"no fence around east".to_owned()) {
        println!("terminated: and the fence around east still stands");
    }

    worker.shutdown().await?;
    Ok(())
}
