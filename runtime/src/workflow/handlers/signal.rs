//! Signal handlers.

use futures_util::future::LocalBoxFuture;
use temporalio_workflow::{SyncWorkflowContext, WorkflowContext, workflows::WorkflowError};

use super::{Decoded, Incoming, ready, sync::call_sync, typed};
use crate::{
    arguments::{ArgumentList, Callee},
    workflow::Workflow,
};

type Handled = LocalBoxFuture<'static, Result<(), WorkflowError>>;

/// A signal handler of the workflow `W`.
pub trait SignalHandler<W> {
    /// Payloads into arguments.
    fn decode(&self, signal: Incoming<'_>) -> Result<Decoded, WorkflowError>;
    /// Calls the handler.
    fn call(&self, callee: Callee, context: WorkflowContext<W>, input: Decoded) -> Handled;
}

/// A signal handler that is a plain method.
pub struct SyncSignal<W, A>(pub fn(&mut W, &mut SyncWorkflowContext<W>, A));

impl<W: Workflow, A: ArgumentList> SignalHandler<W> for SyncSignal<W, A> {
    fn decode(&self, signal: Incoming<'_>) -> Result<Decoded, WorkflowError> {
        signal.decode::<A>()
    }

    fn call(&self, callee: Callee, context: WorkflowContext<W>, input: Decoded) -> Handled {
        let Self(method) = *self;
        match typed::<A>(callee, input) {
            Ok(arguments) => call_sync(context, move |workflow, context| method(workflow, context, arguments)),
            Err(error) => ready(Err(error)),
        }
    }
}

/// A signal handler that is an async method.
pub struct AsyncSignal<W, A>(pub fn(WorkflowContext<W>, A) -> LocalBoxFuture<'static, ()>);

impl<W: Workflow, A: ArgumentList> SignalHandler<W> for AsyncSignal<W, A> {
    fn decode(&self, signal: Incoming<'_>) -> Result<Decoded, WorkflowError> {
        signal.decode::<A>()
    }

    fn call(&self, callee: Callee, context: WorkflowContext<W>, input: Decoded) -> Handled {
        let Self(method) = *self;
        Box::pin(async move {
            method(context, typed::<A>(callee, input)?).await;
            Ok(())
        })
    }
}
