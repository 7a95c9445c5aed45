//! Queries: their arguments, their errors, and that they leave no trace.

use durably::{QueryRejectCondition, WorkflowExecutionStatus, WorkflowQueryError, prelude::*};
use durably_tests::{
    event,
    history::events,
    unique,
    wire::{json, query},
    with_worker,
};

/// Counts up to its goal.
#[workflow]
#[derive(Default)]
struct Counter {
    count: i64,
    done: bool,
}

type Reading = Result<i64, ApplicationFailure>;

#[workflow]
impl Counter {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<i64> {
        ctx.wait_condition(|w| w.done).await?;
        Ok(ctx.state(|w| w.count))
    }

    #[signal]
    fn add(&mut self, number: i64) {
        self.count += number;
    }

    #[signal]
    fn stop(&mut self) {
        self.done = true;
    }

    #[query]
    fn count(&self) -> i64 {
        self.count
    }

    #[query]
    fn plus(&self, number: i64) -> i64 {
        self.count + number
    }

    #[query(name = "spelled out")]
    fn spelled(&self, before: String, after: Option<String>) -> String {
        format!("{before}{}{}", self.count, after.unwrap_or_default())
    }

    #[query]
    fn divided_by(&self, divisor: i64) -> Reading {
        match divisor {
            0 => Err(ApplicationFailure::non_retryable("nothing is divided by zero")),
            divisor => Ok(self.count / divisor),
        }
    }

    #[query]
    fn whose(&self, ctx: &WorkflowContextView) -> String {
        ctx.workflow_id().to_owned()
    }
}

fn counter(worker: Worker) -> Worker {
    worker.workflow::<Counter>()
}

async fn start(client: &Client, queue: &str) -> CounterHandle {
    let counter = Counter::start(client).id(unique("counter")).task_queue(queue).await.unwrap();
    counter.add(12).await.unwrap();
    counter
}

#[tokio::test]
async fn queries_take_any_number_of_arguments() {
    with_worker(counter, async |client, queue| {
        let counter = start(client, queue).await;
        assert_eq!(counter.count().await.unwrap(), 12);
        assert_eq!(counter.plus(3).await.unwrap(), 15);
        assert_eq!(counter.spelled("<", Some(">".into())).await.unwrap(), "<12>");
        assert_eq!(counter.whose().await.unwrap(), counter.workflow_id());

        let raw = counter.untyped();
        let answer = raw.query(query("spelled out"), json(&["\"=\""]), Default::default()).await.unwrap();
        assert_eq!(answer.payloads[0].data, b"\"=12\"", "an absent trailing argument is None");
        counter.stop().await.unwrap();
        assert_eq!(counter.result().await.unwrap(), 12);
    })
    .await;
}

#[tokio::test]
async fn a_closed_workflow_still_answers() {
    with_worker(counter, async |client, queue| {
        let counter = start(client, queue).await;
        counter.stop().await.unwrap();
        counter.result().await.unwrap();
        assert_eq!(counter.count().await.unwrap(), 12);

        let refused = counter.count().reject_condition(QueryRejectCondition::NotOpen).await.unwrap_err();
        let WorkflowQueryError::Rejected { status } = refused.kind else { panic!("{refused:?}") };
        assert_eq!(status, Some(WorkflowExecutionStatus::Completed));
    })
    .await;
}

#[tokio::test]
async fn an_open_workflow_answers_whatever_the_reject_condition_says_of_closed_ones() {
    with_worker(counter, async |client, queue| {
        let counter = start(client, queue).await;
        assert_eq!(counter.count().reject_condition(QueryRejectCondition::NotOpen).await.unwrap(), 12);
        counter.terminate().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_query_may_fail_with_a_message() {
    with_worker(counter, async |client, queue| {
        let counter = start(client, queue).await;
        assert_eq!(counter.divided_by(5).await.unwrap(), 2);
        let error = counter.divided_by(0).await.unwrap_err().to_string();
        assert!(error.contains("nothing is divided by zero"), "{error}");
        assert_eq!(counter.count().await.unwrap(), 12, "the workflow is none the worse");
        counter.terminate().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_query_that_does_not_fit_says_why() {
    with_worker(counter, async |client, queue| {
        let counter = start(client, queue).await;
        let failure = async |name: &str, arguments: &[&str]| {
            let answer = counter.untyped().query(query(name), json(arguments), Default::default()).await;
            answer.unwrap_err().to_string()
        };
        let error = failure("plus", &["\"three\""]).await;
        let expected =
            "query `plus`: argument `number: i64` cannot be decoded from a payload with encoding `json/plain`";
        assert!(error.contains(expected), "{error}");
        let error = failure("plus", &[]).await;
        assert!(error.contains("query `plus`: argument `number: i64` is missing, 0 of 1 were sent"), "{error}");
        let error = failure("count", &["1", "2"]).await;
        assert!(error.contains("query `count`: 2 arguments were sent, it takes 0"), "{error}");
        let error = failure("conut", &[]).await;
        assert!(error.contains("conut"), "{error}");
        counter.terminate().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn queries_leave_no_trace_in_the_history() {
    with_worker(counter, async |client, queue| {
        let counter = start(client, queue).await;
        assert_eq!(counter.count().await.unwrap(), 12);
        event!(counter, WorkflowTaskCompletedEventAttributes);
        let before = events(&counter).await.len();
        for number in 0..100 {
            assert_eq!(counter.plus(number).await.unwrap(), 12 + number);
        }
        assert_eq!(events(&counter).await.len(), before);
        counter.terminate().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_query_to_no_workflow_is_not_found() {
    let client = durably_tests::client().await;
    let error = Counter::handle(&client, unique("nobody")).count().await.unwrap_err();
    assert!(matches!(*error, WorkflowQueryError::NotFound(_)), "{error:?}");
}
