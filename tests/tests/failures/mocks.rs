//! Mocks of activities that declare a failure: a test returns it, and the workflow under test has it as it is.

use durably::{prelude::*, testing::TestEnv};

use super::{Amount, PaymentError, WAYS, charge, pay, seen};

struct Bank;

#[activities]
impl Bank {
    #[activity(start_to_close_timeout = "10s", retry_policy(maximum_attempts = 3))]
    async fn transfer(&self, _card: String) -> Result<u32, ActivityFailed<PaymentError>> {
        unreachable!("the tests answer")
    }
}

/// Pays, then transfers; twice each, the second time locally.
#[workflow]
#[derive(Default)]
struct Shop;

#[workflow]
impl Shop {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, card: String) -> WorkflowResult<[String; 4]> {
        let other = |error| format!("other: {error}");
        Ok([
            seen(charge::execute(ctx, &card).await, other),
            seen(charge::execute(ctx, &card).local().await, other),
            seen(Bank::activities(ctx).transfer(&card).await, other),
            seen(Bank::activities(ctx).transfer(card).local().await, other),
        ])
    }
}

async fn shop(env: &TestEnv, card: &str) -> [String; 4] {
    let shop = Shop::start(env.client(), card).id(format!("shop-{card}")).task_queue(env.task_queue());
    shop.execute().await.unwrap()
}

#[durably::test]
async fn what_a_mock_returns_is_the_failure_that_is_declared(env: &TestEnv) {
    env.mock::<charge>(|card: String| pay(&card));
    Bank::mocks(env).transfer(|card: String| Ok(pay(&card)?));
    env.worker().workflow::<Shop>().start().unwrap();
    for (card, expected) in WAYS {
        assert_eq!(shop(env, card).await, [expected; 4], "{card}");
    }
}

#[durably::test]
async fn a_mock_that_fails_once_does_so_with_the_failure_that_is_declared(env: &TestEnv) {
    let charge = env
        .mock::<charge>(|_: String| Ok(7))
        .fails_once(PaymentError::Limit(Amount { cents: 5 }))
        .fails_once(ApplicationFailure::new("no connection"));
    let transfer = Bank::mocks(env)
        .transfer(|_: String| Ok(7))
        // Which waits as long as it says, and is tried again.
        .fails_once(PaymentError::Busy)
        // Which is not.
        .fails_once(PaymentError::Declined { reason: "it is stolen".into(), code: 43, hint: Some("run".into()) });
    env.worker().workflow::<Shop>().start().unwrap();
    let [charged, charged_locally, transferred, transferred_locally] = shop(env, "mine").await;
    assert_eq!(charged, "no more than Amount { cents: 5 }");
    assert!(charged_locally.starts_with("other: "), "{charged_locally}");
    assert_eq!(transferred, "declined, it is stolen (43), Some(\"run\")");
    assert_eq!(transferred_locally, "paid");
    assert_eq!((charge.count(), transfer.count()), (2, 3));
}
