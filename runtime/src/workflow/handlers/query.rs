//! Query handlers.

use temporalio_workflow::{WorkflowContextView, workflows::WorkflowError};

use super::{Answer, Decoded, Incoming, answer, typed};
use crate::{
    arguments::{ArgumentList, ArgumentValue, Callee},
    outcome::HandlerOutcome,
    workflow::Workflow,
};

/// A query handler of the workflow `W`.
pub trait QueryHandler<W> {
    /// Payloads into arguments.
    fn decode(&self, query: Incoming<'_>) -> Result<Decoded, WorkflowError>;
    /// Calls the handler.
    fn call(&self, callee: Callee, workflow: &W, context: &WorkflowContextView, input: Decoded) -> Answer;
}

/// A query handler, which is always a plain method.
pub struct Query<W, A, O: HandlerOutcome>(pub fn(&W, &WorkflowContextView, A) -> O::Returned);

impl<W: Workflow, A: ArgumentList, O: HandlerOutcome> QueryHandler<W> for Query<W, A, O>
where
    O::Output: ArgumentValue,
{
    fn decode(&self, query: Incoming<'_>) -> Result<Decoded, WorkflowError> {
        query.decode::<A>()
    }

    fn call(&self, callee: Callee, workflow: &W, context: &WorkflowContextView, input: Decoded) -> Answer {
        answer::<O>((self.0)(workflow, context, typed(callee, input)?))
    }
}
