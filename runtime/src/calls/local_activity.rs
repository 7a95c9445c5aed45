//! Calling an activity in the worker of the workflow.

use std::{
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use futures_util::future::FusedFuture;
use temporalio_common::{RetryPolicy, error::ActivityExecutionError};
use temporalio_workflow::{ActivityCancellationType, LocalActivityOptions, WorkflowCancellationToken};

use super::{
    ActivityHandle,
    activity::{ActivityCall, poll_activity},
    command::{ActivityResult, Cancellable},
};
use crate::{
    activity::Activity,
    failure::FailureType,
    typestate::{Given, HasTimeout},
};

/// A call of the activity `A` in the worker of the workflow; await it for the result.
#[must_use = "a call does nothing unless it is awaited"]
pub struct ExecuteLocalActivity<'a, A: Activity, Timeout> {
    call: ActivityCall<'a, A>,
    options: LocalActivityOptions,
    running: Option<Cancellable<'a, ActivityResult<A>>>,
    state: PhantomData<fn() -> Timeout>,
}

impl<'a, A: Activity, Timeout> ExecuteLocalActivity<'a, A, Timeout> {
    pub(super) fn new(mut call: ActivityCall<'a, A>) -> Self {
        let given = std::mem::take(&mut call.options);
        let mut options = LocalActivityOptions::default();
        options.schedule_to_close_timeout = given.schedule_to_close_timeout;
        options.schedule_to_start_timeout = given.schedule_to_start_timeout;
        options.start_to_close_timeout = given.start_to_close_timeout;
        options.activity_id = given.activity_id;
        options.summary = given.summary;
        options.cancel_type = given.cancellation_type;
        options.cancellation_token = given.cancellation_token;
        if let Some(policy) = given.retry_policy {
            options.retry_policy = policy;
        }
        Self { call, options, running: None, state: PhantomData }
    }

    /// The limit for one attempt.
    pub fn start_to_close_timeout(self, timeout: Duration) -> ExecuteLocalActivity<'a, A, Given> {
        self.options(|options| options.start_to_close_timeout = Some(timeout)).now()
    }

    /// The limit from scheduling to the end, retries included.
    pub fn schedule_to_close_timeout(self, timeout: Duration) -> ExecuteLocalActivity<'a, A, Given> {
        self.options(|options| options.schedule_to_close_timeout = Some(timeout)).now()
    }

    /// The limit from scheduling until the worker runs it.
    pub fn schedule_to_start_timeout(self, timeout: Duration) -> Self {
        self.options(|options| options.schedule_to_start_timeout = Some(timeout))
    }

    /// How a failed attempt is retried.
    pub fn retry_policy(self, policy: RetryPolicy) -> Self {
        self.options(|options| options.retry_policy = policy)
    }

    /// A retry that is farther away than this waits in a timer of the workflow instead of in the worker.
    pub fn timer_backoff_threshold(self, threshold: Duration) -> Self {
        self.options(|options| options.timer_backoff_threshold = Some(threshold))
    }

    /// The activity id, seen in the history. A number unless given.
    pub fn activity_id(self, id: impl Into<String>) -> Self {
        let id = id.into();
        self.options(|options| options.activity_id = Some(id))
    }

    /// One line about it for Temporal's user interface.
    pub fn summary(self, summary: impl Into<String>) -> Self {
        let summary = summary.into();
        self.options(|options| options.summary = Some(summary))
    }

    /// What a cancellation does to it.
    pub fn cancellation_type(self, cancellation_type: ActivityCancellationType) -> Self {
        self.options(|options| options.cancel_type = cancellation_type)
    }

    /// What cancels it, instead of the cancellation of the workflow.
    pub fn cancellation_token(self, token: WorkflowCancellationToken) -> Self {
        self.options(|options| options.cancellation_token = Some(token))
    }

    /// Any other option of Temporal's workflow crate.
    pub fn options(mut self, change: impl FnOnce(&mut LocalActivityOptions)) -> Self {
        change(&mut self.options);
        self
    }

    fn now<Timeout2>(self) -> ExecuteLocalActivity<'a, A, Timeout2> {
        ExecuteLocalActivity { call: self.call, options: self.options, running: self.running, state: PhantomData }
    }
}

impl<'a, A: Activity, Timeout> ExecuteLocalActivity<'a, A, Timeout> {
    /// Starts it now; the handle is awaited later, or cancelled.
    pub fn start(mut self) -> ActivityHandle<'a, A>
    where
        Timeout: HasTimeout,
    {
        ActivityHandle::new(self.schedule())
    }
}

impl<'a, A: Activity, Timeout: HasTimeout> ExecuteLocalActivity<'a, A, Timeout> {
    fn schedule(&mut self) -> Option<Cancellable<'a, ActivityResult<A>>> {
        let arguments = self.call.arguments.take()?;
        Some(self.call.context.schedule_local(arguments, std::mem::take(&mut self.options)))
    }
}

impl<A: Activity, Timeout: HasTimeout> Future for ExecuteLocalActivity<'_, A, Timeout> {
    type Output = Result<A::Output, <A::Failure as FailureType>::Or<ActivityExecutionError>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.running.is_none() {
            self.running = self.schedule();
        }
        poll_activity::<A>(&mut self.running, cx)
    }
}

impl<A: Activity, Timeout: HasTimeout> FusedFuture for ExecuteLocalActivity<'_, A, Timeout> {
    fn is_terminated(&self) -> bool {
        self.running.as_ref().is_some_and(|running| running.is_terminated())
    }
}

impl<A: Activity, Timeout> Unpin for ExecuteLocalActivity<'_, A, Timeout> {}
