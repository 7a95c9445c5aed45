//! What `?` does with a failure: the type and the details of it stay on the wire.

use durably::{CallError, IncomingError, WorkflowGetResultError, WorkflowHandle, prelude::*, untyped};
use durably_tests::{unique, with_worker};

use super::{PaymentError, charge, pay, seen};

/// Why there is no order.
#[derive(Debug, Failure)]
enum OrderError {
    #[failure(message = "nothing is ordered")]
    Empty,
    #[failure(message = "not paid: {0}")]
    NotPaid(String),
}

/// A child that fails with what it declares.
#[workflow]
#[derive(Default)]
struct Sale;

#[workflow]
impl Sale {
    #[run]
    async fn run(card: String) -> Result<u32, PaymentError> {
        pay(&card)
    }
}

/// Declares nothing.
#[workflow]
#[derive(Default)]
struct Plain;

#[workflow]
impl Plain {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, way: String, card: String) -> WorkflowResult<u32> {
        Ok(match way.as_str() {
            "activity" => charge::execute(ctx, card).await?,
            "result" => Sale::child(ctx, card).await?.result().await?,
            "child" => Sale::child(ctx, card).execute().await?,
            _ => pay(&card)?,
        })
    }
}

/// Declares what it calls.
#[workflow]
#[derive(Default)]
struct Same;

#[workflow]
impl Same {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, way: String, card: String) -> Result<u32, WorkflowFailed<PaymentError>> {
        // Whatever else goes wrong goes along.
        ctx.wait_condition(|_| true).await?;
        Ok(match way.as_str() {
            "activity" => charge::execute(ctx, card).await?,
            "result" => Sale::child(ctx, card).await?.result().await?,
            "child" => Sale::child(ctx, card).execute().await?,
            "mapped" => charge::execute(ctx, card).await.map_err(|error| error.map_declared(|_| PaymentError::Busy))?,
            _ => pay(&card)?,
        })
    }
}

/// Declares something else.
#[workflow]
#[derive(Default)]
struct Another;

#[workflow]
impl Another {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, way: String, card: String) -> Result<u32, WorkflowFailed<OrderError>> {
        Ok(match way.as_str() {
            "activity" => charge::execute(ctx, card).await?,
            "result" => Sale::child(ctx, card).await?.result().await?,
            "child" => Sale::child(ctx, card).execute().await?,
            "mapped" => {
                let charged = charge::execute(ctx, card).await;
                charged.map_err(|error| error.map_declared(|error| OrderError::NotPaid(error.to_string())))?
            }
            "empty" => Err(OrderError::Empty)?,
            _ => pay(&card)?,
        })
    }
}

fn all(worker: Worker) -> Worker {
    worker.workflow::<Sale>().workflow::<Plain>().workflow::<Same>().workflow::<Another>().activity::<charge>()
}

/// The type and the first detail of what a workflow fails with.
async fn on_the_wire<W: durably::WorkflowType>(handle: &WorkflowHandle<W>) -> (String, Option<String>, bool) {
    let handle = untyped::handle::<u32>(handle.client(), handle.workflow_id());
    match handle.result().await {
        Err(CallError { kind: WorkflowGetResultError::Failed(failure), .. }) => match *failure {
            IncomingError::Application(failure) => {
                let detail = failure.raw_details().and_then(|details| details.first());
                let detail = detail.map(|detail| String::from_utf8_lossy(&detail.data).into_owned());
                (failure.type_name().unwrap_or_default().to_owned(), detail, failure.is_non_retryable())
            }
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_workflow_that_declares_nothing_fails_with_the_failure_itself() {
    with_worker(all, async |client, queue| {
        for way in ["activity", "result", "child", "own"] {
            let plain = Plain::start(client, way, "stolen").id(unique("plain")).task_queue(queue).await.unwrap();
            let expected = ("CardDeclined".to_owned(), Some("\"it is stolen\"".to_owned()), true);
            assert_eq!(on_the_wire(&plain).await, expected, "{way}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_workflow_that_declares_the_same_failure_hands_it_on() {
    with_worker(all, async |client, queue| {
        for way in ["activity", "result", "child", "own"] {
            let same = Same::start(client, way, "stolen").id(unique("same")).task_queue(queue).await.unwrap();
            let result = same.result().await.map_err(CallError::into_kind);
            let said = seen(result, |error| format!("other: {error:?}"));
            assert_eq!(said, "declined, it is stolen (43), Some(\"run\")", "{way}");
        }
        let mapped = Same::start(client, "mapped", "stolen").id(unique("same")).task_queue(queue).execute().await;
        assert_eq!(mapped.unwrap_err().declared(), Some(&PaymentError::Busy));
    })
    .await;
}

#[tokio::test]
async fn a_workflow_that_declares_another_failure_fails_with_either() {
    with_worker(all, async |client, queue| {
        let start = |way: &str| Another::start(client, way, "stolen").id(unique("another")).task_queue(queue);
        for way in ["activity", "result", "child", "own"] {
            let another = start(way).await.unwrap();
            assert!(matches!(*another.result().await.unwrap_err(), Failed::Other(_)), "{way}");
            let expected = ("CardDeclined".to_owned(), Some("\"it is stolen\"".to_owned()), true);
            assert_eq!(on_the_wire(&another).await, expected, "{way}");
        }
        let mapped = start("mapped").execute().await.unwrap_err();
        assert!(
            matches!(mapped.declared(), Some(OrderError::NotPaid(why)) if why == "declined: it is stolen"),
            "{mapped:?}"
        );
        let empty = start("empty").execute().await.unwrap_err();
        assert!(matches!(empty.declared(), Some(OrderError::Empty)), "{empty:?}");
    })
    .await;
}
