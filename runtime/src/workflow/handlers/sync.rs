//! Calling methods: a plain one with the workflow's state borrowed and a context that issues commands but cannot be awaited
//! on, an async one with a context alone.

use std::{cell::RefCell, marker::PhantomData, rc::Rc};

use futures_util::future::LocalBoxFuture;
use temporalio_common::{
    SignalDefinition,
    data_converters::{TemporalDeserializable, TemporalSerializable},
};
use temporalio_workflow::{
    SyncWorkflowContext, WorkflowContext,
    workflows::{ExecutableSyncSignal, WorkflowError},
};

use super::execution;
use crate::workflow::{Workflow, WorkflowOf};

/// The marker under which plain handlers run: Temporal's crate makes a [`SyncWorkflowContext`] only for a signal.
pub struct SyncHandler<W>(PhantomData<fn() -> W>);

/// A plain handler with its arguments, about to be called.
pub struct SyncCall<W>(Box<SyncFn<W>>);

type SyncFn<W> = dyn FnOnce(&mut W, &mut SyncWorkflowContext<W>);

impl<W> SyncCall<W> {
    /// Calls the handler.
    pub fn call(self, workflow: &mut W, context: &mut SyncWorkflowContext<W>) {
        (self.0)(workflow, context);
    }
}

// It never leaves the process: the payload conversions are there for the trait's sake and refuse.
impl<W> TemporalSerializable for SyncCall<W> {}
impl<W> TemporalDeserializable for SyncCall<W> {}

impl<W: Workflow> SignalDefinition for SyncHandler<W> {
    type Workflow = WorkflowOf<W>;
    type Input = SyncCall<W>;

    fn name(&self) -> &str {
        W::TYPE.name
    }
}

/// Calls a plain method, with the state borrowed.
pub fn call_sync<W: Workflow, R: 'static>(
    context: WorkflowContext<W>,
    method: impl FnOnce(&mut W, &mut SyncWorkflowContext<W>) -> R + 'static,
) -> LocalBoxFuture<'static, Result<R, WorkflowError>> {
    let returned = Rc::new(RefCell::new(None));
    let slot = Rc::clone(&returned);
    let call = move |workflow: &mut W, context: &mut SyncWorkflowContext<W>| {
        *slot.borrow_mut() = Some(method(workflow, context));
    };
    let called =
        <W as ExecutableSyncSignal<SyncHandler<W>>>::dispatch(context, Box::new(SyncCall::<W>(Box::new(call))));
    Box::pin(async move {
        called.await?;
        returned.take().ok_or_else(|| execution(format!("a handler of workflow `{}` was not called", W::TYPE.name)))
    })
}

/// Calls an async method, which reaches the state through its context.
pub fn call_async<R: 'static>(
    method: impl Future<Output = R> + 'static,
) -> LocalBoxFuture<'static, Result<R, WorkflowError>> {
    Box::pin(async move { Ok(method.await) })
}
