//! Interceptors of Temporal's SDK around our calls: what a client puts into a header reaches workflows and activities.

use std::{
    cell::RefCell,
    sync::{Arc, Mutex},
};

use durably::{
    RunInput, WorkflowStartError,
    prelude::*,
    schedule::{ScheduleCalendarSpec, ScheduleOverlapPolicy},
    temporal::{
        client::{
            ClientInterceptor, Next, SignalWithStartWorkflowInput, StartWorkflowInput, StartWorkflowOutput,
            interceptors::{CreateScheduleInput, CreateScheduleOutput, HasArgs, UpdateScheduleInput},
            schedules::{ScheduleAction, ScheduleError},
        },
        common::protos::temporal::api::common::v1::{Header, Payload},
        sdk::interceptors::{
            ActivityInboundInterceptor, ExecuteActivityInput, ExecuteActivityOutput, Next as ActivityNext,
        },
        workflow::workflow_interceptors::{
            CancellableWorkflowOutboundFuture, ExecuteWorkflowInput, ExecuteWorkflowResult, HandleSignalInput,
            HandleSignalResult, ScheduleActivityInput, ScheduleActivityResult, StartChildWorkflowInput,
            StartChildWorkflowResult, WorkflowInterceptor, WorkflowInterceptorContext, WorkflowInterceptorFuture,
            WorkflowNext,
        },
    },
};
use durably_tests::{address, event, unique, wire::payload};
use futures_util::future::BoxFuture;

const STAMP: &str = "stamp";

/// What interceptors have seen.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<String>>>);

impl Seen {
    fn note(&self, what: impl Into<String>) {
        self.0.lock().unwrap().push(what.into());
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

fn text(stamp: Option<&Payload>) -> String {
    stamp.map_or_else(|| "nothing".to_owned(), |stamp| String::from_utf8_lossy(&stamp.data).into_owned())
}

/// Stamps whatever a client starts.
struct Stamping(Seen);

fn stamp(header: &mut Option<Header>) {
    header.get_or_insert_default().fields.insert(STAMP.to_owned(), payload("text/stamp", "posted"));
}

type Started<'a> = BoxFuture<'a, Result<StartWorkflowOutput, WorkflowStartError>>;

impl ClientInterceptor for Stamping {
    fn start_workflow<'a>(
        &'a self,
        mut input: StartWorkflowInput,
        next: Next<'a, StartWorkflowInput, Started<'a>>,
    ) -> Started<'a> {
        let arguments = input.args_ref::<RunInput<Parcel>>().and_then(RunInput::arguments);
        self.0.note(format!("start {} {arguments:?}", input.workflow_type));
        stamp(&mut input.options.header);
        next.run(input)
    }

    fn signal_with_start_workflow<'a>(
        &'a self,
        mut input: SignalWithStartWorkflowInput,
        next: Next<'a, SignalWithStartWorkflowInput, Started<'a>>,
    ) -> Started<'a> {
        self.0.note(format!("start {} with {}", input.workflow_type, input.signal_name));
        stamp(&mut input.options.header);
        next.run(input)
    }

    fn create_schedule<'a>(
        &'a self,
        mut input: CreateScheduleInput,
        next: Next<'a, CreateScheduleInput, BoxFuture<'a, Result<CreateScheduleOutput, ScheduleError>>>,
    ) -> BoxFuture<'a, Result<CreateScheduleOutput, ScheduleError>> {
        let ScheduleAction::StartWorkflow { workflow_type, task_queue, .. } = &mut input.options.action else {
            panic!("{input:?}")
        };
        self.0.note(format!("create a schedule of {workflow_type}"));
        task_queue.push_str("-at-night");
        input.options.note.push_str(", seen");
        next.run(input)
    }

    fn update_schedule<'a>(
        &'a self,
        input: UpdateScheduleInput,
        next: Next<'a, UpdateScheduleInput, BoxFuture<'a, Result<(), ScheduleError>>>,
    ) -> BoxFuture<'a, Result<(), ScheduleError>> {
        self.0.note("update a schedule");
        next.run(input)
    }
}

/// Hands the stamp of a workflow on to what it calls.
struct Relaying {
    seen: Seen,
    stamp: RefCell<Option<Payload>>,
}

impl WorkflowInterceptor for Relaying {
    fn execute<'a>(
        &'a self,
        _: WorkflowInterceptorContext,
        input: ExecuteWorkflowInput,
        next: WorkflowNext<'a, ExecuteWorkflowInput, WorkflowInterceptorFuture<'a, ExecuteWorkflowResult>>,
    ) -> WorkflowInterceptorFuture<'a, ExecuteWorkflowResult> {
        let arguments = input.input_ref::<RunInput<Parcel>>().and_then(RunInput::arguments);
        let stamp = input.headers().get(STAMP);
        self.seen.note(format!("run {arguments:?} with {}", text(stamp)));
        *self.stamp.borrow_mut() = stamp.cloned();
        next.run(input)
    }

    fn handle_signal<'a>(
        &'a self,
        _: WorkflowInterceptorContext,
        input: HandleSignalInput,
        next: WorkflowNext<'a, HandleSignalInput, WorkflowInterceptorFuture<'a, HandleSignalResult>>,
    ) -> WorkflowInterceptorFuture<'a, HandleSignalResult> {
        self.seen.note(format!("signal {} {:?}", input.name(), input.input_ref::<(String, ())>()));
        next.run(input)
    }

    fn schedule_activity(
        &self,
        _: WorkflowInterceptorContext,
        mut input: ScheduleActivityInput,
        next: WorkflowNext<'static, ScheduleActivityInput, CancellableWorkflowOutboundFuture<ScheduleActivityResult>>,
    ) -> CancellableWorkflowOutboundFuture<ScheduleActivityResult> {
        if let Some(stamp) = &*self.stamp.borrow() {
            input.headers_mut().insert(STAMP.to_owned(), stamp.clone());
        }
        next.run(input)
    }

    fn start_child_workflow(
        &self,
        _: WorkflowInterceptorContext,
        mut input: StartChildWorkflowInput,
        next: WorkflowNext<
            'static,
            StartChildWorkflowInput,
            CancellableWorkflowOutboundFuture<StartChildWorkflowResult>,
        >,
    ) -> CancellableWorkflowOutboundFuture<StartChildWorkflowResult> {
        if let Some(stamp) = &*self.stamp.borrow() {
            input.headers_mut().insert(STAMP.to_owned(), stamp.clone());
        }
        next.run(input)
    }
}

/// Reads the stamp of an activity.
struct Reading(Seen);

impl ActivityInboundInterceptor for Reading {
    fn execute_activity<'a>(
        &'a self,
        input: ExecuteActivityInput,
        next: ActivityNext<'a, ExecuteActivityInput, ExecuteActivityOutput<'a>>,
    ) -> ExecuteActivityOutput<'a> {
        let arguments = input.args_ref::<durably::ActivityInput<carry>>().map(|input| &input.0);
        self.0.note(format!("activity {arguments:?} with {}", text(input.headers().get(STAMP))));
        next.run(input)
    }
}

#[workflow]
#[derive(Default)]
struct Parcel {
    address: String,
}

#[workflow]
impl Parcel {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, what: String, parts: u32) -> WorkflowResult<()> {
        if parts > 1 {
            Parcel::child(ctx, "half", parts - 1).execute().await?;
        }
        carry::execute(ctx, what).await?;
        Ok(())
    }

    #[signal]
    fn send_to(&mut self, address: String) {
        self.address = address;
    }
}

#[activity(start_to_close_timeout = "10s")]
async fn carry(_what: String) {}

/// A client and a worker that are intercepted.
async fn post() -> (Client, durably::RunningWorker, Seen) {
    let seen = Seen::default();
    let client = durably::client().address(address()).interceptor(Stamping(seen.clone())).await.unwrap();
    let (queue, relayed) = (unique("post"), seen.clone());
    let worker = Worker::new(&client, queue)
        .workflow::<Parcel>()
        .activity::<carry>()
        .workflow_interceptor(move |_| Relaying { seen: relayed.clone(), stamp: RefCell::default() })
        .activity_interceptor(Reading(seen.clone()));
    (client, worker.start().unwrap(), seen)
}

#[tokio::test]
async fn a_header_goes_from_the_client_to_workflows_and_activities() {
    let (client, worker, seen) = post().await;
    let start = Parcel::start(&client, "book", 2_u32).id(unique("parcel")).task_queue(worker.task_queue());
    start.execute().await.unwrap();
    let expected = [
        r#"start Parcel Some(("book", (2, ())))"#,
        r#"run Some(("book", (2, ()))) with posted"#,
        r#"run Some(("half", (1, ()))) with posted"#,
        r#"activity Some(("half", ())) with posted"#,
        r#"activity Some(("book", ())) with posted"#,
    ];
    assert_eq!(seen.take(), expected);
    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn delayed_starts_are_intercepted_too() {
    let (client, worker, seen) = post().await;
    let start = || {
        let start = Parcel::start(&client, "book", 1_u32).id(unique("parcel")).task_queue(worker.task_queue());
        start.start_delay(Duration::from_millis(1)).rpc_options(Default::default())
    };
    let parcel = start().await.unwrap();
    parcel.result().await.unwrap();
    assert!(event!(parcel, WorkflowExecutionStartedEventAttributes).first_workflow_task_backoff.is_some());
    let expected = [
        r#"start Parcel Some(("book", (1, ())))"#,
        r#"run Some(("book", (1, ()))) with posted"#,
        r#"activity Some(("book", ())) with posted"#,
    ];
    assert_eq!(seen.take(), expected);

    let parcel = start().with_signal(|w| w.send_to("Ada")).await.unwrap();
    parcel.result().await.unwrap();
    assert!(event!(parcel, WorkflowExecutionStartedEventAttributes).first_workflow_task_backoff.is_some());
    let seen = seen.take();
    for expected in ["start Parcel with send_to", r#"signal send_to Some(("Ada", ()))"#] {
        assert!(seen.iter().any(|seen| seen == expected), "{seen:?}");
    }
    assert!(seen.iter().any(|seen| seen.ends_with("with posted")), "{seen:?}");
    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn schedules_are_intercepted_and_keep_all_their_options() {
    let seen = Seen::default();
    let client = durably::client().address(address()).interceptor(Stamping(seen.clone())).await.unwrap();
    let yearly = ScheduleCalendarSpec::builder().month("1").day_of_month("1").hour("3").build();
    let schedule = Parcel::schedule(&client, unique("parcels"), "book", 1_u32).workflow_id("parcel").task_queue("q");
    let schedule = schedule.calendar(yearly).note("first").overlap(ScheduleOverlapPolicy::BufferOne);
    let schedule = schedule.create().await.unwrap();
    assert_eq!(seen.take(), ["create a schedule of Parcel"]);
    let described = schedule.describe().await.unwrap();
    let action = format!("{:?}", described.action());
    assert!(action.contains("q-at-night"), "{action}");
    assert_eq!(described.state().unwrap().notes, "first, seen");
    assert_eq!(described.spec().unwrap().structured_calendar.len(), 1);
    assert_eq!(described.arguments().await.unwrap(), ("book".to_owned(), (1, ())));

    schedule.update(|schedule| schedule.note("second")).await.unwrap();
    assert_eq!(seen.take(), ["update a schedule"]);
    let described = schedule.describe().await.unwrap();
    assert_eq!(described.state().unwrap().notes, "second");
    assert_eq!(described.arguments().await.unwrap(), ("book".to_owned(), (1, ())));
    schedule.delete().await.unwrap();
}
