use durably::prelude::*;

/// Why there is no payment.
#[derive(Failure)]
#[derive(Debug)]
enum PaymentError {
    /// The bank says no.
    #[failure(name = "CardDeclined", non_retryable, message = "declined: {reason}")]
    Declined { reason: String, code: Option<u32> },
    #[failure(next_retry_delay = "30s", category = Benign, message = "the bank is busy")]
    Busy,
    #[failure(message = "over the limit of {1:?}")]
    Limit(String, Amount),
}

#[activity(start_to_close_timeout = "10s", retry_policy(non_retryable_error_types(PaymentError::Limit, "Fraud")))]
async fn charge(card: String) -> Result<Receipt, PaymentError> {
    Err(PaymentError::Declined { reason: card, code: None })
}
