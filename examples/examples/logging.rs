//! Logging from workflow code, silent on replay.
//!
//! What one learns: a worker that does not have a workflow in memory runs its code again from the beginning; what the macros
//! of `durably::log` say is said the first time only, with the ids of the workflow; an ordinary line comes each time.
//!
//! ```text
//! log:    INFO `relay` is on its way
//! log:    INFO leg 1 is done
//! log:    INFO leg 2 is done
//! log:    INFO leg 3 is done
//! result: 3 legs; the code began more than once: true
//! ```

use std::{
    io,
    sync::atomic::{AtomicU32, Ordering},
};

use durably::{log, prelude::*};
use tracing_subscriber::{Layer, filter::filter_fn, fmt, prelude::*};

/// How often the code has begun, replays included: what a workflow may not do but by leave, as here to show it.
static BEGUN: AtomicU32 = AtomicU32::new(0);

/// Runs its legs one after the other.
#[workflow(task_queue = "logging", id_conflict_policy = TerminateExisting)]
#[derive(Default)]
struct Relay;

#[workflow]
impl Relay {
    #[run(id = "relay")]
    async fn run(ctx: &WorkflowContext<Self>, legs: u32) -> WorkflowResult<u32> {
        #[durably::allow(nondeterminism, reason = "it shows that replays are counted, too")]
        BEGUN.fetch_add(1, Ordering::Relaxed);
        log::info!(ctx, "`{}` is on its way", ctx.workflow_id());
        for leg in 1..=legs {
            ctx.timer(Duration::from_millis(20)).await;
            log::info!(ctx, "leg {leg} is done");
        }
        Ok(legs)
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The ids, `workflow_id` and `run_id`, are fields of each line; the run id differs each time, so here they are left out.
    let lines = fmt::layer()
        .event_format(fmt::format().without_time().with_target(false))
        .fmt_fields(fmt::format::debug_fn(|writer, field, value| match field.name() {
            "message" => write!(writer, "{value:?}"),
            _ => Ok(()),
        }))
        .with_ansi(false)
        .with_writer(|| Prefixed)
        .with_filter(filter_fn(|metadata| metadata.target() == module_path!()));
    tracing_subscriber::registry().with(lines).init();

    let client = durably::client().await?;
    // It keeps no workflow in memory, so each workflow task is a replay of what was before.
    let worker = Worker::new(&client, "logging").workflow::<Relay>().max_cached_workflows(0).start()?;

    let legs = Relay::start(&client, 3).execute().await?;
    println!("result: {legs} legs; the code began more than once: {}", BEGUN.load(Ordering::Relaxed) > 1);

    worker.shutdown().await?;
    Ok(())
}

/// Standard output, `log:` in front of each line.
struct Prefixed;

impl io::Write for Prefixed {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        print!("log:   {}", String::from_utf8_lossy(line));
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stdout().flush()
    }
}
