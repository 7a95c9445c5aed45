//! Logging from workflow code.

use std::{
    fmt::Debug,
    sync::{Mutex, atomic::AtomicU64, atomic::Ordering},
};

use durably::{log, prelude::*};
use durably_tests::{unique, with_worker};
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

/// What this file has logged: workflow id, level and message.
static LINES: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());
/// How often the code has run that logs.
static RUNS: AtomicU64 = AtomicU64::new(0);

struct Collector;

#[derive(Default)]
struct Line {
    workflow_id: String,
    message: String,
}

impl Visit for Line {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "workflow_id" {
            self.workflow_id = value.to_owned();
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        match field.name() {
            "message" => self.message.insert_str(0, &format!("{value:?}")),
            "run_id" => {}
            other => self.message.push_str(&format!(" {other}={value:?}")),
        }
    }
}

impl Subscriber for Collector {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == module_path!()
    }

    fn event(&self, event: &Event<'_>) {
        let mut line = Line::default();
        event.record(&mut line);
        let message = format!("{} {}", event.metadata().level(), line.message);
        LINES.lock().unwrap().push((line.workflow_id, message));
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

#[workflow]
#[derive(Default)]
struct Talk {
    heard: Vec<String>,
}

#[workflow]
impl Talk {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, name: String) -> WorkflowResult<()> {
        #[durably::allow(nondeterminism, reason = "replays are counted, too")]
        RUNS.fetch_add(1, Ordering::Relaxed);
        log::info!(ctx, "{name} begins");
        ctx.wait_condition(|w| w.heard.len() == 2).await?;
        log::warn!(ctx, heard = ctx.state(|w| w.heard.len()), "{name} ends");
        Ok(())
    }

    #[signal]
    fn hear(&mut self, ctx: &mut SyncWorkflowContext<Self>, word: String) {
        log::debug!(ctx, "heard {word}");
        self.heard.push(word);
    }

    #[query]
    fn heard(&self) -> usize {
        self.heard.len()
    }
}

#[tokio::test]
async fn a_line_appears_once_although_its_code_runs_again() {
    tracing::subscriber::set_global_default(Collector).expect("no other test collects events");
    with_worker(
        // Nothing is kept in memory: every task begins with a replay.
        |worker| worker.workflow::<Talk>().max_cached_workflows(0),
        async |client, queue| {
            let talk = Talk::start(client, "Ada").id(unique("talk")).task_queue(queue).await.unwrap();
            assert_eq!(talk.heard().await.unwrap(), 0);
            talk.hear("one").await.unwrap();
            assert_eq!(talk.heard().await.unwrap(), 1);
            talk.hear("two").await.unwrap();
            talk.result().await.unwrap();
            assert_eq!(talk.heard().await.unwrap(), 2);
            let lines: Vec<_> = LINES.lock().unwrap().clone();
            let lines: Vec<_> = lines.iter().map(|(id, line)| (&**id, &**line)).collect();
            let id = talk.workflow_id();
            let expected = ["INFO Ada begins", "DEBUG heard one", "DEBUG heard two", "WARN Ada ends heard=2"];
            assert_eq!(lines, expected.map(|line| (id, line)));
            assert!(RUNS.load(Ordering::Relaxed) > 3, "it was replayed");
        },
    )
    .await;
}
