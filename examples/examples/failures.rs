//! Failures as types: what a function declares is what its callers match on.
//!
//! What one learns: an enum that derives `Failure` is what an activity, a workflow or an update fails with, and each variant
//! is a failure of a type of its own on the wire, its fields the details; whoever calls gets it back, in a workflow and in a
//! client, and the compiler asks for every variant; what is not declared, such as a timeout, is told apart; a variant says
//! whether there is another attempt, and when; with `?` a failure goes on to the caller.
//!
//! ```text
//! 4000: paid with receipt 4000
//! 4001: declined: the card is stolen (code 43)
//! 4002: paid with receipt 4002, since the bank is busy only at first
//! 4003: over the limit by 30 cents
//! 4004: no answer from the bank
//! order of a pear: sold for 30 cents
//! order of nothing: nothing is ordered
//! order of a yacht: over the limit by 999970 cents
//! deposit of 0: refused, a deposit is more than nothing
//! deposit of 5: there are 5 now
//! ```

use durably::{CallError, prelude::*};

/// Why there is no payment.
#[derive(Debug, Failure)]
enum PaymentError {
    /// On the wire it has the name that a bank in another language knows it by. There is no sense in another attempt.
    #[failure(name = "CardDeclined", non_retryable, message = "declined: {reason}")]
    Declined { reason: String, code: u32 },
    /// The next attempt comes in 10 ms, whatever the retry policy says, and nobody is alarmed.
    #[failure(next_retry_delay = "10ms", category = Benign, message = "the bank is busy")]
    Busy,
    #[failure(message = "over the limit by {0} cents")]
    OverLimit(u32),
}

/// The activity declares its failure by returning it. The policy names a variant; a misspelt one would not compile.
#[activity(
    start_to_close_timeout = "500ms",
    retry_policy(maximum_attempts = 3, initial_interval = "1h", non_retryable_error_types(PaymentError::OverLimit))
)]
async fn charge(ctx: &ActivityContext, card: u32, cents: u32) -> Result<u32, PaymentError> {
    match card {
        4001 => Err(PaymentError::Declined { reason: "the card is stolen".to_owned(), code: 43 }),
        4002 if ctx.info().attempt == 1 => Err(PaymentError::Busy),
        // Nobody answers, until the worker is told to stop.
        4004 => {
            ctx.cancelled().await;
            Ok(card)
        }
        _ if cents > 30 => Err(PaymentError::OverLimit(cents - 30)),
        _ => Ok(card),
    }
}

#[workflow(task_queue = "failures", id_conflict_policy = TerminateExisting)]
#[derive(Default)]
struct Till;

#[workflow]
impl Till {
    #[run(id = "till")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<Vec<String>> {
        let mut lines = Vec::new();
        for (card, cents) in [(4000, 30), (4001, 30), (4002, 30), (4003, 60), (4004, 30)] {
            let once = RetryPolicy::builder().maximum_attempts(1).build();
            let call = charge::execute(ctx, card, cents);
            let charged = if card == 4004 { call.retry_policy(once).await } else { call.await };
            let line = match charged {
                Ok(receipt) if receipt == 4002 => {
                    format!("paid with receipt {receipt}, since the bank is busy only at first")
                }
                Ok(receipt) => format!("paid with receipt {receipt}"),
                // Each variant with its fields ..
                Err(Failed::Declared(PaymentError::Declined { reason, code })) => {
                    format!("declined: {reason} (code {code})")
                }
                // .. or several by their messages. A variant that is forgotten is an error of the compiler.
                Err(Failed::Declared(other @ (PaymentError::Busy | PaymentError::OverLimit(_)))) => other.to_string(),
                // What nobody declares.
                Err(Failed::Other(error)) if error.as_timeout().is_some() => "no answer from the bank".to_owned(),
                Err(Failed::Other(error)) => return Err(error.into()),
            };
            lines.push(format!("{card}: {line}"));
        }
        Ok(lines)
    }
}

/// Why there is no order.
#[derive(Debug, Failure)]
enum OrderError {
    #[failure(message = "nothing is ordered")]
    Empty,
    #[failure(message = "{0}")]
    NotPaid(String),
}

#[workflow(task_queue = "failures", id_conflict_policy = TerminateExisting)]
#[derive(Default)]
struct Order {
    saved: u32,
}

#[workflow]
impl Order {
    /// With `WorkflowFailed` around its failure, it may use `?` as any run method does.
    #[run(id = "order")]
    async fn run(
        ctx: &WorkflowContext<Self>,
        article: String,
        cents: u32,
    ) -> Result<String, WorkflowFailed<OrderError>> {
        if article == "a deposit" {
            ctx.wait_condition(|w| w.saved > 0).await?;
        }
        if cents == 0 {
            return Err(OrderError::Empty.into());
        }
        // The failure of the activity becomes its own; whatever else goes wrong fails it all the same.
        let charged = charge::execute(ctx, 4000, cents).await;
        charged.map_err(|error| error.map_declared(|error| OrderError::NotPaid(error.to_string())))?;
        Ok(format!("sold for {cents} cents"))
    }

    #[update]
    fn deposit(&mut self, cents: u32) -> Result<u32, DepositError> {
        if cents == 0 {
            return Err(DepositError);
        }
        self.saved += cents;
        Ok(self.saved)
    }
}

/// A struct is a failure of one kind.
#[derive(Debug, Failure)]
#[failure(name = "NoDeposit", message = "a deposit is more than nothing")]
struct DepositError;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = durably::client().await?;
    let worker = Worker::new(&client, "failures")
        .workflow::<Till>()
        .workflow::<Order>()
        .activity::<charge>()
        .graceful_shutdown_period(Duration::from_millis(100))
        .start()?;

    for line in Till::start(&client).execute().await? {
        println!("{line}");
    }

    for (article, cents) in [("a pear", 30), ("nothing", 0), ("a yacht", 1_000_000)] {
        let outcome = match Order::start(&client, article, cents).execute().await.map_err(CallError::into_kind) {
            Ok(sold) => sold,
            Err(Failed::Declared(OrderError::Empty)) => "nothing is ordered".to_owned(),
            Err(Failed::Declared(OrderError::NotPaid(why))) => why,
            Err(Failed::Other(error)) => return Err(error.into()),
        };
        println!("order of {article}: {outcome}");
    }

    let order = Order::start(&client, "a deposit", 5).await?;
    for cents in [0, 5] {
        match order.deposit(cents).await {
            Ok(saved) => println!("deposit of {cents}: there are {saved} now"),
            Err(error) => match error.declared() {
                Some(refused) => println!("deposit of {cents}: refused, {refused}"),
                None => return Err(error.into()),
            },
        }
    }
    order.result().await?;

    worker.shutdown().await?;
    Ok(())
}
