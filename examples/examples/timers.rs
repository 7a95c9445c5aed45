//! Timers, timeouts and cancellation.
//!
//! What one learns: a workflow sleeps in a timer of the server, which outlives every worker; `wait_condition` waits for the
//! workflow's own state; `select!` waits for whichever comes first, which makes a timeout; a cancellation ends timers and
//! waits, and what has to be cleaned up then runs under a cancellation token of its own.
//!
//! ```text
//! paid:       seat 1 is sold
//! timed out:  seat 2 was not paid for
//! cancelled:  seat 3, since the show is off
//! free again: seats [2, 3]
//! ```

use std::sync::{Arc, Mutex};

use durably::{
    CallError, CancellableFuture, TimerOptions, WorkflowCancellationToken, WorkflowGetResultError, prelude::*,
};

/// Holds a seat until it is paid for.
#[workflow(task_queue = "timers", id_conflict_policy = TerminateExisting)]
#[derive(Default)]
struct Reservation {
    paid: bool,
}

#[workflow]
impl Reservation {
    #[run(id = "seat-{seat}")]
    async fn run(ctx: &WorkflowContext<Self>, seat: u32, patience: Duration) -> WorkflowResult<String> {
        // To sleep is to await a timer. The summary is for people, in Temporal's user interface.
        let moment = TimerOptions::builder(Duration::from_millis(50)).summary("finds the card".to_owned()).build();
        ctx.timer(moment).await;

        // The first branch that is ready is taken; if both are, the one written first, at every replay.
        let mut timeout = ctx.timer(patience);
        let paid = select! {
            paid = ctx.wait_condition(|w| w.paid) => paid.map(|()| true),
            _ = timeout => Ok(false),
        };
        match paid {
            Ok(true) => {
                // Nobody waits for it any more.
                timeout.cancel();
                Ok(format!("seat {seat} is sold"))
            }
            Ok(false) => {
                Hall::activities(ctx).free(seat).await?;
                Ok(format!("seat {seat} was not paid for"))
            }
            Err(cancelled) => {
                // What a cancelled workflow starts is cancelled as well, unless it has a token that nobody cancels.
                let token = WorkflowCancellationToken::new();
                Hall::activities(ctx).free(seat).cancellation_token(token).await?;
                Err(cancelled.into())
            }
        }
    }

    #[signal]
    fn pay(&mut self) {
        self.paid = true;
    }
}

/// The seats that are free again.
#[derive(Default)]
struct Hall {
    free: Mutex<Vec<u32>>,
}

impl Hall {
    fn seats(&self) -> std::sync::MutexGuard<'_, Vec<u32>> {
        self.free.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

#[activities]
impl Hall {
    /// Gives a seat back.
    #[activity(start_to_close_timeout = "10s")]
    fn free(&self, seat: u32) {
        self.seats().push(seat);
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = durably::client().await?;
    let hall = Arc::new(Hall::default());
    let worker =
        Worker::new(&client, "timers").workflow::<Reservation>().shared_activities(Arc::clone(&hall)).start()?;

    let an_hour = Duration::from_secs(3600);
    let paid = Reservation::start(&client, 1, an_hour).await?;
    paid.pay().await?;
    println!("paid:       {}", paid.result().await?);

    // The workflow is there at once, and begins later.
    const A_MOMENT: Duration = Duration::from_millis(100);
    let timed_out = Reservation::start(&client, 2, Duration::from_millis(200)).start_delay(A_MOMENT).execute().await?;
    println!("timed out:  {timed_out}");

    let cancelled = Reservation::start(&client, 3, an_hour).await?;
    cancelled.cancel().reason("the show is off").await?;
    if let Err(CallError { kind: WorkflowGetResultError::Cancelled { .. }, .. }) = cancelled.result().await {
        println!("cancelled:  seat 3, since the show is off");
    }
    println!("free again: seats {:?}", hall.seats());

    worker.shutdown().await?;
    Ok(())
}
