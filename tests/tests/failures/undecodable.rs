//! A failure of a declared type, whose details are of another version.

use durably::{ActivityExecutionError, CallError, PayloadConversionError, WorkflowGetResultError, prelude::*};
use durably_tests::{unique, with_worker};

use super::{PaymentError, charge, seen};

/// What runs, and knows nothing of what its callers expect.
mod older {
    use durably::prelude::*;

    #[derive(Debug, Failure)]
    pub(super) enum PaymentError {
        #[failure(name = "CardDeclined", non_retryable, message = "declined, they say")]
        Declined,
        #[failure(non_retryable, message = "over the limit")]
        Limit { cents: String },
        #[failure(non_retryable, message = "busy until {0}")]
        Busy(String),
    }

    fn pay(card: &str) -> Result<u32, PaymentError> {
        Err(match card {
            "poor" => PaymentError::Limit { cents: "five".into() },
            "busy" => PaymentError::Busy("noon".into()),
            _ => PaymentError::Declined,
        })
    }

    #[activity]
    pub(super) async fn charge(card: String) -> Result<u32, PaymentError> {
        pay(&card)
    }

    #[workflow]
    #[derive(Default)]
    pub(super) struct Sale;

    #[workflow]
    impl Sale {
        #[run]
        async fn run(card: String) -> Result<u32, PaymentError> {
            pay(&card)
        }
    }
}

#[workflow]
#[derive(Default)]
struct Sale;

#[workflow]
impl Sale {
    #[run]
    async fn run(_card: String) -> Result<u32, PaymentError> {
        unreachable!("an older one runs")
    }
}

#[workflow]
#[derive(Default)]
struct Shop;

#[workflow]
impl Shop {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, card: String) -> WorkflowResult<String> {
        let other = |error| match error {
            ActivityExecutionError::Serialization(PayloadConversionError::EncodingError(error)) => error.to_string(),
            other => panic!("{other:?}"),
        };
        Ok(seen(charge::execute(ctx, card).await, other))
    }
}

const WAYS: [(&str, &str); 3] = [
    ("stolen", "failure `CardDeclined`: detail `reason: String` is missing, 0 of 3 were sent; the call failed with: "),
    ("poor", "failure `Limit`: detail `0: Amount` cannot be decoded from a payload with encoding `json/plain`: "),
    ("busy", "failure `Busy`: 1 detail was sent, it takes 0; the call failed with: "),
];

#[tokio::test]
async fn an_activity_that_fails_with_other_details_has_no_declared_failure() {
    with_worker(
        |worker| worker.workflow::<Shop>().activity::<older::charge>(),
        async |client, queue| {
            for (card, expected) in WAYS {
                let shop = Shop::start(client, card).id(unique("shop")).task_queue(queue);
                let said = shop.execute().await.unwrap();
                assert!(said.starts_with(expected), "{said}");
            }
        },
    )
    .await;
}

#[tokio::test]
async fn a_client_is_told_which_detail_it_is() {
    with_worker(
        |worker| worker.workflow::<older::Sale>(),
        async |client, queue| {
            let (_, expected) = WAYS[0];
            let id = unique("sale");
            let sale = Sale::start(client, "stolen").id(&id).task_queue(queue).await.unwrap();
            let error = sale.result().await.unwrap_err();
            let said = error.to_string();
            assert!(said.contains(&format!("`{id}`")) && said.contains(expected), "{said}");
            assert!(said.ends_with("declined, they say"), "{said}");
            let CallError { kind: Failed::Other(WorkflowGetResultError::PayloadConversion(error)), .. } = error else {
                panic!("{error:?}")
            };
            // What has failed is not lost.
            let PayloadConversionError::EncodingError(error) = error else { panic!("{error:?}") };
            let failure = error.source().and_then(|failure| failure.downcast_ref::<WorkflowGetResultError>());
            assert!(matches!(failure, Some(WorkflowGetResultError::Failed(_))), "{error:?}");
        },
    )
    .await;
}
