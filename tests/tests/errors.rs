//! What each verb says when it cannot: no such workflow, schedule or namespace, a workflow that is closed, a server that is
//! gone, a deadline that has passed. All errors are typed, and nothing panics.

use std::time::Instant;

use durably::{
    AsyncActivityError, RpcOptions, UpdateError, WorkflowExecutionStatus, WorkflowGetResultError,
    WorkflowInteractionError, WorkflowQueryError, WorkflowStartError,
    namespace::NamespaceError,
    prelude::*,
    schedule::ScheduleError,
    temporal::client::{RetryOptions, tonic::Code},
};
use durably_tests::{address, client, event, events, unique, with_worker};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

#[workflow]
#[derive(Default)]
struct Lamp {
    on: bool,
}

#[workflow]
impl Lamp {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        Ok(ctx.wait_condition(|w| w.on).await?)
    }

    #[signal]
    fn switch_on(&mut self) {
        self.on = true;
    }

    #[query]
    fn on(&self) -> bool {
        self.on
    }

    #[update]
    fn switch(&mut self) -> bool {
        self.on = !self.on;
        self.on
    }
}

#[activity(start_to_close_timeout = "1s")]
async fn glow() -> ActivityResult<()> {
    Ok(())
}

/// A verb, whether its error has the variant for what is not found, the code of the server, and what the error says.
type Said = (&'static str, bool, Code, String);

/// The error of one type, taken apart.
macro_rules! said {
    ($verb:literal, $result:expr, $kind:ident) => {{
        let error = $result.unwrap_err();
        let (not_found, code) = match &error {
            $kind::NotFound(status) => (true, status.code()),
            $kind::Rpc(status) => (false, status.code()),
            other => panic!("{}: {other:?}", $verb),
        };
        ($verb, not_found, code, error.to_string())
    }};
}

/// Every verb of a workflow handle, with these options.
async fn verbs(lamp: &LampHandle, options: &RpcOptions) -> Vec<Said> {
    let with = || options.clone();
    vec![
        said!("signal", lamp.switch_on().rpc_options(with()).await, WorkflowInteractionError),
        said!("query", lamp.on().rpc_options(with()).await, WorkflowQueryError),
        said!("update", lamp.switch().rpc_options(with()).await, UpdateError),
        said!("accepted", lamp.switch().rpc_options(with()).accepted().await, UpdateError),
        said!("cancel", lamp.cancel().rpc_options(with()).await, WorkflowInteractionError),
        said!("terminate", lamp.terminate().rpc_options(with()).await, WorkflowInteractionError),
        said!("describe", lamp.describe().rpc_options(with()).await, WorkflowInteractionError),
        said!("result", lamp.result().rpc_options(with()).await, WorkflowGetResultError),
    ]
}

#[tokio::test]
async fn every_verb_of_a_workflow_that_is_not_there_is_not_found() {
    let client = client().await;
    let lamp = Lamp::handle(&client, unique("nobody"));
    for (verb, not_found, code, message) in verbs(&lamp, &RpcOptions::default()).await {
        assert_eq!((not_found, code), (true, Code::NotFound), "{verb}: {message}");
        assert!(message.contains("not found"), "{verb}: {message}");
    }
    let history = said!("history", lamp.history().into_events().await, WorkflowInteractionError);
    assert!(history.1, "{history:?}");
    let glowing = glow::async_handle_by_id(&client, lamp.workflow_id(), "glow");
    assert!(said!("complete", glowing.complete(()).await, AsyncActivityError).1);
}

#[tokio::test]
async fn a_run_that_is_not_there_is_not_found() {
    with_worker(
        |worker| worker.workflow::<Lamp>(),
        async |client, queue| {
            let started = Lamp::start(client).id(unique("lamp")).task_queue(queue).await.unwrap();
            let lamp = started.for_run("01234567-89ab-4cde-8f01-23456789abcd");
            for (verb, not_found, code, message) in verbs(&lamp, &RpcOptions::default()).await {
                assert_eq!((not_found, code), (true, Code::NotFound), "{verb}: {message}");
            }
            // An id of a run that is none at all is another mistake, and the server says which.
            let (_, _, code, message) =
                said!("describe", started.for_run("yesterday's").describe().await, WorkflowInteractionError);
            assert_eq!(code, Code::InvalidArgument);
            assert!(message.contains("RunId"), "{message}");
            started.terminate().await.unwrap();
        },
    )
    .await;
}

#[tokio::test]
async fn a_closed_workflow_takes_no_messages_but_still_answers() {
    with_worker(
        |worker| worker.workflow::<Lamp>(),
        async |client, queue| {
            let lamp = Lamp::start(client).id(unique("lamp")).task_queue(queue).await.unwrap();
            lamp.switch_on().await.unwrap();
            lamp.result().await.unwrap();
            for said in [
                said!("signal", lamp.switch_on().await, WorkflowInteractionError),
                said!("update", lamp.switch().await, UpdateError),
                said!("terminate", lamp.terminate().await, WorkflowInteractionError),
            ] {
                assert!(said.1, "{said:?}");
            }
            assert!(lamp.on().await.unwrap());
            assert!(lamp.describe().await.unwrap().close_time().is_some());
            lamp.result().await.unwrap();
        },
    )
    .await;
}

#[tokio::test]
async fn a_namespace_that_is_not_there_is_named_by_every_verb() {
    let client = durably::client().address(address()).namespace("no-such-place").await.unwrap();
    let start = Lamp::start(&client).id("lamp").task_queue("nobody").await.unwrap_err();
    assert!(matches!(start, WorkflowStartError::Rpc(_)), "{start:?}");
    assert!(start.to_string().contains("no-such-place"), "{start}");

    for (verb, _, code, message) in verbs(&Lamp::handle(&client, "lamp"), &RpcOptions::default()).await {
        assert_eq!(code, Code::NotFound, "{verb}: {message}");
    }
    let schedule = Lamp::schedule_handle(&client, "nightly").describe().await.unwrap_err();
    assert!(matches!(schedule, ScheduleError::NotFound { .. }), "{schedule:?}");
    let namespace = durably::namespace(&client, "no-such-place").describe().await.unwrap_err();
    assert!(matches!(namespace, NamespaceError::NotFound { .. }), "{namespace:?}");
    assert!(namespace.to_string().contains("`no-such-place`"), "{namespace}");
}

/// A client whose server is gone: it was connected through a wire that was cut.
async fn cut_off() -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let forward = async move {
        let mut wires = JoinSet::new();
        loop {
            let (mut near, _) = listener.accept().await.unwrap();
            wires.spawn(async move {
                let mut far = TcpStream::connect(durably_tests::address()).await?;
                copy_bidirectional(&mut near, &mut far).await
            });
        }
    };
    let forwarding = tokio::spawn(forward);
    let builder = durably::client().address(address);
    let client =
        builder.connection_options(|options| options.retry_options = RetryOptions::no_retries()).await.unwrap();
    Lamp::handle(&client, "nobody").describe().await.expect_err("there is no such workflow, but a server");
    forwarding.abort();
    forwarding.await.expect_err("it was aborted");
    // What goes through the wire as it is cut may be told something else.
    Lamp::handle(&client, "nobody").describe().await.expect_err("there is no server");
    client
}

#[tokio::test]
async fn where_the_server_is_gone_every_verb_says_that_it_is_unavailable() {
    let client = cut_off().await;
    let begun = Instant::now();
    let lamp = Lamp::handle(&client, "lamp");
    for (verb, not_found, code, message) in verbs(&lamp, &RpcOptions::default()).await {
        assert_eq!((not_found, code), (false, Code::Unavailable), "{verb}: {message}");
    }
    let Err(WorkflowStartError::Rpc(status)) = Lamp::start(&client).id("lamp").task_queue("nobody").await else {
        panic!("it was started")
    };
    assert_eq!(status.code(), Code::Unavailable);
    let schedule = Lamp::schedule_handle(&client, "nightly");
    for error in [
        schedule.describe().await.unwrap_err(),
        schedule.pause("why").await.unwrap_err(),
        schedule.update(|schedule| schedule.note("why")).await.unwrap_err(),
        schedule.trigger().await.unwrap_err(),
        schedule.delete().await.unwrap_err(),
    ] {
        let ScheduleError::Rpc { schedule_id, source } = &error else { panic!("{error:?}") };
        assert_eq!((schedule_id.as_str(), source.code()), ("nightly", Code::Unavailable));
        assert!(error.to_string().starts_with("schedule `nightly`: "), "{error}");
    }
    assert!(begun.elapsed() < Duration::from_secs(30), "after {:?}", begun.elapsed());
}

#[tokio::test]
async fn a_deadline_that_has_passed_is_told() {
    let client = client().await;
    // Nobody runs it, so nobody answers.
    let lamp = Lamp::start(&client).id(unique("lamp")).task_queue(unique("nobody")).await.unwrap();
    let soon = |millis| {
        let options = RpcOptions::builder().timeout(Duration::from_millis(millis));
        options.retry_options(RetryOptions::no_retries()).build()
    };
    let begun = Instant::now();
    let (_, _, code, message) = said!("query", lamp.on().rpc_options(soon(300)).await, WorkflowQueryError);
    assert!(matches!(code, Code::DeadlineExceeded | Code::Cancelled), "{code:?} {message}");
    let (_, _, code, message) = said!("update", lamp.switch().rpc_options(soon(300)).await, UpdateError);
    assert!(matches!(code, Code::DeadlineExceeded | Code::Cancelled), "{code:?} {message}");
    assert!(begun.elapsed() < Duration::from_secs(10), "after {:?}", begun.elapsed());
    // A result is waited for with as many RPCs as it takes; what bounds all of them is a timeout around.
    tokio::time::timeout(Duration::from_millis(300), lamp.result()).await.expect_err("nobody runs it");
    lamp.terminate().await.unwrap();
}

/// Goes on as a new run once.
#[workflow]
#[derive(Default)]
struct Relay;

#[workflow]
impl Relay {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, second: bool) -> WorkflowResult<()> {
        match second {
            false => Relay::continue_as_new(ctx, true).await,
            true => Ok(ctx.wait_condition(|_| false).await?),
        }
    }
}

#[tokio::test]
async fn a_handle_for_a_run_leaves_later_runs_alone() {
    with_worker(
        |worker| worker.workflow::<Relay>(),
        async |client, queue| {
            let relay = Relay::start(client, false).id(unique("relay")).task_queue(queue).await.unwrap();
            let first = relay.for_run(relay.first_execution_run_id().unwrap());
            let next = event!(first, WorkflowExecutionContinuedAsNewEventAttributes).new_execution_run_id;
            assert!(said!("terminate", first.terminate().await, WorkflowInteractionError).1);
            // The server takes a cancellation of a run that is closed, and does nothing.
            let _ = first.cancel().await;
            let second = relay.for_run(next);
            assert_eq!(second.describe().await.unwrap().status(), WorkflowExecutionStatus::Running);
            assert!(events!(second, WorkflowExecutionCancelRequestedEventAttributes).is_empty());
            relay.terminate().await.unwrap();
        },
    )
    .await;
}
