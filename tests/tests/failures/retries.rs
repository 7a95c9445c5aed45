//! What failures say about retries.

use std::sync::atomic::{AtomicU32, Ordering};

use durably::{failure_type, prelude::*};
use durably_tests::{unique, with_worker};

use super::{PaymentError, pay, seen};

#[derive(Default)]
struct Bank {
    attempts: AtomicU32,
}

#[activities]
impl Bank {
    /// Takes a card for each attempt.
    #[activity(start_to_close_timeout = "10s", retry_policy(initial_interval = "1h"))]
    fn charge_patiently(&self, cards: Vec<String>) -> Result<u32, PaymentError> {
        let attempt = self.attempts.fetch_add(1, Ordering::Relaxed) as usize;
        pay(&cards[attempt]).map(|_| attempt as u32)
    }

    /// The same, with a policy that knows a failure after which there is no sense in another attempt.
    #[activity(
        start_to_close_timeout = "10s",
        retry_policy(initial_interval = "10ms", non_retryable_error_types(PaymentError::Limit, "Unheard of"))
    )]
    fn charge_twice(&self, cards: Vec<String>) -> Result<u32, PaymentError> {
        self.charge_patiently(cards)
    }
}

#[workflow]
#[derive(Default)]
struct Shop;

#[workflow]
impl Shop {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, how: String, cards: Vec<String>) -> WorkflowResult<String> {
        let bank = Bank::activities(ctx);
        let charged = match how.as_str() {
            "patiently" => bank.charge_patiently(cards).await,
            "twice" => bank.charge_twice(cards).await,
            _ => {
                let policy = RetryPolicy::builder()
                    .initial_interval(Duration::from_millis(10))
                    .non_retryable_error_types([failure_type!(PaymentError::Busy)])
                    .build();
                bank.charge_twice(cards).retry_policy(policy).await
            }
        };
        Ok(match charged {
            Ok(attempt) => format!("paid after {attempt}"),
            failed => seen(failed, |error| format!("other: {error}")),
        })
    }
}

async fn shop(how: &str, cards: &[&str]) -> String {
    let register = |worker: Worker| worker.workflow::<Shop>().activities(Bank::default());
    with_worker(register, async |client, queue| {
        let cards = cards.iter().map(|card| card.to_string()).collect();
        Shop::start(client, how, cards).id(unique("shop")).task_queue(queue).execute().await.unwrap()
    })
    .await
}

#[tokio::test]
async fn the_delay_of_a_failure_is_kept_instead_of_that_of_the_policy() {
    assert_eq!(shop("patiently", &["busy", "busy", "mine"]).await, "paid after 2");
}

#[tokio::test]
async fn a_failure_that_is_not_retryable_ends_it() {
    assert_eq!(shop("patiently", &["busy", "expired", "mine"]).await, "declined, it is expired (54), None");
}

#[tokio::test]
async fn a_policy_knows_the_variants_of_a_failure() {
    assert_eq!(shop("twice", &["poor", "mine"]).await, "no more than Amount { cents: 5 }");
    assert_eq!(shop("at the call", &["poor", "busy", "mine"]).await, "busy");
}
