//! A workflow in Python, driven from Rust: by a client, and as a child of a workflow in Rust.

use durably::{CallError, ExecuteError, IncomingError, UpdateError, WorkflowGetResultError, prelude::*};
use durably_tests::{address, client, python::PythonWorker, unique};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Price {
    amount: i64,
    currency: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Offer {
    article: String,
    price: Price,
    remark: Option<String>,
}

/// What `Basket` in `worker.py` answers to.
#[workflow]
#[derive(Default)]
struct Basket;

#[workflow]
impl Basket {
    #[run]
    async fn run(_ctx: &WorkflowContext<Self>, _owner: String, _voucher: Option<Price>) -> WorkflowResult<Offer> {
        unreachable!("implemented in Python")
    }

    #[signal]
    fn add(&mut self, _article: String, _count: i64, _note: Option<String>) {
        unreachable!("implemented in Python")
    }

    #[signal]
    fn close(&mut self) {
        unreachable!("implemented in Python")
    }

    #[query]
    fn count(&self, _article: String, _default: i64) -> i64 {
        unreachable!("implemented in Python")
    }

    #[query]
    fn any_article(&self) -> Option<String> {
        unreachable!("implemented in Python")
    }

    #[update]
    fn replace(&mut self, _old: String, _new: String, _count: i64) -> i64 {
        unreachable!("implemented in Python")
    }
}

#[tokio::test]
async fn a_rust_client_drives_a_python_workflow() {
    let client = client().await;
    let queue = unique("basket");
    let Some(worker) = PythonWorker::start("worker.py", &[address(), &queue]).await else { return };

    let voucher = Price { amount: 4, currency: "EUR".into() };
    let basket = Basket::start(&client, "Ada", Some(voucher)).id(unique("basket")).task_queue(&queue).await.unwrap();
    assert_eq!(basket.any_article().await.unwrap(), None);
    basket.add("pear", 2, Some("ripe".to_owned())).await.unwrap();
    basket.add("plum", 3, None).await.unwrap();
    assert_eq!(basket.any_article().await.unwrap().as_deref(), Some("pear (ripe)"));
    assert_eq!(basket.count("plum", -1).await.unwrap(), 3);
    assert_eq!(basket.count("kiwi", -1).await.unwrap(), -1);
    assert_eq!(basket.replace("plum", "kiwi", 5).await.unwrap(), 3);
    assert_eq!(update_failure(basket.replace("kiwi", "plum", 0).await), ("0 of plum".into(), "InvalidCount".into()));
    assert_eq!(update_failure(basket.replace("plum", "kiwi", 1).await), ("no plum".into(), "Missing".into()));
    basket.close().await.unwrap();
    let price = Price { amount: 17, currency: "EUR".into() };
    assert_eq!(basket.result().await.unwrap(), Offer { article: "kiwi+pear (ripe)".into(), price, remark: None });

    worker.stop().await;
}

fn update_failure(answer: Result<i64, CallError<UpdateError>>) -> (String, String) {
    match answer {
        Err(CallError { kind: UpdateError::Failed(cause), .. }) => match *cause {
            IncomingError::Application(failure) => {
                (failure.to_string(), failure.type_name().unwrap_or_default().to_owned())
            }
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_failure_of_a_python_workflow_has_type_and_details() {
    let client = client().await;
    let queue = unique("basket");
    let Some(worker) = PythonWorker::start("worker.py", &[address(), &queue]).await else { return };

    let basket = Basket::start(&client, "Ada", None).id(unique("basket")).task_queue(&queue).await.unwrap();
    basket.close().await.unwrap();
    let error = basket.result().await.unwrap_err();
    let WorkflowGetResultError::Failed(cause) = &error.kind else { panic!("{error:?}") };
    let IncomingError::Application(failure) = &**cause else { panic!("{cause:?}") };
    assert_eq!(failure.to_string(), "Ada bought nothing");
    assert_eq!(failure.type_name(), Some("Empty"));
    assert!(failure.is_non_retryable());
    assert_eq!(failure.details::<Owner>().unwrap().unwrap(), Owner { owner: "Ada".into() });

    worker.stop().await;
}

#[derive(Debug, PartialEq, Deserialize)]
struct Owner {
    owner: String,
}

/// Has its basket filled by a child workflow in Python.
#[workflow]
#[derive(Default)]
struct Shopping;

#[workflow]
impl Shopping {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, python_queue: String, articles: Vec<String>) -> WorkflowResult<Offer> {
        let basket = Basket::child(ctx, "Grace", None).task_queue(python_queue).await?;
        for article in articles {
            basket.add(article, 1, None).await?;
        }
        basket.close().await?;
        Ok(basket.result().await?)
    }
}

#[tokio::test]
async fn a_rust_workflow_has_a_python_child() {
    let client = client().await;
    let (queue, python_queue) = (unique("shopping"), unique("basket"));
    let Some(python) = PythonWorker::start("worker.py", &[address(), &python_queue]).await else { return };
    let worker = Worker::new(&client, &queue).workflow::<Shopping>().start().unwrap();

    let start = |articles: &[&str]| {
        let articles = articles.iter().copied().map(str::to_owned).collect::<Vec<_>>();
        Shopping::start(&client, &python_queue, articles).id(unique("shopping")).task_queue(&queue).execute()
    };
    let price = Price { amount: 6, currency: "EUR".into() };
    let offer = start(&["pear", "plum"]).await.unwrap();
    assert_eq!(offer, Offer { article: "pear+plum".into(), price, remark: None });

    // The failure of the child, through the parent, to the client.
    let error = start(&[]).await.unwrap_err();
    assert!(error.to_string().ends_with("failed: Grace bought nothing"), "{error}");
    let ExecuteError::Result(WorkflowGetResultError::Failed(failure)) = &error.kind else { panic!("{error:?}") };
    let Some(IncomingError::Application(failure)) = failure.cause() else { panic!("{failure:?}") };
    assert_eq!((failure.type_name(), failure.to_string()), (Some("Empty"), "Grace bought nothing".to_owned()));

    worker.shutdown().await.unwrap();
    python.stop().await;
}
