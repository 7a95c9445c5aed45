//! Update handlers and their validators.

use futures_util::future::LocalBoxFuture;
use temporalio_workflow::{WorkflowContext, WorkflowContextView, workflows::WorkflowError};

use super::{Answer, Decoded, Handler, Incoming, answer, ready, typed};
use crate::{
    arguments::{ArgumentList, ArgumentValue, Callee},
    outcome::{HandlerError, Outcome, finish_handler},
    table::HandlerTable,
    workflow::Workflow,
};

/// What `#[workflow]` says of the update handler at place `INDEX`.
pub trait UpdateMethod<const INDEX: usize>: Sized + 'static {
    /// Its names and its arguments.
    const TABLE: HandlerTable;
    /// What it takes.
    type Arguments: ArgumentList;
    /// What it answers.
    type Output: ArgumentValue;
    /// The failure type its callers can match on.
    type Failure;
    /// What else it may fail with.
    type Error: HandlerError;
    /// What it returns.
    type Outcome: Outcome<Output = Self::Output, Failure = Self::Failure, Error = Self::Error>;

    /// Calls its validator; without one, everything is valid.
    fn validate(&self, _: &WorkflowContextView, _: &Self::Arguments) -> Result<(), WorkflowError> {
        Ok(())
    }

    /// Calls it.
    fn call(
        context: WorkflowContext<Self>,
        arguments: Self::Arguments,
    ) -> LocalBoxFuture<'static, Result<<Self::Outcome as Outcome>::Returned, WorkflowError>>;
}

/// What a validator says.
pub fn validated<O: Outcome<Error: HandlerError>>(returned: O::Returned) -> Result<(), WorkflowError> {
    finish_handler::<O>(returned).map(drop).map_err(WorkflowError::Execution)
}

/// An update handler of the workflow `W`.
pub trait UpdateHandler<W> {
    /// Payloads into arguments.
    fn decode(&self, update: Incoming<'_>) -> Result<Decoded, WorkflowError>;
    /// Calls the validator.
    fn validate(
        &self,
        callee: Callee,
        workflow: &W,
        context: &WorkflowContextView,
        input: Decoded,
    ) -> Result<(), WorkflowError>;
    /// Calls the handler.
    fn call(&self, callee: Callee, context: WorkflowContext<W>, input: Decoded) -> LocalBoxFuture<'static, Answer>;
}

impl<W: Workflow + UpdateMethod<INDEX>, const INDEX: usize> UpdateHandler<W> for Handler<INDEX> {
    fn decode(&self, update: Incoming<'_>) -> Result<Decoded, WorkflowError> {
        update.decode::<<W as UpdateMethod<INDEX>>::Arguments>()
    }

    fn validate(
        &self,
        callee: Callee,
        workflow: &W,
        context: &WorkflowContextView,
        input: Decoded,
    ) -> Result<(), WorkflowError> {
        workflow.validate(context, &typed(callee, input)?)
    }

    fn call(&self, callee: Callee, context: WorkflowContext<W>, input: Decoded) -> LocalBoxFuture<'static, Answer> {
        match typed(callee, input) {
            Ok(arguments) => {
                let called = <W as UpdateMethod<INDEX>>::call(context, arguments);
                Box::pin(async move { answer::<<W as UpdateMethod<INDEX>>::Outcome>(called.await?) })
            }
            Err(error) => ready(Err(error)),
        }
    }
}
