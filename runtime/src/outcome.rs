//! What a function returns, split into success and failure by the compiler.
//!
//! An attribute sees tokens: it cannot know that `Answer` is an alias of a `Result`. The type system can. An inherent
//! constant of [`Probe`] exists for results only and wins over the constant of a trait that every type has; a const
//! argument of [`Split`] then picks the implementation.

use std::{error::Error, marker::PhantomData};

use temporalio_common::ActivityError;
use temporalio_workflow::WorkflowTermination;

use crate::{
    arguments::ArgumentValue,
    determinism::Nature,
    failure::{Declares, FailureType, Undeclared, application_failure, carried, termination},
};

/// Answers questions about the type `T`.
pub struct Probe<T: ?Sized>(PhantomData<T>);

/// What [`Probe`] answers for types that have no inherent answer.
pub trait ProbeDefaults {
    /// Whether the type is a `Result`.
    const IS_RESULT: bool = false;
    /// Whether the type is a `Result` whose error declares a failure.
    const IS_DECLARED: bool = false;
    /// Whether the type is an `Option`.
    const IS_OPTION: bool = false;
    /// What the type is to a workflow.
    const NATURE: Nature = Nature::Plain;
}

impl<T: ?Sized> ProbeDefaults for Probe<T> {}

impl<T, E> Probe<Result<T, E>> {
    /// A `Result`, by whatever name.
    pub const IS_RESULT: bool = true;
}

impl<T: ArgumentValue, E: Declares> Probe<Result<T, E>> {
    /// The error derives `Failure`, or is a `Failed` with one that does.
    pub const IS_DECLARED: bool = true;
}

impl<T> Probe<Option<T>> {
    /// An `Option`, by whatever name.
    pub const IS_OPTION: bool = true;
}

/// The return type `R`, known to be a `Result` or not to be one, and to declare a failure or not to.
pub struct Split<R, const IS_RESULT: bool, const IS_DECLARED: bool = false>(PhantomData<R>);

/// A return type in its parts.
pub trait Outcome {
    /// The return type as written.
    type Returned;
    /// What a caller gets on success.
    type Output: ArgumentValue;
    /// The failure type a caller can match on.
    type Failure: FailureType;
}

impl<T: ArgumentValue, E> Outcome for Split<Result<T, E>, true> {
    type Returned = Result<T, E>;
    type Output = T;
    type Failure = Undeclared;
}

impl<T: ArgumentValue, E: Declares> Outcome for Split<Result<T, E>, true, true> {
    type Returned = Result<T, E>;
    type Output = T;
    type Failure = E::Failure;
}

impl<T: ArgumentValue> Outcome for Split<T, false> {
    type Returned = T;
    type Output = T;
    type Failure = Undeclared;
}

/// What a run method may return.
pub trait RunOutcome: Outcome {
    /// The result of the workflow, or why it ended without one.
    fn finish(returned: Self::Returned) -> Result<Self::Output, WorkflowTermination>;
}

impl<T: ArgumentValue, E: RunError> RunOutcome for Split<Result<T, E>, true> {
    fn finish(returned: Result<T, E>) -> Result<T, WorkflowTermination> {
        returned.map_err(Into::into)
    }
}

impl<T: ArgumentValue, E: Declares<Other: RunError>> RunOutcome for Split<Result<T, E>, true, true> {
    fn finish(returned: Result<T, E>) -> Result<T, WorkflowTermination> {
        returned.map_err(|error| match error.failure() {
            Ok(failure) => termination(failure),
            Err(other) => other.into(),
        })
    }
}

impl<T: ArgumentValue> RunOutcome for Split<T, false> {
    fn finish(returned: T) -> Result<T, WorkflowTermination> {
        Ok(returned)
    }
}

/// What a query, an update or an update validator may return.
pub trait HandlerOutcome: Outcome {
    /// The answer, or the error to send back.
    fn finish(returned: Self::Returned) -> Result<Self::Output, Box<dyn Error + Send + Sync>>;
}

impl<T: ArgumentValue, E: HandlerError> HandlerOutcome for Split<Result<T, E>, true> {
    fn finish(returned: Result<T, E>) -> Result<T, Box<dyn Error + Send + Sync>> {
        returned.map_err(|error| carried(error.into()))
    }
}

impl<T: ArgumentValue, E: Declares<Other: HandlerError>> HandlerOutcome for Split<Result<T, E>, true, true> {
    fn finish(returned: Result<T, E>) -> Result<T, Box<dyn Error + Send + Sync>> {
        returned.map_err(|error| match error.failure() {
            Ok(failure) => carried(Box::new(application_failure(failure))),
            Err(other) => carried(other.into()),
        })
    }
}

impl<T: ArgumentValue> HandlerOutcome for Split<T, false> {
    fn finish(returned: T) -> Result<T, Box<dyn Error + Send + Sync>> {
        Ok(returned)
    }
}

/// What an activity may return.
pub trait ActivityOutcome: Outcome {
    /// The result of the activity, or why it failed.
    fn finish(returned: Self::Returned) -> Result<Self::Output, ActivityError>;
}

impl<T: ArgumentValue, E: ActivityFailure> ActivityOutcome for Split<Result<T, E>, true> {
    fn finish(returned: Result<T, E>) -> Result<T, ActivityError> {
        returned.map_err(Into::into)
    }
}

impl<T: ArgumentValue, E: Declares<Other: ActivityFailure>> ActivityOutcome for Split<Result<T, E>, true, true> {
    fn finish(returned: Result<T, E>) -> Result<T, ActivityError> {
        returned.map_err(|error| match error.failure() {
            Ok(failure) => ActivityError::application(application_failure(failure)),
            Err(other) => other.into(),
        })
    }
}

impl<T: ArgumentValue> ActivityOutcome for Split<T, false> {
    fn finish(returned: T) -> Result<T, ActivityError> {
        Ok(returned)
    }
}

/// An error that a run method may fail with.
#[diagnostic::on_unimplemented(
    message = "a run method cannot fail with `{Self}`",
    label = "not an error that ends a workflow",
    note = "return `WorkflowResult<T>`, or a `Result` whose error derives `Failure` or converts into `WorkflowTermination`, such as `ApplicationFailure`"
)]
pub trait RunError: Into<WorkflowTermination> {}

/// An error that a query, an update or an update validator may fail with.
#[diagnostic::on_unimplemented(
    message = "a handler cannot fail with `{Self}`",
    label = "not an error that a caller can be sent",
    note = "return a `Result` whose error derives `Failure` or implements `std::error::Error + Send + Sync`, such as `ApplicationFailure`"
)]
pub trait HandlerError: Into<Box<dyn Error + Send + Sync>> {}

/// An error that an activity may fail with.
#[diagnostic::on_unimplemented(
    message = "an activity cannot fail with `{Self}`",
    label = "not an error that an activity can report",
    note = "return `ActivityResult<T>`, or a `Result` whose error derives `Failure` or implements `std::error::Error + Send + Sync`"
)]
pub trait ActivityFailure: Into<ActivityError> {}

// The compiler would otherwise report what these conversions lack, far from the words above.
#[diagnostic::do_not_recommend]
impl<E: Into<WorkflowTermination>> RunError for E {}
#[diagnostic::do_not_recommend]
impl<E: Into<Box<dyn Error + Send + Sync>>> HandlerError for E {}
#[diagnostic::do_not_recommend]
impl<E: Into<ActivityError>> ActivityFailure for E {}

#[cfg(test)]
mod tests {
    use super::*;

    type Answer = Result<u8, std::fmt::Error>;
    type Perhaps = Option<u8>;

    const _: () = {
        assert!(<Probe<Answer>>::IS_RESULT);
        assert!(!<Probe<Perhaps>>::IS_RESULT);
        assert!(<Probe<Perhaps>>::IS_OPTION);
        assert!(!<Probe<String>>::IS_OPTION);
    };

    #[test]
    fn an_alias_of_a_result_is_split() {
        type Parts = Split<Answer, { <Probe<Answer>>::IS_RESULT }>;
        let output: <Parts as Outcome>::Output = 7_u8;
        assert_eq!(<Parts as HandlerOutcome>::finish(Ok(output)).ok(), Some(7));
    }
}
