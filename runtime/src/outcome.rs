//! What a function returns, split into success and failure by the compiler.
//!
//! An attribute sees tokens: it cannot know that `Answer` is an alias of a `Result`. The type system can. An inherent
//! constant of [`Probe`] exists for results only and wins over the constant of a trait that every type has; a const
//! argument of [`Split`] then picks the implementation.

use std::{error::Error, marker::PhantomData};

use temporalio_common::{ActivityError, error::ApplicationFailure};
use temporalio_workflow::WorkflowTermination;

use crate::{
    determinism::Nature,
    failure::{Declares, FailureType, Nothing, Undeclared, application_failure, carried},
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

impl<T, E: Declares> Probe<Result<T, E>> {
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
///
/// It asks nothing of them. What they have to be is asked once, where the trait that describes the method has them.
pub trait Outcome {
    /// The return type as written.
    type Returned;
    /// What a caller gets on success.
    type Output;
    /// The failure type a caller can match on.
    type Failure: FailureType;
    /// What else it may fail with.
    type Error;

    /// Which part was returned.
    fn part(returned: Self::Returned) -> Part<Self::Output, Self::Error>;
}

/// What a function has returned.
pub enum Part<T, E> {
    /// What a caller gets on success.
    Output(T),
    /// The declared failure, as it is sent.
    Failure(Box<ApplicationFailure>),
    /// What else it may fail with.
    Error(E),
}

impl<T, E> Outcome for Split<Result<T, E>, true> {
    type Returned = Result<T, E>;
    type Output = T;
    type Failure = Undeclared;
    type Error = E;

    fn part(returned: Result<T, E>) -> Part<T, E> {
        match returned {
            Ok(output) => Part::Output(output),
            Err(error) => Part::Error(error),
        }
    }
}

impl<T, E: Declares> Outcome for Split<Result<T, E>, true, true> {
    type Returned = Result<T, E>;
    type Output = T;
    type Failure = E::Failure;
    type Error = E::Other;

    fn part(returned: Result<T, E>) -> Part<T, E::Other> {
        match returned.map_err(E::failure) {
            Ok(output) => Part::Output(output),
            Err(Ok(failure)) => Part::Failure(Box::new(application_failure(failure))),
            Err(Err(other)) => Part::Error(other),
        }
    }
}

impl<T> Outcome for Split<T, false> {
    type Returned = T;
    type Output = T;
    type Failure = Undeclared;
    type Error = Nothing;

    fn part(returned: T) -> Part<T, Nothing> {
        Part::Output(returned)
    }
}

/// The result of a workflow, or why it ended without one.
pub(crate) fn finish_run<O: Outcome<Error: RunError>>(returned: O::Returned) -> Result<O::Output, WorkflowTermination> {
    match O::part(returned) {
        Part::Output(output) => Ok(output),
        Part::Failure(failure) => Err(WorkflowTermination::failed_application(*failure)),
        Part::Error(error) => Err(error.end()),
    }
}

/// The answer of a query, an update or an update validator, or the error to send back.
pub(crate) fn finish_handler<O: Outcome<Error: HandlerError>>(
    returned: O::Returned,
) -> Result<O::Output, Box<dyn Error + Send + Sync>> {
    match O::part(returned) {
        Part::Output(output) => Ok(output),
        Part::Failure(failure) => Err(carried(failure)),
        Part::Error(error) => Err(carried(error.send())),
    }
}

/// The result of an activity, or why it failed.
pub(crate) fn finish_activity<O: Outcome<Error: ActivityFailure>>(
    returned: O::Returned,
) -> Result<O::Output, ActivityError> {
    match O::part(returned) {
        Part::Output(output) => Ok(output),
        Part::Failure(failure) => Err(ActivityError::application(*failure)),
        Part::Error(error) => Err(error.report()),
    }
}

/// An error that a run method may fail with.
#[diagnostic::on_unimplemented(
    message = "a run method cannot fail with `{Self}`",
    label = "not an error that ends a workflow",
    note = "return `WorkflowResult<T>`, or a `Result` whose error derives `Failure` or converts into `WorkflowTermination`, such as `ApplicationFailure`"
)]
pub trait RunError {
    /// As what it ends the workflow.
    fn end(self) -> WorkflowTermination;
}

/// An error that a query, an update or an update validator may fail with.
#[diagnostic::on_unimplemented(
    message = "a handler cannot fail with `{Self}`",
    label = "not an error that a caller can be sent",
    note = "return a `Result` whose error derives `Failure` or implements `std::error::Error + Send + Sync`, such as `ApplicationFailure`"
)]
pub trait HandlerError {
    /// As what it is sent.
    fn send(self) -> Box<dyn Error + Send + Sync>;
}

/// An error that an activity may fail with.
#[diagnostic::on_unimplemented(
    message = "an activity cannot fail with `{Self}`",
    label = "not an error that an activity can report",
    note = "return `ActivityResult<T>`, or a `Result` whose error derives `Failure` or implements `std::error::Error + Send + Sync`"
)]
pub trait ActivityFailure {
    /// As what it is reported.
    fn report(self) -> ActivityError;
}

// Conversions that the traits asked for themselves would be reported instead of the words above.
#[diagnostic::do_not_recommend]
impl<E: Into<WorkflowTermination>> RunError for E {
    fn end(self) -> WorkflowTermination {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl<E: Into<Box<dyn Error + Send + Sync>>> HandlerError for E {
    fn send(self) -> Box<dyn Error + Send + Sync> {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl<E: Into<ActivityError>> ActivityFailure for E {
    fn report(self) -> ActivityError {
        self.into()
    }
}

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
        assert_eq!(finish_handler::<Parts>(Ok(output)).ok(), Some(7));
    }
}
