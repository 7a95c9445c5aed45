//! Names of failures on the wire.

/// The type on the wire of a variant of a [`Failure`](macro@crate::Failure), where Temporal wants the name of one.
///
/// A variant that there is not does not compile. For a struct that is a failure, it takes the name of the struct.
///
/// ```
/// use durably::{failure_type, prelude::*};
///
/// #[derive(Debug, Failure)]
/// enum PaymentError {
///     #[failure(name = "CardDeclined", message = "declined: {reason}")]
///     Declined { reason: String },
///     #[failure(message = "the bank is busy")]
///     Busy,
/// }
///
/// let policy = RetryPolicy::builder().non_retryable_error_types([failure_type!(PaymentError::Declined)]).build();
/// assert_eq!(policy.non_retryable_error_types(), ["CardDeclined"]);
/// ```
#[macro_export]
macro_rules! failure_type {
    ($failure:ident) => {
        <<$failure as $crate::Failure>::Names>::$failure
    };
    ($first:ident :: $($rest:tt)+) => {
        $crate::failure_type!(@ [$first] $($rest)+)
    };
    (:: $first:ident :: $($rest:tt)+) => {
        $crate::failure_type!(@ [:: $first] $($rest)+)
    };
    (@ [$($failure:tt)+] $variant:ident) => {
        <<$($failure)+ as $crate::Failure>::Names>::$variant
    };
    (@ [$($failure:tt)+] $next:ident :: $($rest:tt)+) => {
        $crate::failure_type!(@ [$($failure)+ :: $next] $($rest)+)
    };
}
