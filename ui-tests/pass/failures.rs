//! Failures of every shape, found by type wherever a function returns them.

use durably::{failure_type, prelude::*};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Amount {
    cents: u64,
}

/// With every option.
#[derive(Debug, Failure)]
#[failure(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaymentError {
    #[failure(name = "CardDeclined", non_retryable, message = "declined: {reason} {{{code:>5}}}")]
    Declined { reason: String, code: u32, hint: Option<String> },
    #[failure(next_retry_delay = "1m30s", category = "benign", message = "busy")]
    BankBusy,
    #[failure(category = Benign, message = "over {1:?} of {0}")]
    OverLimit(String, Amount),
    #[failure(message = "{r#type}")]
    Other { r#type: String },
}

/// Words by hand.
#[derive(Debug, Failure)]
pub enum ByHand {
    Closed,
}

impl std::fmt::Display for ByHand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("closed")
    }
}

impl std::error::Error for ByHand {}

#[derive(Debug, Failure)]
#[failure(non_retryable, message = "refused")]
pub struct Refused;

#[derive(Debug, Failure)]
#[failure(name = "Late", message = "{0:?} too late")]
pub struct TooLate(pub Duration);

/// Names that stand for something else in what the derive writes.
#[derive(Debug, Failure)]
pub enum Confusing {
    #[failure(message = "{failure}, {f}, {details}, {place}, {_0}")]
    Names { failure: u8, f: u8, details: u8, place: u8, _0: u8 },
    #[failure(message = "none")]
    None,
    #[failure(message = "ok")]
    Ok,
    #[failure(message = "some {0}")]
    Some(String),
}

type Paid<T> = Result<T, PaymentError>;
type Sold<T, F = PaymentError> = Result<T, WorkflowFailed<F>>;

#[activity(
    start_to_close_timeout = "10s",
    retry_policy(non_retryable_error_types(PaymentError::OverLimit, self::PaymentError::BankBusy, Refused, "Any"))
)]
async fn charge(_card: String) -> Paid<u32> {
    Ok(1)
}

#[activity(start_to_close_timeout = "10s")]
fn refund(number: String) -> Result<u32, ActivityFailed<Refused>> {
    match number.parse()? {
        0 => Err(Refused)?,
        1 => Err(ApplicationFailure::new("one"))?,
        2 => Err(ActivityError::cancelled())?,
        3 => Err(Failed::Other(ActivityError::WillCompleteAsync)),
        number => Ok(number),
    }
}

#[workflow(task_queue = "q", retry_policy(non_retryable_error_types(PaymentError::Declined)))]
#[derive(Default)]
pub struct Sale;

#[workflow]
impl Sale {
    #[run(id = "sale")]
    async fn run(ctx: &WorkflowContext<Self>, again: bool) -> Sold<u32> {
        ctx.wait_condition(|_| true).await?;
        let _ = charge::execute(ctx, "card").await?;
        let _ = refund::execute(ctx, "2").await?;
        if again {
            return Ok(Self::continue_as_new(ctx, false).await?);
        }
        let busy = charge::execute(ctx, "card").await.map_err(|error| error.map_declared(|_| PaymentError::BankBusy));
        if let Err(PaymentError::BankBusy) = local() {
            Err(ApplicationFailure::new("busy"))?;
        }
        Ok(busy?)
    }

    #[query]
    fn price(&self) -> Paid<u32> {
        Ok(1)
    }

    #[update]
    fn pay(&mut self, _card: String) -> Result<u32, ByHand> {
        Err(ByHand::Closed)
    }

    #[update_validator(pay)]
    fn check(&self, _card: &String) -> Result<(), ByHand> {
        Ok(())
    }

    #[update]
    async fn pay_later(ctx: &WorkflowContext<Self>) -> Result<u32, UpdateFailed<PaymentError>> {
        if ctx.state(|_| false) {
            Err("not now")?;
        }
        Ok(charge::execute(ctx, "card").await?)
    }

    #[update]
    fn confuse(&mut self) -> Result<(), Failed<Confusing, std::fmt::Error>> {
        Err(Failed::Declared(Confusing::None))
    }
}

fn local() -> Paid<()> {
    #[derive(Debug, Failure)]
    #[failure(message = "inside of a function")]
    struct Inner;

    assert_eq!(failure_type!(Inner), "Inner");
    Err(PaymentError::BankBusy)
}

pub async fn drive(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let sale = Sale::start(client, false).await?;
    match sale.pay("card").await {
        Err(error) if matches!(error.declared(), Some(ByHand::Closed)) => {}
        other => drop(other?),
    }
    let _: u32 = sale.pay_later().await?;
    let _: u32 = sale.price().await?;
    let _: u32 = sale.result().await?;
    let _: u32 = Sale::start(client, true).execute().await?;
    Ok(())
}

#[test]
fn they_say_what_they_are() {
    let declined = PaymentError::Declined { reason: "no".into(), code: 7, hint: None };
    assert_eq!(declined.to_string(), "declined: no {    7}");
    let names = Confusing::Names { failure: 1, f: 2, details: 3, place: 4, _0: 5 };
    assert_eq!(names.to_string(), "1, 2, 3, 4, 5");
    assert_eq!(failure_type!(PaymentError::BankBusy), "BANK_BUSY");
    assert_eq!(failure_type!(TooLate), "Late");
    assert!(local().is_err());
}
