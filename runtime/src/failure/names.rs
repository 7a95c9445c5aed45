//! Names of failures on the wire.

/// What has a type with a constant for each variant, of the variant's name: its type on the wire.
// Not a part of `Failure`: where a type is none, the compiler would go on to say all that it lacks.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a failure",
    label = "no `#[derive(Failure)]` on this type",
    note = "derive `durably::Failure` for the enum whose variants are the failures"
)]
pub trait FailureNames {
    /// The type.
    type Names;
}

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
        <<$failure as $crate::__::FailureNames>::Names>::$failure
    };
    ($first:ident :: $($rest:tt)+) => {
        $crate::failure_type!(@ [$first] $($rest)+)
    };
    (:: $first:ident :: $($rest:tt)+) => {
        $crate::failure_type!(@ [:: $first] $($rest)+)
    };
    (@ [$($failure:tt)+] $variant:ident) => {
        <<$($failure)+ as $crate::__::FailureNames>::Names>::$variant
    };
    (@ [$($failure:tt)+] $next:ident :: $($rest:tt)+) => {
        $crate::failure_type!(@ [$($failure)+ :: $next] $($rest)+)
    };
}
