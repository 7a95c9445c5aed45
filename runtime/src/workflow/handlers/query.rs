//! Query handlers.

use temporalio_workflow::{WorkflowContextView, workflows::WorkflowError};

use super::{Answer, Decoded, Handler, Incoming, answer, typed};
use crate::{
    arguments::{ArgumentList, ArgumentValue, Callee},
    outcome::{HandlerError, Outcome},
    table::HandlerTable,
    workflow::Workflow,
};

/// What `#[workflow]` says of the query handler at place `INDEX`.
pub trait QueryMethod<const INDEX: usize>: Sized + 'static {
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

    /// Calls it.
    fn call(&self, context: &WorkflowContextView, arguments: Self::Arguments) -> <Self::Outcome as Outcome>::Returned;
}

/// A query handler of the workflow `W`.
pub trait QueryHandler<W> {
    /// Payloads into arguments.
    fn decode(&self, query: Incoming<'_>) -> Result<Decoded, WorkflowError>;
    /// Calls the handler.
    fn call(&self, callee: Callee, workflow: &W, context: &WorkflowContextView, input: Decoded) -> Answer;
}

impl<W: Workflow + QueryMethod<INDEX>, const INDEX: usize> QueryHandler<W> for Handler<INDEX> {
    fn decode(&self, query: Incoming<'_>) -> Result<Decoded, WorkflowError> {
        query.decode::<<W as QueryMethod<INDEX>>::Arguments>()
    }

    fn call(&self, callee: Callee, workflow: &W, context: &WorkflowContextView, input: Decoded) -> Answer {
        answer::<<W as QueryMethod<INDEX>>::Outcome>(workflow.call(context, typed(callee, input)?))
    }
}
