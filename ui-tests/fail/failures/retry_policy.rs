//! Failures that a retry policy names: each must be there.

use durably::{failure_type, prelude::*};

#[derive(Debug, Failure)]
enum PaymentError {
    #[failure(message = "declined")]
    Declined { reason: String },
    #[failure(message = "busy")]
    Busy,
}

#[derive(Debug)]
enum Plain {
    Declined,
}

#[activity(retry_policy(non_retryable_error_types(PaymentError::Declind)))]
async fn charge() {}

#[activity(retry_policy(non_retryable_error_types(Plain::Declined, "Other")))]
async fn refund() {}

#[activity(retry_policy(non_retryable_error_types(PaymentEror::Busy)))]
async fn count() {}

#[activity(retry_policy(non_retryable_error_types = [PaymentError::Busy]))]
async fn weigh() {}

#[activity(retry_policy(non_retryable_error_types(PaymentError::Declined { reason: "" })))]
async fn sell() {}

#[workflow(retry_policy(non_retryable_error_types(PaymentError::Bussy)))]
#[derive(Default)]
struct Sale;

fn policy() -> RetryPolicy {
    RetryPolicy::builder().non_retryable_error_types([failure_type!(PaymentError::Declied)]).build()
}

fn main() {}
