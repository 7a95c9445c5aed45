//! Another workflow, seen from a workflow.

use std::{
    borrow::Cow,
    fmt,
    marker::PhantomData,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
};

use futures_util::future::{FusedFuture, FutureExt};
use temporalio_common::error::CancelExternalWorkflowError;
use temporalio_workflow::{ExternalWorkflowHandle, SignalWorkflowOptions};

use super::{Commands, SignalTarget, SignalWorkflow, workflow_signal::SentSignal};
use crate::{
    arguments::{ArgumentList, Arguments},
    workflow::{Named, SignalMethod, Workflow, WorkflowType},
};

/// Another workflow as a workflow sees it.
///
/// `#[workflow]` on a struct `Greeting` emits `GreetingExternal`, which adds the workflow's signals as methods and
/// dereferences to this type.
///
/// ```
/// # use durably::prelude::*;
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
/// # fn main() {}
/// # async fn example(ctx: &WorkflowContext<Greeting>) -> WorkflowResult<()> {
/// let greeting = Greeting::external(ctx, "greeting-Ada");
/// greeting.submit_greeting("Grace").await?;
/// greeting.cancel().reason("it is late").await?;
/// # Ok(()) }
/// ```
pub struct ExternalHandle<W> {
    inner: Rc<Target<W>>,
}

struct Target<W> {
    handle: ExternalWorkflowHandle,
    workflow: PhantomData<fn() -> W>,
}

impl<W> ExternalHandle<W> {
    /// The workflow with this id in the namespace of the caller, whichever of its runs is the latest.
    #[doc(hidden)]
    pub fn by_id<C: Commands>(context: &C, workflow_id: impl Into<String>) -> Self {
        Self::new(context.external(workflow_id.into(), None))
    }

    fn new(handle: ExternalWorkflowHandle) -> Self {
        Self { inner: Rc::new(Target { handle, workflow: PhantomData }) }
    }

    /// The workflow id.
    pub fn workflow_id(&self) -> &str {
        self.inner.handle.workflow_id()
    }

    /// The run this handle is bound to; `None` if it means the latest run.
    pub fn run_id(&self) -> Option<&str> {
        self.inner.handle.run_id()
    }
}

impl<W: WorkflowType> ExternalHandle<W> {
    /// A handle bound to one run of the workflow.
    pub fn for_run<C: Commands>(&self, context: &C, run_id: impl Into<String>) -> W::External {
        W::External::from(Self::new(context.external(self.workflow_id().to_owned(), Some(run_id.into()))))
    }

    /// Asks the workflow to cancel itself.
    ///
    /// Errors: `NotFound` if there is no running workflow of this id.
    pub fn cancel(&self) -> CancelExternal {
        let inner = Rc::clone(&self.inner);
        let request = move |reason| Box::pin(async move { inner.handle.cancel(reason).await }.fuse()) as Sent;
        CancelExternal { request: Some(Box::new(request)), reason: None, sent: None }
    }
}

impl<W: Workflow> ExternalHandle<W> {
    /// The signal at place `INDEX` with these arguments.
    #[doc(hidden)]
    pub fn signal<const INDEX: usize>(&self, arguments: <W as SignalMethod<INDEX>>::Arguments) -> SignalWorkflow
    where
        W: SignalMethod<INDEX>,
    {
        let name = <W as SignalMethod<INDEX>>::TABLE.wire_name();
        self.signal_by_name(name, arguments)
    }

    pub(crate) fn signal_by_name(
        &self,
        name: impl Into<Cow<'static, str>>,
        arguments: impl ArgumentList,
    ) -> SignalWorkflow {
        SignalWorkflow::new(Rc::clone(&self.inner) as Rc<dyn SignalTarget>, name, arguments)
    }
}

impl<W: Workflow> SignalTarget for Target<W> {
    fn send(&self, name: Cow<'static, str>, arguments: Arguments, options: SignalWorkflowOptions) -> SentSignal {
        SentSignal(Box::pin(self.handle.signal(Named::<W>::new(name), arguments, options)))
    }
}

impl<W> Clone for ExternalHandle<W> {
    fn clone(&self) -> Self {
        Self { inner: Rc::clone(&self.inner) }
    }
}

impl<W> fmt::Debug for ExternalHandle<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExternalHandle")
            .field("workflow_id", &self.workflow_id())
            .field("run_id", &self.run_id())
            .finish()
    }
}

type Cancelled = Result<(), CancelExternalWorkflowError>;
type Sent = Pin<Box<dyn FusedFuture<Output = Cancelled>>>;

/// A request from a workflow to cancel another one; await it to send it.
#[must_use = "a call does nothing unless it is awaited"]
pub struct CancelExternal {
    request: Option<Box<dyn FnOnce(Option<String>) -> Sent>>,
    reason: Option<String>,
    sent: Option<Sent>,
}

impl CancelExternal {
    /// Why; the other workflow can read it, behind the words in which Temporal's crate says who asked.
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

impl Future for CancelExternal {
    type Output = Cancelled;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if let Some(request) = self.request.take() {
            let reason = self.reason.take();
            self.sent = Some(request(reason));
        }
        match &mut self.sent {
            Some(sent) => sent.as_mut().poll(cx),
            // Sending panicked; there is nothing to wait for.
            None => Poll::Pending,
        }
    }
}

impl FusedFuture for CancelExternal {
    fn is_terminated(&self) -> bool {
        self.sent.as_ref().is_some_and(|sent| sent.is_terminated())
    }
}
