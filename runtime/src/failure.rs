//! Failures: which ones a caller can match on, and how those of handlers travel.

use std::{
    error::Error,
    fmt,
    sync::{Mutex, PoisonError},
};

use temporalio_common::error::ApplicationFailure;

/// The failure type of a callee, as its callers see it.
///
/// Whatever can fail with `E` fails with `F::Or<E>` for its callers: in a client, that is the `kind` of the
/// [`CallError`](crate::CallError). A callee that declares no failure type is [`Undeclared`], and its callers get `E`
/// itself.
pub trait FailureType: Sized + 'static {
    /// This failure type, or `E` for whatever else went wrong.
    type Or<E>;

    /// Looks for this failure in an error.
    fn or<E>(error: E) -> Self::Or<E>;
}

/// No failure type is declared: callers get Temporal's error as it is.
#[derive(Debug, Clone, Copy)]
pub enum Undeclared {}

impl FailureType for Undeclared {
    type Or<E> = E;

    fn or<E>(error: E) -> E {
        error
    }
}

/// An application failure on its way from a handler to the failure converter.
///
/// What carries it in between takes any error and gives it back by reference only; an `ApplicationFailure` cannot be cloned.
#[derive(Debug)]
pub(crate) struct CarriedFailure {
    message: String,
    failure: Mutex<Option<ApplicationFailure>>,
}

impl CarriedFailure {
    /// The failure; it can be taken once.
    pub(crate) fn take(&self) -> Option<ApplicationFailure> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl fmt::Display for CarriedFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for CarriedFailure {}

/// The error, wrapped if it is an application failure.
pub(crate) fn carried(error: Box<dyn Error + Send + Sync>) -> Box<dyn Error + Send + Sync> {
    match error.downcast::<ApplicationFailure>() {
        Ok(failure) => Box::new(CarriedFailure { message: failure.to_string(), failure: Mutex::new(Some(*failure)) }),
        Err(error) => error,
    }
}
