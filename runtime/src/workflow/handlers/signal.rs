//! Signal handlers.

use futures_util::future::LocalBoxFuture;
use temporalio_workflow::{WorkflowContext, workflows::WorkflowError};

use super::{Decoded, Handler, Incoming, ready, typed};
use crate::{
    arguments::{ArgumentList, Callee},
    table::HandlerTable,
    workflow::Workflow,
};

type Handled = LocalBoxFuture<'static, Result<(), WorkflowError>>;

/// What `#[workflow]` says of the signal handler that `M` marks.
pub trait SignalMethod<M>: Sized + 'static {
    /// Its names and its arguments.
    const TABLE: HandlerTable;
    /// What it takes.
    type Arguments: ArgumentList;

    /// Calls it.
    fn call(context: WorkflowContext<Self>, arguments: Self::Arguments) -> Handled;
}

/// A signal handler of the workflow `W`.
pub trait SignalHandler<W> {
    /// Payloads into arguments.
    fn decode(&self, signal: Incoming<'_>) -> Result<Decoded, WorkflowError>;
    /// Calls the handler.
    fn call(&self, callee: Callee, context: WorkflowContext<W>, input: Decoded) -> Handled;
}

impl<W: Workflow + SignalMethod<M>, M> SignalHandler<W> for Handler<M> {
    fn decode(&self, signal: Incoming<'_>) -> Result<Decoded, WorkflowError> {
        signal.decode::<<W as SignalMethod<M>>::Arguments>()
    }

    fn call(&self, callee: Callee, context: WorkflowContext<W>, input: Decoded) -> Handled {
        match typed(callee, input) {
            Ok(arguments) => <W as SignalMethod<M>>::call(context, arguments),
            Err(error) => ready(Err(error)),
        }
    }
}
