//! Failures of child workflows.

use durably::{ChildWorkflowError, prelude::*};
use durably_tests::{unique, with_worker};

use super::{PaymentError, WAYS, pay, seen};

#[workflow]
#[derive(Default)]
struct Sale;

#[workflow]
impl Sale {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, card: String) -> Result<u32, WorkflowFailed<PaymentError>> {
        if card == "slow" {
            ctx.timer(Duration::from_secs(3600)).await;
        }
        Ok(pay(&card)?)
    }
}

#[workflow]
#[derive(Default)]
struct Market;

#[workflow]
impl Market {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, card: String) -> WorkflowResult<[String; 2]> {
        let started = Sale::child(ctx, &card).await?;
        let result = seen(started.result().await, |error| format!("other: {error}"));
        let executed = seen(Sale::child(ctx, card).execute().await, |error| format!("other: {error}"));
        Ok([result, executed])
    }
}

#[tokio::test]
async fn the_failure_of_a_child_is_the_one_it_declares() {
    with_worker(
        |worker| worker.workflow::<Sale>().workflow::<Market>(),
        async |client, queue| {
            for (card, expected) in WAYS {
                let market = Market::start(client, card).id(unique("market")).task_queue(queue);
                assert_eq!(market.execute().await.unwrap(), [expected; 2], "{card}");
            }
        },
    )
    .await;
}

/// Starts the same child twice, and one that takes too long.
#[workflow]
#[derive(Default)]
struct Impatient;

#[workflow]
impl Impatient {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, id: String) -> WorkflowResult<[String; 2]> {
        let other = |error| match error {
            ChildWorkflowError::Start(_) => "not started".to_owned(),
            ChildWorkflowError::Execution(error) if error.as_timeout().is_some() => "timed out".to_owned(),
            other => format!("other: {other}"),
        };
        let slow = Sale::child(ctx, "slow").id(&id).await?;
        let again = Sale::child(ctx, "mine").id(&id).execute().await;
        slow.cancel("it takes too long");
        let late = Sale::child(ctx, "slow").run_timeout(Duration::from_millis(500)).execute().await;
        Ok([seen(again, other), seen(late, other)])
    }
}

#[tokio::test]
async fn a_child_that_does_not_start_or_is_late_has_no_declared_failure() {
    with_worker(
        |worker| worker.workflow::<Sale>().workflow::<Impatient>(),
        async |client, queue| {
            let impatient = Impatient::start(client, unique("twice")).id(unique("impatient")).task_queue(queue);
            assert_eq!(impatient.execute().await.unwrap(), ["not started", "timed out"]);
        },
    )
    .await;
}
