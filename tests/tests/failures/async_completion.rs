//! A failure that comes from outside of the activity.

use durably::prelude::*;
use durably_tests::{unique, with_worker};
use tokio::sync::mpsc::{self, UnboundedSender};

use super::{Amount, PaymentError, seen};

struct Bank {
    tokens: UnboundedSender<Vec<u8>>,
}

#[activities]
impl Bank {
    #[activity(start_to_close_timeout = "30s", retry_policy(maximum_attempts = 1))]
    async fn transfer(&self, ctx: &ActivityContext) -> Result<u32, ActivityFailed<PaymentError>> {
        self.tokens.send(ctx.info().task_token.clone()).unwrap();
        Err(ActivityError::WillCompleteAsync.into())
    }
}

#[workflow]
#[derive(Default)]
struct Transfer;

#[workflow]
impl Transfer {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<String> {
        Ok(seen(Bank::activities(ctx).transfer().await, |error| format!("other: {error}")))
    }
}

#[tokio::test]
async fn whoever_finishes_an_activity_fails_it_with_what_it_declares() {
    let (sender, mut tokens) = mpsc::unbounded_channel();
    let register = |worker: Worker| worker.workflow::<Transfer>().activities(Bank { tokens: sender });
    with_worker(register, async |client, queue| {
        let transfer = Transfer::start(client).id(unique("transfer")).task_queue(queue).await.unwrap();
        let token = tokens.recv().await.unwrap();
        let limit = PaymentError::Limit(Amount { cents: 70 });
        Bank::async_handle(client, token).transfer().fail(limit).await.unwrap();
        assert_eq!(transfer.result().await.unwrap(), "no more than Amount { cents: 70 }");
    })
    .await;
}
