//! Failures of queries and updates on their way to the failure converter.

use std::{
    error::Error,
    fmt,
    sync::{Mutex, PoisonError},
};

use temporalio_common::error::ApplicationFailure;

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
