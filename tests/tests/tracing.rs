//! The OpenTelemetry plugin of Temporal's SDK, on workflows and activities of ours.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

use durably::{
    prelude::*,
    temporal::sdk::opentelemetry::{OpenTelemetryPlugin, WorkflowIdGenerator},
};
use durably_tests::{address, unique};
use opentelemetry::{
    Context,
    trace::{FutureExt as _, SpanId, TraceContextExt as _, Tracer as _, TracerProvider as _},
};
use opentelemetry_sdk::{
    error::OTelSdkResult,
    trace::{SdkTracerProvider, SpanData, SpanExporter},
};

/// Keeps what it is given.
#[derive(Debug, Clone, Default)]
struct Kept(Arc<Mutex<Vec<SpanData>>>);

impl Kept {
    /// The names of the spans, each behind those it is under, sorted.
    fn paths(&self) -> Vec<String> {
        let spans = self.0.lock().unwrap();
        let mut paths: Vec<_> = spans.iter().map(|span| path(span, &spans)).collect();
        paths.sort();
        paths
    }
}

fn path(span: &SpanData, spans: &[SpanData]) -> String {
    match spans.iter().find(|other| other.span_context.span_id() == span.parent_span_id) {
        Some(parent) => format!("{} > {}", path(parent, spans), span.name),
        None => span.name.to_string(),
    }
}

impl SpanExporter for Kept {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        self.0.lock().unwrap().extend(batch);
        Ok(())
    }
}

#[workflow]
#[derive(Default)]
struct Parcel {
    weighed: bool,
}

#[workflow]
impl Parcel {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, grams: u32) -> WorkflowResult<u32> {
        ctx.wait_condition(|w| w.weighed).await?;
        let price = price::execute(ctx, grams).await?;
        Ok(Stamp::child(ctx, price).execute().await.map_err(ApplicationFailure::new)?)
    }

    #[signal]
    fn weigh(&mut self) {
        self.weighed = true;
    }

    #[query]
    fn weighed(&self) -> bool {
        self.weighed
    }

    #[update]
    fn check(&mut self) -> bool {
        self.weighed
    }
}

#[workflow]
#[derive(Default)]
struct Stamp;

#[workflow]
impl Stamp {
    #[run]
    async fn run(price: u32) -> u32 {
        price
    }
}

#[activity(start_to_close_timeout = "10s")]
async fn price(grams: u32) -> u32 {
    grams / 10
}

#[tokio::test]
async fn spans_follow_a_call_into_workflows_and_activities() {
    let kept = Kept::default();
    let provider = SdkTracerProvider::builder()
        .with_simple_exporter(kept.clone())
        .with_id_generator(WorkflowIdGenerator::default())
        .build();
    let tracer = provider.tracer("tests");
    let plugin = OpenTelemetryPlugin::builder().tracer(tracer.clone()).build();
    let client = durably::client().address(address()).plugin(plugin).await.unwrap();
    let queue = unique("traced");
    let worker = Worker::new(&client, &queue).workflow::<Parcel>().workflow::<Stamp>().activity::<price>();
    let worker = worker.start().unwrap();

    let root = Context::new().with_span(tracer.start("test"));
    let drive = async {
        let parcel = Parcel::start(&client, 1000).id(unique("parcel")).task_queue(&queue).await.unwrap();
        assert!(!parcel.weighed().await.unwrap());
        assert!(!parcel.check().await.unwrap());
        parcel.weigh().await.unwrap();
        assert_eq!(parcel.result().await.unwrap(), 100);
    };
    drive.with_context(root.clone()).await;
    root.span().end();
    worker.shutdown().await.unwrap();
    provider.shutdown().unwrap();

    let started = "test > StartWorkflow:Parcel > RunWorkflow:Parcel";
    let paths = kept.paths();
    for path in [
        started,
        &format!("{started} > StartActivity:price > RunActivity:price"),
        &format!("{started} > StartChildWorkflow:Stamp > RunWorkflow:Stamp"),
        "test > SignalWorkflow:weigh > HandleSignal:weigh",
        "test > QueryWorkflow:weighed > HandleQuery:weighed",
        "test > StartWorkflowUpdate:check > HandleUpdate:check",
    ] {
        assert_eq!(paths.iter().filter(|other| *other == path).count(), 1, "{path} in {paths:#?}");
    }
    let traces: HashSet<_> = kept.0.lock().unwrap().iter().map(|span| span.span_context.trace_id()).collect();
    assert_eq!(traces.len(), 1);
    assert!(kept.0.lock().unwrap().iter().all(|span| span.span_context.span_id() != SpanId::INVALID));
}
