//! Activities in Python, called by a workflow in Rust.

use durably::{ActivityExecutionError, IncomingError, WorkflowGetResultError, prelude::*};
use durably_tests::{address, client, python::PythonWorker, unique};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Offer {
    article: String,
    price: Price,
    remark: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Price {
    amount: i64,
    currency: String,
}

#[activity(start_to_close_timeout = "10s")]
async fn appraise(_article: String, _count: i64, _remark: Option<String>) -> ActivityResult<Offer> {
    unreachable!("implemented in Python")
}

#[activity(start_to_close_timeout = "10s")]
async fn reverse(_data: Vec<u8>) -> ActivityResult<Vec<u8>> {
    unreachable!("implemented in Python")
}

#[activity(start_to_close_timeout = "10s")]
async fn refuse(_reason: String, _code: u32) -> ActivityResult<()> {
    unreachable!("implemented in Python")
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Refusal {
    code: u32,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Seen {
    offers: Vec<Offer>,
    reversed: Vec<u8>,
    refusal: (String, Option<String>, Refusal),
}

#[workflow]
#[derive(Default)]
struct CallsPython;

#[workflow]
impl CallsPython {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, python: String) -> WorkflowResult<Seen> {
        let offers = vec![
            appraise::execute(ctx, "pear", 2, Some("ripe".to_owned())).task_queue(&python).await?,
            appraise::execute(ctx, "plum", 3, None).task_queue(&python).await?,
        ];
        let reversed = reverse::execute(ctx, vec![0, 255, 7]).task_queue(&python).await?;
        let refusal = match refuse::execute(ctx, "closed", 7).task_queue(&python).await {
            Err(ActivityExecutionError::Failed(error)) => match error.cause() {
                Some(IncomingError::Application(failure)) => (
                    failure.to_string(),
                    failure.type_name().map(str::to_owned),
                    failure.details::<Refusal>().unwrap().unwrap(),
                ),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        };
        Ok(Seen { offers, reversed, refusal })
    }
}

/// Fails with whatever the activity fails with.
#[workflow]
#[derive(Default)]
struct Refused;

#[workflow]
impl Refused {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, python: String) -> WorkflowResult<()> {
        Ok(refuse::execute(ctx, "for good", 8).task_queue(python).await?)
    }
}

#[tokio::test]
async fn a_rust_workflow_calls_python_activities() {
    let client = client().await;
    let (queue, python_queue) = (unique("calls-python"), unique("python"));
    let Some(python) = PythonWorker::start("worker.py", &[address(), &python_queue]).await else { return };
    let worker = Worker::new(&client, &queue).workflow::<CallsPython>().workflow::<Refused>().start().unwrap();

    let start = CallsPython::start(&client, &python_queue).id(unique("calls-python")).task_queue(&queue);
    let euros = |amount| Price { amount, currency: "EUR".into() };
    assert_eq!(
        start.execute().await.unwrap(),
        Seen {
            offers: vec![
                Offer { article: "pear".into(), price: euros(6), remark: Some("ripe".into()) },
                Offer { article: "plum".into(), price: euros(9), remark: None },
            ],
            reversed: vec![7, 255, 0],
            refusal: ("closed".into(), Some("Refused".into()), Refusal { code: 7 }),
        }
    );

    let refused = Refused::start(&client, &python_queue).id(unique("refused")).task_queue(&queue).await.unwrap();
    let WorkflowGetResultError::Failed(error) = refused.result().await.unwrap_err().kind else {
        panic!("it did not fail")
    };
    let IncomingError::Activity(activity) = *error else { panic!("{error:?}") };
    let Some(IncomingError::Application(failure)) = activity.cause() else { panic!("{activity:?}") };
    assert_eq!((failure.to_string(), failure.type_name()), ("for good".to_owned(), Some("Refused")));
    assert_eq!(failure.details::<Refusal>().unwrap().unwrap(), Refusal { code: 8 });

    worker.shutdown().await.unwrap();
    python.stop().await;
}
