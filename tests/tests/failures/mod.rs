//! Failures that are declared, at each place where they come back.

mod activities;
mod async_completion;
mod children;
mod clients;
mod conversions;
mod mocks;
mod python;
mod retries;
mod tables;
mod undecodable;
mod updates;

use durably::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Amount {
    cents: u64,
}

/// Why there is no payment.
#[derive(Debug, Clone, PartialEq, Failure)]
pub(crate) enum PaymentError {
    /// The bank says no.
    #[failure(name = "CardDeclined", non_retryable, message = "declined: {reason}")]
    Declined { reason: String, code: u32, hint: Option<String> },
    #[failure(next_retry_delay = "10ms", category = Benign, message = "the bank is busy")]
    Busy,
    #[failure(message = "over the limit of {0:?}")]
    Limit(Amount),
}

/// Any of them, by the card.
pub(crate) fn pay(card: &str) -> Result<u32, PaymentError> {
    match card {
        "stolen" => Err(PaymentError::Declined { reason: "it is stolen".into(), code: 43, hint: Some("run".into()) }),
        "expired" => Err(PaymentError::Declined { reason: "it is expired".into(), code: 54, hint: None }),
        "busy" => Err(PaymentError::Busy),
        "poor" => Err(PaymentError::Limit(Amount { cents: 5 })),
        _ => Ok(7),
    }
}

/// Every way to fail that is declared, with what it looks like to a caller.
pub(crate) const WAYS: [(&str, &str); 5] = [
    ("stolen", "declined, it is stolen (43), Some(\"run\")"),
    ("expired", "declined, it is expired (54), None"),
    ("busy", "busy"),
    ("poor", "no more than Amount { cents: 5 }"),
    ("mine", "paid"),
];

/// What a caller sees. That this compiles says that there is nothing else to match on.
pub(crate) fn seen<E>(result: Result<u32, Failed<PaymentError, E>>, other: impl FnOnce(E) -> String) -> String {
    match result {
        Ok(_) => "paid".to_owned(),
        Err(Failed::Declared(PaymentError::Declined { reason, code, hint })) => {
            format!("declined, {reason} ({code}), {hint:?}")
        }
        Err(Failed::Declared(PaymentError::Busy)) => "busy".to_owned(),
        Err(Failed::Declared(PaymentError::Limit(amount))) => format!("no more than {amount:?}"),
        Err(Failed::Other(error)) => other(error),
    }
}

#[activity(start_to_close_timeout = "10s", retry_policy(maximum_attempts = 1))]
pub(crate) async fn charge(card: String) -> Result<u32, PaymentError> {
    pay(&card)
}
