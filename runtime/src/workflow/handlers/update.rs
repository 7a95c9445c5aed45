//! Update handlers and their validators.

use std::{cell::RefCell, rc::Rc};

use futures_util::future::LocalBoxFuture;
use temporalio_workflow::{SyncWorkflowContext, WorkflowContext, WorkflowContextView, workflows::WorkflowError};

use super::{Answer, Decoded, Incoming, answer, execution, ready, sync::call_sync, typed};
use crate::{
    arguments::{ArgumentList, ArgumentValue, Callee},
    outcome::HandlerOutcome,
    workflow::Workflow,
};

/// An update handler of the workflow `W`.
pub trait UpdateHandler<W> {
    /// Payloads into arguments.
    fn decode(&self, update: Incoming<'_>) -> Result<Decoded, WorkflowError>;
    /// Calls the validator; without one, everything is valid.
    fn validate(&self, _: Callee, _: &W, _: &WorkflowContextView, _: Decoded) -> Result<(), WorkflowError> {
        Ok(())
    }
    /// Calls the handler.
    fn call(&self, callee: Callee, context: WorkflowContext<W>, input: Decoded) -> LocalBoxFuture<'static, Answer>;
}

/// An update handler that is a plain method.
pub struct SyncUpdate<W, A, O: HandlerOutcome>(pub fn(&mut W, &mut SyncWorkflowContext<W>, A) -> O::Returned);

impl<W: Workflow, A: ArgumentList, O: HandlerOutcome + 'static> UpdateHandler<W> for SyncUpdate<W, A, O>
where
    O::Output: ArgumentValue,
{
    fn decode(&self, update: Incoming<'_>) -> Result<Decoded, WorkflowError> {
        update.decode::<A>()
    }

    fn call(&self, callee: Callee, context: WorkflowContext<W>, input: Decoded) -> LocalBoxFuture<'static, Answer> {
        let Self(method) = *self;
        let arguments = match typed::<A>(callee, input) {
            Ok(arguments) => arguments,
            Err(error) => return ready(Err(error)),
        };
        let returned = Rc::new(RefCell::new(None));
        let slot = Rc::clone(&returned);
        let called = call_sync(context, move |workflow, context| {
            *slot.borrow_mut() = Some(method(workflow, context, arguments));
        });
        Box::pin(async move {
            called.await?;
            match returned.take() {
                Some(returned) => answer::<O>(returned),
                None => Err(execution(format!("{callee} was not called"))),
            }
        })
    }
}

/// An update handler that is an async method.
pub struct AsyncUpdate<W, A, O: HandlerOutcome>(pub fn(WorkflowContext<W>, A) -> LocalBoxFuture<'static, O::Returned>);

impl<W: Workflow, A: ArgumentList, O: HandlerOutcome + 'static> UpdateHandler<W> for AsyncUpdate<W, A, O>
where
    O::Output: ArgumentValue,
{
    fn decode(&self, update: Incoming<'_>) -> Result<Decoded, WorkflowError> {
        update.decode::<A>()
    }

    fn call(&self, callee: Callee, context: WorkflowContext<W>, input: Decoded) -> LocalBoxFuture<'static, Answer> {
        let Self(method) = *self;
        Box::pin(async move { answer::<O>(method(context, typed::<A>(callee, input)?).await) })
    }
}

/// An update handler with a validator.
pub struct Validated<W, A, U, O: HandlerOutcome> {
    /// The update handler.
    pub update: U,
    /// Its validator.
    pub validator: fn(&W, &WorkflowContextView, &A) -> O::Returned,
}

impl<W: Workflow, A: ArgumentList, U: UpdateHandler<W>, O: HandlerOutcome> UpdateHandler<W> for Validated<W, A, U, O> {
    fn decode(&self, update: Incoming<'_>) -> Result<Decoded, WorkflowError> {
        self.update.decode(update)
    }

    fn validate(
        &self,
        callee: Callee,
        workflow: &W,
        context: &WorkflowContextView,
        input: Decoded,
    ) -> Result<(), WorkflowError> {
        let arguments = typed::<A>(callee, input)?;
        let valid = O::finish((self.validator)(workflow, context, &arguments));
        valid.map(drop).map_err(WorkflowError::Execution)
    }

    fn call(&self, callee: Callee, context: WorkflowContext<W>, input: Decoded) -> LocalBoxFuture<'static, Answer> {
        self.update.call(callee, context, input)
    }
}
