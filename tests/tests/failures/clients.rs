//! Failures of workflows, as clients see them.

use durably::{CallError, ExecuteError, FailureType, WorkflowGetResultError, WorkflowStartError, prelude::*, untyped};
use durably_tests::{client, unique, with_worker};

use super::{PaymentError, WAYS, pay, seen};

/// Returns its failure alone.
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

#[tokio::test]
async fn the_failure_of_a_workflow_is_the_one_it_declares() {
    with_worker(
        |worker| worker.workflow::<Sale>(),
        async |client, queue| {
            for (card, expected) in WAYS {
                let start = || Sale::start(client, card).id(unique("sale")).task_queue(queue);
                let other = |error: &dyn std::fmt::Debug| format!("other: {error:?}");
                let sale = start().await.unwrap();
                let result = sale.result().await.map_err(CallError::into_kind);
                assert_eq!(seen(result, |error| other(&error)), expected, "{card}");
                let executed = start().execute().await.map_err(CallError::into_kind);
                assert_eq!(seen(executed, |error| other(&error)), expected, "{card}");
            }
        },
    )
    .await;
}

#[tokio::test]
async fn who_does_not_know_the_workflow_looks_for_the_failure() {
    with_worker(
        |worker| worker.workflow::<Sale>(),
        async |client, queue| {
            for (card, expected) in WAYS {
                let id = unique("sale");
                Sale::start(client, card).id(&id).task_queue(queue).await.unwrap();
                let result = untyped::handle::<u32>(client, id).result().await;
                let result = result.map_err(|error| PaymentError::or(error.into_kind()));
                assert_eq!(seen(result, |error| format!("other: {error:?}")), expected, "{card}");
            }
        },
    )
    .await;
}

#[tokio::test]
async fn the_error_says_what_failed_and_why() {
    with_worker(
        |worker| worker.workflow::<Sale>(),
        async |client, queue| {
            let id = unique("sale");
            let error = Sale::start(client, "stolen").id(&id).task_queue(queue).execute().await.unwrap_err();
            assert!(error.declared().is_some_and(|error| *error != PaymentError::Busy));
            let said = error.to_string();
            assert!(said.starts_with(&format!("result of workflow `{id}` in run ")), "{said}");
            assert!(said.ends_with(": it failed: declined: it is stolen"), "{said}");
            let boxed: Box<dyn std::error::Error + Send + Sync> = error.into();
            assert_eq!(boxed.to_string(), said);
        },
    )
    .await;
}

#[tokio::test]
async fn what_happens_to_a_workflow_from_outside_is_not_declared() {
    let client = &client().await;
    // Nobody runs it.
    let start = |id: &str| Sale::start(client, "mine").id(id).task_queue(unique("nobody"));
    let id = unique("sale");
    let sale = start(&id).await.unwrap();
    let again = start(&id).execute().await.unwrap_err();
    assert!(
        matches!(*again, Failed::Other(ExecuteError::Start(WorkflowStartError::AlreadyStarted { .. }))),
        "{again:?}"
    );
    sale.terminate().await.unwrap();
    let terminated = sale.result().await.unwrap_err();
    assert!(matches!(*terminated, Failed::Other(WorkflowGetResultError::Terminated { .. })), "{terminated:?}");
    let late = start(&unique("sale")).run_timeout(Duration::from_millis(100)).execute().await.unwrap_err();
    assert!(matches!(*late, Failed::Other(ExecuteError::Result(WorkflowGetResultError::TimedOut))), "{late:?}");
    let nowhere = Sale::handle(client, unique("nowhere")).result().await.unwrap_err();
    assert!(matches!(*nowhere, Failed::Other(WorkflowGetResultError::NotFound(_))), "{nowhere:?}");
}
