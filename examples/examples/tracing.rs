//! Tracing: OpenTelemetry spans of whatever clients, workflows and activities do; and interceptors.
//!
//! What one learns: the OpenTelemetry plugin of Temporal's SDK, given to a client, makes spans of its calls and of all that
//! its workers run, and carries the trace along from one to the other, also between languages; interceptors of one's own see
//! each call with typed arguments. It takes the feature `opentelemetry` of `durably`, an exporter is up to you: this one
//! prints.
//!
//! ```text
//! watch: confirm("Ada")
//! result: 12 euros charged, sent
//! main
//!   StartWorkflow:Checkout
//!     RunWorkflow:Checkout
//!       StartActivity:charge
//!         RunActivity:charge
//!       StartChildWorkflow:Parcel
//!         RunWorkflow:Parcel
//!   SignalWorkflow:confirm
//!     HandleSignal:confirm
//! ```

use std::sync::{Arc, Mutex};

use durably::{
    Arguments, WorkflowInteractionError,
    prelude::*,
    temporal::{
        client::{
            ClientInterceptor,
            interceptors::{HasArgs as _, Next, SignalWorkflowInput},
        },
        sdk::opentelemetry::{OpenTelemetryPlugin, WorkflowIdGenerator},
    },
};
use futures_util::future::BoxFuture;
use opentelemetry::{
    Context,
    trace::{FutureExt as _, SpanId, TraceContextExt as _, Tracer as _, TracerProvider as _},
};
use opentelemetry_sdk::{
    error::OTelSdkResult,
    trace::{SdkTracerProvider, SpanData, SpanExporter},
};

/// Is paid when it is told so.
#[workflow(task_queue = "tracing", id_conflict_policy = TerminateExisting)]
#[derive(Default)]
struct Checkout {
    confirmed: bool,
}

#[workflow]
impl Checkout {
    #[run(id = "traced-checkout")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<String> {
        ctx.wait_condition(|w| w.confirmed).await?;
        let charged = charge::execute(ctx, 12).await?;
        Parcel::child(ctx, charged).execute().await.map_err(Into::into)
    }

    #[signal]
    fn confirm(&mut self, by: String) {
        self.confirmed = !by.is_empty();
    }
}

#[workflow(task_queue = "tracing")]
#[derive(Default)]
struct Parcel;

#[workflow]
impl Parcel {
    #[run]
    async fn run(charged: String) -> String {
        format!("{charged}, sent")
    }
}

#[activity(start_to_close_timeout = "10s")]
async fn charge(euros: u32) -> String {
    format!("{euros} euros charged")
}

/// Keeps what it is given. A real exporter sends it to a collector.
#[derive(Debug, Clone, Default)]
struct Kept(Arc<Mutex<Vec<SpanData>>>);

impl Kept {
    fn spans(&self) -> std::sync::MutexGuard<'_, Vec<SpanData>> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// The spans under a span, and those under them, a little further to the right.
    fn print(&self, parent: SpanId, depth: usize) {
        let mut children: Vec<_> = self.spans().iter().filter(|span| span.parent_span_id == parent).cloned().collect();
        children.sort_by_key(|span| span.start_time);
        for span in children {
            println!("{:width$}{}", "", span.name, width = 2 * depth);
            self.print(span.span_context.span_id(), depth + 1);
        }
    }
}

impl SpanExporter for Kept {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        self.spans().extend(batch);
        Ok(())
    }
}

/// An interceptor sees each call on its way out, can change it, refuse it, or look at what comes back.
struct Watch;

impl ClientInterceptor for Watch {
    fn signal_workflow<'a>(
        &'a self,
        input: SignalWorkflowInput,
        next: Next<'a, SignalWorkflowInput, BoxFuture<'a, Result<(), WorkflowInteractionError>>>,
    ) -> BoxFuture<'a, Result<(), WorkflowInteractionError>> {
        if let Some((by, ())) = input.args_ref::<Arguments>().and_then(|arguments| arguments.get::<(String, ())>()) {
            println!("watch: {}({by:?})", input.signal_name);
        }
        next.run(input)
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let kept = Kept::default();
    let provider = SdkTracerProvider::builder()
        .with_simple_exporter(kept.clone())
        // Spans of a workflow have the same ids at each replay.
        .with_id_generator(WorkflowIdGenerator::default())
        .build();
    let tracer = provider.tracer("tracing example");

    let plugin = OpenTelemetryPlugin::builder().tracer(tracer.clone()).build();
    let client = durably::client().plugin(plugin).interceptor(Watch).await?;
    // The workers of a client have its plugins.
    let worker =
        Worker::new(&client, "tracing").workflow::<Checkout>().workflow::<Parcel>().activity::<charge>().start()?;

    let root = Context::new().with_span(tracer.start("main"));
    let result = async {
        let checkout = Checkout::start(&client).await?;
        checkout.confirm("Ada").await?;
        checkout.result().await.map_err(Box::<dyn std::error::Error>::from)
    }
    .with_context(root.clone())
    .await?;
    root.span().end();
    println!("result: {result}");

    worker.shutdown().await?;
    provider.shutdown()?;
    kept.print(SpanId::INVALID, 0);
    Ok(())
}
