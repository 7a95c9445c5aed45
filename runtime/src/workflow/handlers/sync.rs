//! Calling a plain method: with the workflow's state borrowed, and a context that issues commands but cannot be awaited on.

use std::marker::PhantomData;

use futures_util::future::LocalBoxFuture;
use temporalio_common::{
    SignalDefinition,
    data_converters::{TemporalDeserializable, TemporalSerializable},
};
use temporalio_workflow::{
    SyncWorkflowContext, WorkflowContext,
    workflows::{ExecutableSyncSignal, WorkflowError},
};

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

pub(super) fn call_sync<W: Workflow>(
    context: WorkflowContext<W>,
    call: impl FnOnce(&mut W, &mut SyncWorkflowContext<W>) + 'static,
) -> LocalBoxFuture<'static, Result<(), WorkflowError>> {
    <W as ExecutableSyncSignal<SyncHandler<W>>>::dispatch(context, Box::new(SyncCall::<W>(Box::new(call))))
}
