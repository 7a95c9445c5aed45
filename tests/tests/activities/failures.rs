//! Activities that fail, and what their callers learn.

use std::sync::atomic::{AtomicU32, Ordering};

use durably::{
    ActivityExecutionError,
    prelude::*,
    temporal::common::error::{IncomingError, RetryState},
};
use durably_tests::{client, recorded, unique};

/// What went wrong: who failed, why, of which type, and why it was not tried again.
fn account(error: &ActivityExecutionError) -> String {
    let ActivityExecutionError::Failed(failed) = error else { panic!("{error:?}") };
    let Some(IncomingError::Application(cause)) = failed.cause() else { panic!("{error:?}") };
    let kind = cause.type_name().unwrap_or("no type");
    let retry = match failed.retry_state() {
        RetryState::MaximumAttemptsReached => "attempts used up",
        RetryState::NonRetryableFailure => "not retryable",
        other => panic!("{other:?}"),
    };
    format!("{} | {cause} | {kind} | {retry}", failed.activity_type().unwrap())
}

/// Runs the one activity a test is about, and fails itself as it fails.
macro_rules! workflow_of {
    ($name:ident, $activity:ident($($argument:expr),*)) => {
        #[workflow]
        #[derive(Default)]
        struct $name;

        #[workflow]
        impl $name {
            #[run]
            async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<String> {
                Ok(match $activity::execute(ctx, $($argument),*).await {
                    Ok(value) => format!("{value:?}"),
                    Err(error) => account(&error),
                })
            }
        }
    };
}

#[derive(Default)]
struct Flaky {
    calls: AtomicU32,
}

#[activities]
impl Flaky {
    #[activity(start_to_close_timeout = "10s", retry_policy(initial_interval = "10ms", maximum_attempts = 5))]
    async fn succeed_third(&self) -> Result<u32, std::num::ParseIntError> {
        match self.calls.fetch_add(1, Ordering::Relaxed) {
            calls @ 0..2 => format!("no number {calls}").parse(),
            calls => Ok(calls + 1),
        }
    }
}

#[workflow]
#[derive(Default)]
struct Patient;

#[workflow]
impl Patient {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<u32> {
        Ok(Flaky::activities(ctx).succeed_third().await?)
    }
}

#[tokio::test]
async fn a_failed_attempt_is_tried_again() {
    let client = client().await;
    let queue = unique("flaky");
    let worker = Worker::new(&client, &queue).workflow::<Patient>().activities(Flaky::default()).start().unwrap();

    let patient = Patient::start(&client).id(unique("flaky")).task_queue(&queue).await.unwrap();
    assert_eq!(patient.result().await.unwrap(), 3);
    let [started] = recorded!(patient, ActivityTaskStartedEventAttributes).try_into().unwrap();
    assert_eq!(started.attempt, 3);
    let last = started.last_failure.unwrap().message;
    assert!(last.contains("invalid digit"), "{last}");

    worker.shutdown().await.unwrap();
}

#[activity(start_to_close_timeout = "10s", retry_policy(initial_interval = "10ms", maximum_attempts = 2))]
async fn hopeless(number: String) -> Result<u32, std::num::ParseIntError> {
    number.parse()
}
workflow_of!(Hopeless, hopeless("nine"));

#[activity(start_to_close_timeout = "10s", retry_policy(initial_interval = "10ms"))]
async fn refused() -> ActivityResult<()> {
    Err(ApplicationFailure::non_retryable("it is refused").into())
}
workflow_of!(Refused, refused());

#[activity(start_to_close_timeout = "10s", retry_policy(initial_interval = "10ms", non_retryable_error_types("Fatal")))]
async fn fatal() -> Result<(), ApplicationFailure> {
    Err(ApplicationFailure::builder(std::io::Error::other("it is fatal")).type_name("Fatal".into()).build())
}
workflow_of!(Fatal, fatal());

#[activity(start_to_close_timeout = "10s", retry_policy(maximum_attempts = 1))]
async fn panics() -> u32 {
    panic!("the async one panics")
}
workflow_of!(Panics, panics());

#[activity(start_to_close_timeout = "10s", retry_policy(maximum_attempts = 1))]
fn panics_blocking() -> u32 {
    panic!("the blocking one panics, {}", "formatted")
}
workflow_of!(PanicsBlocking, panics_blocking());

#[tokio::test]
async fn a_failure_reaches_the_caller_with_its_message_and_its_type() {
    let client = client().await;
    let queue = unique("failures");
    let worker = Worker::new(&client, &queue)
        .workflow::<Hopeless>()
        .workflow::<Refused>()
        .workflow::<Fatal>()
        .workflow::<Panics>()
        .workflow::<PanicsBlocking>()
        .activity::<hopeless>()
        .activity::<refused>()
        .activity::<fatal>()
        .activity::<panics>()
        .activity::<panics_blocking>()
        .start()
        .unwrap();
    let id = || unique("failures");

    let hopeless = Hopeless::start(&client).id(id()).task_queue(&queue).await.unwrap();
    let said = hopeless.result().await.unwrap();
    assert!(said.contains("hopeless | ") && said.contains("invalid digit found in string"), "{said}");
    assert!(said.ends_with("| attempts used up"), "{said}");
    let [started] = recorded!(hopeless, ActivityTaskStartedEventAttributes).try_into().unwrap();
    assert_eq!(started.attempt, 2);

    let refused = Refused::start(&client).id(id()).task_queue(&queue).await.unwrap();
    let said = refused.result().await.unwrap();
    assert!(said.contains("it is refused") && said.ends_with("| not retryable"), "{said}");
    let [started] = recorded!(refused, ActivityTaskStartedEventAttributes).try_into().unwrap();
    assert_eq!(started.attempt, 1);

    let said = Fatal::start(&client).id(id()).task_queue(&queue).execute().await.unwrap();
    assert!(said.contains("it is fatal") && said.ends_with("| Fatal | not retryable"), "{said}");

    let said = Panics::start(&client).id(id()).task_queue(&queue).execute().await.unwrap();
    assert!(said.contains("the async one panics"), "{said}");
    let said = PanicsBlocking::start(&client).id(id()).task_queue(&queue).execute().await.unwrap();
    assert!(said.contains("the blocking one panics, formatted"), "{said}");

    worker.shutdown().await.unwrap();
}

/// What the worker runs under the name of what the workflow calls.
mod newer {
    use durably::prelude::*;

    #[activity(start_to_close_timeout = "10s")]
    pub(super) async fn add(_first: String, second: u8) -> u8 {
        second
    }
}

#[activity(start_to_close_timeout = "10s", retry_policy(maximum_attempts = 1))]
async fn add(first: String, second: String) -> u8 {
    first.len() as u8 + second.len() as u8
}
workflow_of!(Outdated, add("one", "two"));

#[tokio::test]
async fn an_argument_that_does_not_fit_is_named() {
    let client = client().await;
    let queue = unique("undecodable");
    let worker = Worker::new(&client, &queue).workflow::<Outdated>().activity::<newer::add>().start().unwrap();

    let said = Outdated::start(&client).id(unique("undecodable")).task_queue(&queue).execute().await.unwrap();
    assert!(said.contains("activity `add`: argument `second: u8` cannot be decoded"), "{said}");

    worker.shutdown().await.unwrap();
}

#[workflow]
#[derive(Default)]
struct Fails;

#[workflow]
impl Fails {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        Ok(refused::execute(ctx).await?)
    }
}

#[tokio::test]
async fn a_workflow_fails_with_what_its_activity_failed_with() {
    let client = client().await;
    let queue = unique("fails");
    let worker = Worker::new(&client, &queue).workflow::<Fails>().activity::<refused>().start().unwrap();

    let fails = Fails::start(&client).id(unique("fails")).task_queue(&queue).await.unwrap();
    fails.result().await.unwrap_err();
    let [failed] = recorded!(fails, WorkflowExecutionFailedEventAttributes).try_into().unwrap();
    let failure = failed.failure.unwrap();
    assert_eq!(failure.cause.unwrap().message, "it is refused");

    worker.shutdown().await.unwrap();
}
