//! Calling an activity from a workflow.

use std::{
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use futures_util::future::FusedFuture;
use temporalio_common::{ActivityCloseTimeouts, Priority, RetryPolicy, error::ActivityExecutionError};
use temporalio_workflow::{ActivityCancellationType, ActivityOptions, WorkflowCancellationToken};

use super::{
    Commands, ExecuteLocalActivity, Schedules,
    command::{ActivityResult, Cancellable},
};
use crate::{
    activity::Activity,
    failure::FailureType,
    table::ActivityDefaults,
    typestate::{Anywhere, Given, HasTimeout, MayBeLocal, OnServer},
};

/// A call of the activity `A`; await it for the result.
///
/// `Timeout` says whether there is a close timeout: without one it is not a future. `Place` says whether it may still become
/// [`local`](ExecuteActivity::local).
///
/// ```
/// # use durably::prelude::*;
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
/// # fn main() {}
/// # async fn example(ctx: &WorkflowContext<Greeting>) -> WorkflowResult<()> {
/// // The attribute of this activity gives a timeout.
/// let text = compose_greeting::execute(ctx, "Ada", "Grace").await?;
/// // That of this one does not: without one it cannot be awaited.
/// let page = render::execute(ctx, text.clone()).start_to_close_timeout(Duration::from_secs(5)).await?;
///
/// // In the worker of the workflow.
/// let page = render::execute(ctx, text).local().start_to_close_timeout(Duration::from_secs(5)).await?;
///
/// // Both at the same time, one given up.
/// let (first, second) = (
///     compose_greeting::execute(ctx, "Ada", "Grace").start(),
///     compose_greeting::execute(ctx, "Ada", "Hedy").heartbeat_timeout(Duration::from_secs(1)).start(),
/// );
/// second.cancel();
/// let text = first.await?;
/// # Ok(()) }
/// ```
#[must_use = "a call does nothing unless it is awaited"]
pub struct ExecuteActivity<'a, A: Activity, Timeout = <A as Activity>::CloseTimeout, Place = Anywhere> {
    pub(super) call: ActivityCall<'a, A>,
    running: Option<Cancellable<'a, ActivityResult<A>>>,
    state: PhantomData<fn() -> (Timeout, Place)>,
}

/// What a call was made of, until it is scheduled.
pub(super) struct ActivityCall<'a, A: Activity> {
    pub(super) context: &'a dyn Schedules<A>,
    pub(super) arguments: Option<A::Arguments>,
    pub(super) options: CallOptions,
}

/// The options of a call that are not yet Temporal's, which has no value for "no timeout so far".
#[derive(Default)]
pub(super) struct CallOptions {
    pub(super) schedule_to_close_timeout: Option<Duration>,
    pub(super) schedule_to_start_timeout: Option<Duration>,
    pub(super) start_to_close_timeout: Option<Duration>,
    pub(super) retry_policy: Option<RetryPolicy>,
    pub(super) activity_id: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) cancellation_type: ActivityCancellationType,
    pub(super) cancellation_token: Option<WorkflowCancellationToken>,
    heartbeat_timeout: Option<Duration>,
    task_queue: Option<String>,
    priority: Option<Priority>,
    do_not_eagerly_execute: bool,
}

impl<'a, A: Activity> ExecuteActivity<'a, A, A::CloseTimeout> {
    /// A call with the defaults of the attribute.
    #[doc(hidden)]
    pub fn new<C: Commands>(context: &'a C, arguments: A::Arguments) -> Self {
        Self {
            call: ActivityCall { context, arguments: Some(arguments), options: CallOptions::new(&A::TABLE.defaults) },
            running: None,
            state: PhantomData,
        }
    }
}

impl<'a, A: Activity, Timeout, Place> ExecuteActivity<'a, A, Timeout, Place> {
    /// The limit for one attempt.
    pub fn start_to_close_timeout(self, timeout: Duration) -> ExecuteActivity<'a, A, Given, Place> {
        self.with(|options| options.start_to_close_timeout = Some(timeout)).now()
    }

    /// The limit from scheduling to the end, retries included.
    pub fn schedule_to_close_timeout(self, timeout: Duration) -> ExecuteActivity<'a, A, Given, Place> {
        self.with(|options| options.schedule_to_close_timeout = Some(timeout)).now()
    }

    /// The limit from scheduling until a worker takes it.
    pub fn schedule_to_start_timeout(self, timeout: Duration) -> Self {
        self.with(|options| options.schedule_to_start_timeout = Some(timeout))
    }

    /// How a failed attempt is retried. The server has a policy of its own unless given.
    pub fn retry_policy(self, policy: RetryPolicy) -> Self {
        self.with(|options| options.retry_policy = Some(policy))
    }

    /// The activity id, seen in the history. A number unless given.
    pub fn activity_id(self, id: impl Into<String>) -> Self {
        let id = id.into();
        self.with(|options| options.activity_id = Some(id))
    }

    /// One line about it for Temporal's user interface.
    pub fn summary(self, summary: impl Into<String>) -> Self {
        let summary = summary.into();
        self.with(|options| options.summary = Some(summary))
    }

    /// What a cancellation does to it.
    pub fn cancellation_type(self, cancellation_type: ActivityCancellationType) -> Self {
        self.with(|options| options.cancellation_type = cancellation_type)
    }

    /// What cancels it, instead of the cancellation of the workflow.
    pub fn cancellation_token(self, token: WorkflowCancellationToken) -> Self {
        self.with(|options| options.cancellation_token = Some(token))
    }

    /// The limit between two heartbeats. Not for local activities.
    pub fn heartbeat_timeout(self, timeout: Duration) -> ExecuteActivity<'a, A, Timeout, OnServer> {
        self.with(|options| options.heartbeat_timeout = Some(timeout)).now()
    }

    /// The task queue it runs on, unless the workflow's own. Not for local activities.
    pub fn task_queue(self, task_queue: impl Into<String>) -> ExecuteActivity<'a, A, Timeout, OnServer> {
        let task_queue = task_queue.into();
        self.with(|options| options.task_queue = Some(task_queue)).now()
    }

    /// Its priority among other tasks of the queue. Not for local activities.
    pub fn priority(self, priority: Priority) -> ExecuteActivity<'a, A, Timeout, OnServer> {
        self.with(|options| options.priority = Some(priority)).now()
    }

    /// Keeps the server from giving it to the worker of the workflow right away. Not for local activities.
    pub fn do_not_eagerly_execute(self) -> ExecuteActivity<'a, A, Timeout, OnServer> {
        self.with(|options| options.do_not_eagerly_execute = true).now()
    }

    fn with(mut self, change: impl FnOnce(&mut CallOptions)) -> Self {
        change(&mut self.call.options);
        self
    }

    fn now<Timeout2, Place2>(self) -> ExecuteActivity<'a, A, Timeout2, Place2> {
        ExecuteActivity { call: self.call, running: self.running, state: PhantomData }
    }
}

// The bounds are on the methods, not on the impl: so the compiler says what is wrong.
impl<'a, A: Activity, Timeout, Place> ExecuteActivity<'a, A, Timeout, Place> {
    /// Runs it in the worker of the workflow, without a task of its own: for what is short and needs no heartbeat.
    ///
    /// The task queue and the heartbeat timeout of the attribute are the server's business and do not apply.
    pub fn local(self) -> ExecuteLocalActivity<'a, A, Timeout>
    where
        Place: MayBeLocal,
    {
        ExecuteLocalActivity::new(self.call)
    }

    /// Schedules it now; the handle is awaited later, or cancelled.
    pub fn start(mut self) -> ActivityHandle<'a, A>
    where
        Timeout: HasTimeout,
    {
        ActivityHandle { running: self.schedule() }
    }
}

impl<'a, A: Activity, Timeout: HasTimeout, Place> ExecuteActivity<'a, A, Timeout, Place> {
    fn schedule(&mut self) -> Option<Cancellable<'a, ActivityResult<A>>> {
        let arguments = self.call.arguments.take()?;
        let options = std::mem::take(&mut self.call.options).into_official();
        Some(self.call.context.schedule(arguments, options))
    }
}

impl<A: Activity, Timeout: HasTimeout, Place> Future for ExecuteActivity<'_, A, Timeout, Place> {
    type Output = Result<A::Output, <A::Failure as FailureType>::Or<ActivityExecutionError>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.running.is_none() {
            self.running = self.schedule();
        }
        poll_activity::<A>(&mut self.running, cx)
    }
}

impl<A: Activity, Timeout: HasTimeout, Place> FusedFuture for ExecuteActivity<'_, A, Timeout, Place> {
    fn is_terminated(&self) -> bool {
        self.running.as_ref().is_some_and(|running| running.is_terminated())
    }
}

impl<A: Activity, Timeout, Place> Unpin for ExecuteActivity<'_, A, Timeout, Place> {}

/// An activity that was scheduled: await it for the result, or cancel it.
#[must_use = "the result of the activity is lost unless its handle is awaited"]
pub struct ActivityHandle<'a, A: Activity> {
    running: Option<Cancellable<'a, ActivityResult<A>>>,
}

impl<'a, A: Activity> ActivityHandle<'a, A> {
    pub(super) fn new(running: Option<Cancellable<'a, ActivityResult<A>>>) -> Self {
        Self { running }
    }

    /// Asks for its cancellation. The handle still has to be awaited; what it says depends on the cancellation type.
    pub fn cancel(&self) {
        if let Some(running) = &self.running {
            running.cancel();
        }
    }
}

impl<A: Activity> Future for ActivityHandle<'_, A> {
    type Output = Result<A::Output, <A::Failure as FailureType>::Or<ActivityExecutionError>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        poll_activity::<A>(&mut self.running, cx)
    }
}

impl<A: Activity> FusedFuture for ActivityHandle<'_, A> {
    fn is_terminated(&self) -> bool {
        self.running.as_ref().is_some_and(|running| running.is_terminated())
    }
}

impl<A: Activity> Unpin for ActivityHandle<'_, A> {}

type Polled<A> =
    Poll<Result<<A as Activity>::Output, <<A as Activity>::Failure as FailureType>::Or<ActivityExecutionError>>>;

pub(super) fn poll_activity<A: Activity>(
    running: &mut Option<Cancellable<'_, ActivityResult<A>>>,
    cx: &mut Context<'_>,
) -> Polled<A> {
    match running {
        Some(running) => running.as_mut().poll(cx).map_err(A::Failure::or),
        // Scheduling panicked; there is nothing to wait for.
        None => Poll::Pending,
    }
}

impl CallOptions {
    fn new(defaults: &ActivityDefaults) -> Self {
        Self {
            schedule_to_close_timeout: defaults.schedule_to_close_timeout,
            schedule_to_start_timeout: defaults.schedule_to_start_timeout,
            start_to_close_timeout: defaults.start_to_close_timeout,
            heartbeat_timeout: defaults.heartbeat_timeout,
            retry_policy: defaults.retry_policy.as_ref().map(Into::into),
            task_queue: defaults.task_queue.map(str::to_owned),
            ..Self::default()
        }
    }

    fn into_official(self) -> ActivityOptions {
        let mut options = ActivityOptions::with_close_timeouts(self.close_timeouts()).build();
        options.schedule_to_start_timeout = self.schedule_to_start_timeout;
        options.heartbeat_timeout = self.heartbeat_timeout;
        options.retry_policy = self.retry_policy;
        options.task_queue = self.task_queue;
        options.activity_id = self.activity_id;
        options.summary = self.summary;
        options.cancellation_type = self.cancellation_type;
        options.cancellation_token = self.cancellation_token;
        options.priority = self.priority;
        options.do_not_eagerly_execute = self.do_not_eagerly_execute;
        options
    }

    fn close_timeouts(&self) -> ActivityCloseTimeouts {
        match (self.schedule_to_close_timeout, self.start_to_close_timeout) {
            (Some(schedule_to_close), Some(start_to_close)) => {
                ActivityCloseTimeouts::ScheduleAndStartToClose { schedule_to_close, start_to_close }
            }
            (Some(schedule_to_close), None) => ActivityCloseTimeouts::ScheduleToClose(schedule_to_close),
            (None, Some(start_to_close)) => ActivityCloseTimeouts::StartToClose(start_to_close),
            (None, None) => unreachable!("`HasTimeout` is implemented only where a timeout was given"),
        }
    }
}
