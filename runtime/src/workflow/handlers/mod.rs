//! Handlers of a workflow.
//!
//! An expansion says of each handler what it is called, what it takes and how it is called, in an impl of `SignalMethod`,
//! `QueryMethod` or `UpdateMethod`. Behind `SignalHandler`, `QueryHandler` and `UpdateHandler` all of a kind look the same.

mod incoming;
mod query;
mod signal;
mod sync;
mod update;

pub use incoming::Incoming;
pub use query::{QueryHandler, QueryMethod};
pub use signal::{SignalHandler, SignalMethod};
pub use sync::{SyncCall, SyncHandler, call_async, call_sync};
pub use update::{UpdateHandler, UpdateMethod, validated};

use std::{any::Any, error::Error};

use futures_util::future::LocalBoxFuture;
use temporalio_workflow::{workflow_interceptors::WorkflowOutputValue, workflows::WorkflowError};

use crate::{
    arguments::{ArgumentValue, Callee},
    outcome::{HandlerError, Outcome, finish_handler},
};

/// The handler at place `INDEX` among those of its kind.
pub struct Handler<const INDEX: usize>;

/// Decoded arguments, their type forgotten while interceptors look at them.
pub(super) type Decoded = Box<dyn Any>;
/// The answer of a query or an update.
pub(super) type Answer = Result<Box<dyn WorkflowOutputValue>, WorkflowError>;

/// Decoded arguments with their type again; only an interceptor can have changed it.
fn typed<A: 'static>(callee: Callee, input: Decoded) -> Result<A, WorkflowError> {
    match input.downcast::<A>() {
        Ok(arguments) => Ok(*arguments),
        Err(_) => Err(execution(format!("an interceptor replaced the arguments of {callee} by ones of another type"))),
    }
}

fn answer<O: Outcome<Output: ArgumentValue, Error: HandlerError>>(returned: O::Returned) -> Answer {
    let output = finish_handler::<O>(returned).map_err(WorkflowError::Execution)?;
    Ok(Box::new(output))
}

pub(super) fn execution(message: String) -> WorkflowError {
    WorkflowError::Execution(Box::<dyn Error + Send + Sync>::from(message))
}

pub(super) fn ready<T: 'static>(value: T) -> LocalBoxFuture<'static, T> {
    Box::pin(std::future::ready(value))
}
