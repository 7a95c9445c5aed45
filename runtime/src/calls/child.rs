//! Child workflows.

use std::{
    borrow::Cow,
    cell::RefCell,
    fmt,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
    time::Duration,
};

use futures_util::future::FusedFuture;
use temporalio_common::{
    Priority, RetryPolicy,
    error::{ChildWorkflowExecutionError, ChildWorkflowStartError},
    search_attributes::SearchAttributes,
};
use temporalio_workflow::{
    ChildWorkflowCancellationType, ChildWorkflowOptions, ExternalWorkflowHandle, ParentClosePolicy,
    SignalWorkflowOptions, WorkflowCancellationToken, WorkflowIdReusePolicy, WorkflowTermination,
};

use super::{
    Commands, SignalTarget, SignalWorkflow,
    command::{CancellableWithReason, ChildStarted, StartedChild, StartsChild},
    workflow_signal::SentSignal,
};
use crate::{
    arguments::{ArgumentList, Arguments},
    failure::FailureType,
    table::WorkflowDefaults,
    workflow::{Named, RunInput, SignalMethod, Workflow, WorkflowType},
};

/// A start of the workflow `W` as a child; await it for a handle, or [`execute`](StartChild::execute) it for the result.
///
/// It returns once the child has started. The workflow id is a random one unless given; the task queue is the parent's.
///
/// ```
/// # use durably::prelude::*;
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
/// # fn main() {}
/// # async fn example(ctx: &WorkflowContext<Greeting>) -> WorkflowResult<()> {
/// let said: Vec<String> = Greeting::child(ctx, "Ada").execute().await?;
///
/// let child = Greeting::child(ctx, "Ada").id("child-1").parent_close_policy(durably::ParentClosePolicy::Abandon).await?;
/// child.submit_greeting("Grace").await?;
/// child.close().await?;
/// let said = child.result().await?;
/// # Ok(()) }
/// ```
#[must_use = "a call does nothing unless it is awaited"]
pub struct StartChild<'a, W: Workflow> {
    context: &'a dyn StartsChild<W>,
    input: Option<RunInput<W>>,
    options: ChildWorkflowOptions,
    starting: Option<Starting<'a, W>>,
}

struct Starting<'a, W: Workflow> {
    workflow_id: String,
    start: CancellableWithReason<'a, ChildStarted<W>>,
}

impl<'a, W: Workflow> StartChild<'a, W> {
    /// A start with the defaults of the attributes.
    #[doc(hidden)]
    pub fn new<C: Commands>(context: &'a C, input: RunInput<W>) -> Self {
        let options = options(&W::TYPE.defaults, input.id());
        Self { context, input: Some(input), options, starting: None }
    }

    /// The workflow id.
    pub fn id(self, id: impl Into<String>) -> Self {
        let id = id.into();
        self.options(|options| options.workflow_id = Some(id))
    }

    /// The task queue it runs on, unless the parent's.
    pub fn task_queue(self, task_queue: impl Into<String>) -> Self {
        let task_queue = task_queue.into();
        self.options(|options| options.task_queue = Some(task_queue))
    }

    /// What becomes of it when the parent closes. The server terminates it unless given.
    pub fn parent_close_policy(self, policy: ParentClosePolicy) -> Self {
        self.options(|options| options.parent_close_policy = policy)
    }

    /// What a cancellation of the parent, or of the handle, does to it. It is asked, and waited for to its end, unless given;
    /// `WaitCancellationRequested` waits for its end too, for as long as Temporal's Core knows no better.
    pub fn cancellation_type(self, cancellation_type: ChildWorkflowCancellationType) -> Self {
        self.options(|options| options.cancel_type = cancellation_type)
    }

    /// What cancels it, instead of the cancellation of the parent.
    pub fn cancellation_token(self, token: WorkflowCancellationToken) -> Self {
        self.options(|options| options.cancellation_token = Some(token))
    }

    /// The limit for the whole execution, retries and continue-as-new included.
    pub fn execution_timeout(self, timeout: Duration) -> Self {
        self.options(|options| options.execution_timeout = Some(timeout))
    }

    /// The limit for one run.
    pub fn run_timeout(self, timeout: Duration) -> Self {
        self.options(|options| options.run_timeout = Some(timeout))
    }

    /// The limit for one workflow task.
    pub fn task_timeout(self, timeout: Duration) -> Self {
        self.options(|options| options.task_timeout = Some(timeout))
    }

    /// How a failed run is retried. It is not unless given.
    pub fn retry_policy(self, policy: RetryPolicy) -> Self {
        self.options(|options| options.retry_policy = Some(policy))
    }

    /// Whether the id of a closed workflow may be used again.
    pub fn id_reuse_policy(self, policy: WorkflowIdReusePolicy) -> Self {
        self.options(|options| options.id_reuse_policy = policy)
    }

    /// The cron schedule it runs on, such as `"0 * * * *"`.
    pub fn cron_schedule(self, schedule: impl Into<String>) -> Self {
        let schedule = schedule.into();
        self.options(|options| options.cron_schedule = Some(schedule))
    }

    /// Search attributes to find it by.
    pub fn search_attributes(self, attributes: SearchAttributes) -> Self {
        self.options(|options| options.search_attributes = Some(attributes))
    }

    /// Its priority among other tasks of the queue.
    pub fn priority(self, priority: Priority) -> Self {
        self.options(|options| options.priority = Some(priority))
    }

    /// One line about it for Temporal's user interface.
    pub fn static_summary(self, summary: impl Into<String>) -> Self {
        let summary = summary.into();
        self.options(|options| options.static_summary = Some(summary))
    }

    /// More lines about it for Temporal's user interface.
    pub fn static_details(self, details: impl Into<String>) -> Self {
        let details = details.into();
        self.options(|options| options.static_details = Some(details))
    }

    /// Any other option of Temporal's workflow crate.
    pub fn options(mut self, change: impl FnOnce(&mut ChildWorkflowOptions)) -> Self {
        change(&mut self.options);
        self
    }

    /// Starts it and waits for its result.
    pub fn execute(self) -> ExecuteChild<'a, W> {
        ExecuteChild { start: self, result: None }
    }

    fn poll_started(&mut self, cx: &mut Context<'_>) -> Poll<Result<ChildHandle<W>, ChildWorkflowStartError>> {
        if let Some(input) = self.input.take() {
            let mut options = std::mem::take(&mut self.options);
            // Temporal's crate would make up an id as well, but keep it to itself.
            let workflow_id = options.workflow_id.take().unwrap_or_else(|| self.context.unique_id());
            options.workflow_id = Some(workflow_id.clone());
            self.starting = Some(Starting { workflow_id, start: self.context.start(input, options) });
        }
        let Some(Starting { workflow_id, start }) = &mut self.starting else {
            // Starting panicked; there is nothing to wait for.
            return Poll::Pending;
        };
        start.as_mut().poll(cx).map_ok(|started| {
            let external = self.context.external(workflow_id.clone(), Some(started.run_id.clone()));
            ChildHandle::new(started, external)
        })
    }

    fn is_started(&self) -> bool {
        self.starting.as_ref().is_some_and(|starting| starting.start.is_terminated())
    }
}

impl<W: Workflow> Future for StartChild<'_, W> {
    type Output = Result<W::Child, ChildWorkflowStartError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.poll_started(cx).map_ok(W::Child::from)
    }
}

impl<W: Workflow> FusedFuture for StartChild<'_, W> {
    fn is_terminated(&self) -> bool {
        self.is_started()
    }
}

impl<W: Workflow> Unpin for StartChild<'_, W> {}

fn options(defaults: &WorkflowDefaults, id: Option<String>) -> ChildWorkflowOptions {
    use temporalio_client::WorkflowIdReusePolicy as Client;

    let mut options = ChildWorkflowOptions::default();
    options.workflow_id = id;
    options.task_queue = defaults.task_queue.map(str::to_owned);
    options.execution_timeout = defaults.execution_timeout;
    options.run_timeout = defaults.run_timeout;
    options.task_timeout = defaults.task_timeout;
    options.retry_policy = defaults.retry_policy.as_ref().map(Into::into);
    options.cron_schedule = defaults.cron_schedule.map(str::to_owned);
    options.id_reuse_policy = match defaults.id_reuse_policy {
        Client::AllowDuplicate => WorkflowIdReusePolicy::AllowDuplicate,
        Client::AllowDuplicateFailedOnly => WorkflowIdReusePolicy::AllowDuplicateFailedOnly,
        Client::RejectDuplicate => WorkflowIdReusePolicy::RejectDuplicate,
        _ => WorkflowIdReusePolicy::Unspecified,
    };
    options
}

/// A child workflow that has started.
///
/// `#[workflow]` on a struct `Greeting` emits `GreetingChild`, which adds the workflow's signals as methods and dereferences
/// to this type.
pub struct ChildHandle<W> {
    inner: Rc<Child<W>>,
}

struct Child<W> {
    run_id: String,
    /// Gone once the result is waited for, which takes it.
    started: RefCell<Option<Box<dyn Started<W>>>>,
    external: ExternalWorkflowHandle,
}

/// A started child whose definition is forgotten: the handle type is known before the workflow's methods are.
trait Started<W> {
    fn signal(&self, name: Cow<'static, str>, arguments: Arguments, options: SignalWorkflowOptions) -> SentSignal;
    fn cancel(&self, reason: String);
    fn into_any(self: Box<Self>) -> Box<dyn std::any::Any>;
}

impl<W: Workflow> Started<W> for StartedChild<W> {
    fn signal(&self, name: Cow<'static, str>, arguments: Arguments, options: SignalWorkflowOptions) -> SentSignal {
        SentSignal(Box::pin(StartedChild::signal(self, Named::<W>::new(name), arguments, options)))
    }

    fn cancel(&self, reason: String) {
        StartedChild::cancel(self, reason);
    }

    fn into_any(self: Box<Self>) -> Box<dyn std::any::Any> {
        self
    }
}

impl<W: Workflow> ChildHandle<W> {
    fn new(started: StartedChild<W>, external: ExternalWorkflowHandle) -> Self {
        Self {
            inner: Rc::new(Child {
                run_id: started.run_id.clone(),
                started: RefCell::new(Some(Box::new(started))),
                external,
            }),
        }
    }

    /// Waits for the child to end and gives its result.
    ///
    /// Errors: the child failed, was cancelled or terminated, timed out, or its output does not decode.
    pub fn result(self) -> ChildResult<W> {
        let started =
            self.inner.started.take().and_then(|started| started.into_any().downcast::<StartedChild<W>>().ok());
        ChildResult { running: started.map(|started| Box::pin(started.result()) as CancellableWithReason<'static, _>) }
    }

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

impl<W: WorkflowType> ChildHandle<W> {
    /// The workflow id.
    pub fn workflow_id(&self) -> &str {
        self.inner.external.workflow_id()
    }

    /// The run id of its first run.
    pub fn run_id(&self) -> &str {
        &self.inner.run_id
    }

    /// Asks the child to cancel itself; `reason` is what it can read.
    pub fn cancel(&self, reason: impl Into<String>) {
        if let Some(started) = &*self.inner.started.borrow() {
            started.cancel(reason.into());
        }
    }
}

impl<W: Workflow> SignalTarget for Child<W> {
    fn send(&self, name: Cow<'static, str>, arguments: Arguments, options: SignalWorkflowOptions) -> SentSignal {
        match &*self.started.borrow() {
            Some(started) => started.signal(name, arguments, options),
            None => SentSignal(Box::pin(self.external.signal(Named::<W>::new(name), arguments, options))),
        }
    }
}

impl<W: WorkflowType> fmt::Debug for ChildHandle<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChildHandle").field("workflow_id", &self.workflow_id()).field("run_id", &self.run_id()).finish()
    }
}

/// Waits for a child to end; await it for the result.
#[must_use = "the result of the child is lost unless it is awaited"]
pub struct ChildResult<W: Workflow> {
    running: Option<CancellableWithReason<'static, Result<W::Output, ChildWorkflowExecutionError>>>,
}

impl<W: Workflow> ChildResult<W> {
    /// Asks the child to cancel itself; `reason` is what it can read. The result still has to be awaited.
    pub fn cancel(&self, reason: impl Into<String>) {
        if let Some(running) = &self.running {
            running.cancel_with_reason(reason.into());
        }
    }

    fn poll_ended(&mut self, cx: &mut Context<'_>) -> Poll<Result<W::Output, ChildWorkflowExecutionError>> {
        match &mut self.running {
            Some(running) => running.as_mut().poll(cx),
            None => Poll::Pending,
        }
    }
}

impl<W: Workflow> Future for ChildResult<W> {
    type Output = Result<W::Output, <W::Failure as FailureType>::Or<ChildWorkflowExecutionError>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.poll_ended(cx).map_err(W::Failure::or)
    }
}

impl<W: Workflow> FusedFuture for ChildResult<W> {
    fn is_terminated(&self) -> bool {
        self.running.as_ref().is_none_or(|running| running.is_terminated())
    }
}

impl<W: Workflow> Unpin for ChildResult<W> {}

/// A start of a child that waits for the result; await it.
#[must_use = "a call does nothing unless it is awaited"]
pub struct ExecuteChild<'a, W: Workflow> {
    start: StartChild<'a, W>,
    result: Option<ChildResult<W>>,
}

/// A child workflow could not be started, or ended without a result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChildWorkflowError {
    /// It was not started.
    #[error(transparent)]
    Start(ChildWorkflowStartError),
    /// It was started and ended without a result.
    #[error(transparent)]
    Execution(ChildWorkflowExecutionError),
}

impl From<ChildWorkflowError> for WorkflowTermination {
    fn from(error: ChildWorkflowError) -> Self {
        match error {
            ChildWorkflowError::Start(error) => error.into(),
            ChildWorkflowError::Execution(error) => error.into(),
        }
    }
}

impl<W: Workflow> Future for ExecuteChild<'_, W> {
    type Output = Result<W::Output, <W::Failure as FailureType>::Or<ChildWorkflowError>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        loop {
            if let Some(result) = &mut self.result {
                let ended = result.poll_ended(cx).map_err(ChildWorkflowError::Execution);
                return ended.map_err(W::Failure::or);
            }
            match self.start.poll_started(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Err(error)) => {
                    return Poll::Ready(Err(W::Failure::or(ChildWorkflowError::Start(error))));
                }
                Poll::Ready(Ok(child)) => self.result = Some(child.result()),
            }
        }
    }
}

impl<W: Workflow> FusedFuture for ExecuteChild<'_, W> {
    fn is_terminated(&self) -> bool {
        match &self.result {
            Some(result) => result.is_terminated(),
            // A start that failed ended the call; one that succeeded left a result to wait for.
            None => self.start.is_started(),
        }
    }
}

impl<W: Workflow> Unpin for ExecuteChild<'_, W> {}
