//! What `?` does with failures.
//!
//! Into a [`Failed`] that a function returns goes whatever goes into its other half. The declared failure goes there as
//! well, being an error like any other, so it has to be told apart by its type when it runs: two implementations of `From`
//! for the same type would overlap.

use std::{any::Any, error::Error};

use temporalio_common::{
    ActivityError,
    error::{ActivityExecutionError, ApplicationFailure, ChildWorkflowExecutionError},
};
use temporalio_workflow::WorkflowTermination;

use super::{Failed, FailedCall, Failure};
use crate::calls::ChildWorkflowError;

macro_rules! from_what_goes_into {
    ($($other:ty),*) => {$(
        impl<F: Failure, E: Into<$other> + 'static> From<E> for Failed<F, $other> {
            fn from(error: E) -> Self {
                match declared_in(error) {
                    Ok(failure) => Self::Declared(failure),
                    Err(error) => Self::Other(error.into()),
                }
            }
        }
    )*};
}

from_what_goes_into!(WorkflowTermination, ActivityError, Box<dyn Error + Send + Sync>);

/// The failure `F`, if the error is one, or a call within a workflow that failed with it.
pub(super) fn declared_in<F: Failure, E: 'static>(error: E) -> Result<F, E> {
    let mut error = Some(error);
    let slot: &mut dyn Any = &mut error;
    let declared = take::<F>(slot)
        .or_else(|| take_declared::<F, ActivityExecutionError>(slot))
        .or_else(|| take_declared::<F, ChildWorkflowExecutionError>(slot))
        .or_else(|| take_declared::<F, ChildWorkflowError>(slot));
    match (declared, error) {
        (Some(failure), _) => Ok(failure),
        (None, Some(error)) => Err(error),
        (None, None) => unreachable!("only what is returned was taken"),
    }
}

/// What is in an `Option<T>`, if the slot is one.
fn take<T: 'static>(slot: &mut dyn Any) -> Option<T> {
    slot.downcast_mut::<Option<T>>().and_then(Option::take)
}

fn take_declared<F: Failure, E: 'static>(slot: &mut dyn Any) -> Option<F> {
    let failed = slot.downcast_mut::<Option<Failed<F, E>>>()?;
    match failed.take() {
        Some(Failed::Declared(failure)) => Some(failure),
        other => {
            *failed = other;
            None
        }
    }
}

// Where nothing is declared, or something else, a failure of what was called becomes the failure of the caller. Only of
// errors of calls: for others, the compiler could not tell these from the conversions above.
impl<F: Failure, E: FailedCall + Into<WorkflowTermination>> From<Failed<F, E>> for WorkflowTermination {
    fn from(failed: Failed<F, E>) -> Self {
        match failed {
            Failed::Declared(failure) => failure.into(),
            Failed::Other(error) => error.into(),
        }
    }
}

impl<F: Failure, E: FailedCall> From<Failed<F, E>> for Box<dyn Error + Send + Sync> {
    fn from(failed: Failed<F, E>) -> Self {
        match failed {
            Failed::Declared(failure) => Box::new(<F as Into<ApplicationFailure>>::into(failure)),
            Failed::Other(error) => Box::new(error),
        }
    }
}

impl<F: Failure, E: FailedCall> From<Failed<F, E>> for Box<dyn Error> {
    fn from(failed: Failed<F, E>) -> Self {
        <Box<dyn Error + Send + Sync>>::from(failed)
    }
}
