//! Query handlers.

use temporalio_workflow::{WorkflowContextView, workflows::WorkflowError};

use super::{Answer, Decoded, Handler, Incoming, answer, typed};
use crate::{
    arguments::{ArgumentList, ArgumentValue, Callee},
    outcome::{HandlerOutcome, Outcome},
    table::HandlerTable,
    workflow::Workflow,
};

/// What `#[workflow]` says of the query handler that `M` marks.
pub trait QueryMethod<M>: Sized + 'static {
    /// Its names and its arguments.
    const TABLE: HandlerTable;
    /// What it takes.
    type Arguments: ArgumentList;
    /// What it answers.
    type Output: ArgumentValue;
    /// The failure type its callers can match on.
    type Failure;
    /// What it returns.
    type Outcome: HandlerOutcome<Output = Self::Output, Failure = Self::Failure>;

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

impl<W: Workflow + QueryMethod<M>, M> QueryHandler<W> for Handler<M> {
    fn decode(&self, query: Incoming<'_>) -> Result<Decoded, WorkflowError> {
        query.decode::<<W as QueryMethod<M>>::Arguments>()
    }

    fn call(&self, callee: Callee, workflow: &W, context: &WorkflowContextView, input: Decoded) -> Answer {
        answer::<<W as QueryMethod<M>>::Outcome>(workflow.call(context, typed(callee, input)?))
    }
}
