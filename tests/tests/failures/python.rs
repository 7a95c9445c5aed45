//! Failures from Python to Rust, and from Rust to Python.

use durably::{CallError, prelude::*};
use durably_tests::{address, python::PythonWorker, unique, with_worker};
use serde_json::{Value, json};

use super::{PaymentError, WAYS, charge, pay, seen};

/// `Sale` in `failures.py`.
#[workflow(name = "PythonSale")]
#[derive(Default)]
struct Foreign;

#[workflow]
impl Foreign {
    #[run]
    async fn run(_card: String) -> Result<u32, PaymentError> {
        unreachable!("implemented in Python")
    }
}

/// `CallsCharge` in `failures.py`.
#[workflow]
#[derive(Default)]
struct CallsCharge;

#[workflow]
impl CallsCharge {
    #[run]
    async fn run(_task_queue: String, _card: String) -> WorkflowResult<Value> {
        unreachable!("implemented in Python")
    }
}

#[workflow]
#[derive(Default)]
struct RustSale;

#[workflow]
impl RustSale {
    #[run]
    async fn run(card: String) -> Result<u32, PaymentError> {
        pay(&card)
    }
}

#[workflow]
#[derive(Default)]
struct CallsPython;

#[workflow]
impl CallsPython {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, python: String, card: String) -> WorkflowResult<[String; 2]> {
        let charged = charge::execute(ctx, &card).task_queue(&python).await;
        let sold = Foreign::child(ctx, card).task_queue(python).execute().await;
        Ok([seen(charged, |error| format!("other: {error}")), seen(sold, |error| format!("other: {error}"))])
    }
}

#[tokio::test]
async fn what_python_raises_is_a_declared_failure_in_rust() {
    let python_queue = unique("python");
    let Some(python) = PythonWorker::start("failures.py", &[address(), &python_queue]).await else { return };
    with_worker(
        |worker| worker.workflow::<CallsPython>(),
        async |client, queue| {
            for (card, expected) in WAYS {
                let start =
                    CallsPython::start(client, &python_queue, card).id(unique("calls-python")).task_queue(queue);
                assert_eq!(start.execute().await.unwrap(), [expected; 2], "{card}");
                let start = Foreign::start(client, card).id(unique("foreign")).task_queue(&python_queue);
                let sold = start.execute().await.map_err(CallError::into_kind);
                assert_eq!(seen(sold, |error| format!("other: {error}")), expected, "{card}");
            }
        },
    )
    .await;
    python.stop().await;
}

#[tokio::test]
async fn a_failure_in_rust_is_raised_in_python() {
    let python_queue = unique("python");
    let Some(python) = PythonWorker::start("failures.py", &[address(), &python_queue]).await else { return };
    let register = |worker: Worker| worker.activity::<charge>().workflow::<RustSale>();
    with_worker(register, async |client, queue| {
        let raised = |message: &str, name: &str, non_retryable: bool, details: Value| {
            json!({ "message": message, "type": name, "non_retryable": non_retryable, "details": details })
        };
        let ways = [
            ("stolen", raised("declined: it is stolen", "CardDeclined", true, json!(["it is stolen", 43, "run"]))),
            ("expired", raised("declined: it is expired", "CardDeclined", true, json!(["it is expired", 54, null]))),
            ("busy", raised("the bank is busy", "Busy", false, json!([]))),
            ("poor", raised("over the limit of Amount { cents: 5 }", "Limit", false, json!([{ "cents": 5 }]))),
            ("mine", json!({ "paid": 7 })),
        ];
        for (card, expected) in ways {
            let start = CallsCharge::start(client, queue, card).id(unique("calls-charge")).task_queue(&python_queue);
            let seen = start.execute().await.unwrap();
            assert_eq!(seen, json!({ "activity": expected, "child": expected }), "{card}");
        }
    })
    .await;
    python.stop().await;
}
