//! Finishing an activity from outside of it.

use std::{fmt, marker::PhantomData};

use temporalio_client::{
    ActivityHeartbeatResponse, ActivityIdentifier, AsyncActivityHandle as Official, Client, RpcOptions,
    errors::AsyncActivityError,
};
use temporalio_common::error::ApplicationFailure;

use super::{Activity, heartbeat::Details};
use crate::{
    arguments::ArgumentValue,
    calls::{Call, CallError, Verb},
};

/// An activity that returned [`ActivityError::WillCompleteAsync`](crate::ActivityError::WillCompleteAsync) and is finished from
/// elsewhere, typed by its output.
///
/// ```no_run
/// # use durably::prelude::*;
/// #[activity(start_to_close_timeout = "1day")]
/// async fn approve(ctx: &ActivityContext, order: String) -> ActivityResult<bool> {
///     let token = ctx.info().task_token.clone();
///     // hand the token to whoever decides ..
///     Err(ActivityError::WillCompleteAsync)
/// }
///
/// # async fn decide(client: Client, token: Vec<u8>) -> Result<(), Box<dyn std::error::Error>> {
/// approve::async_handle(&client, token).complete(true).await?;
/// # Ok(()) }
/// ```
pub struct AsyncActivityHandle<A> {
    inner: Official<Client>,
    activity: PhantomData<fn() -> A>,
}

impl<A: Activity> AsyncActivityHandle<A> {
    pub(super) fn new(client: &Client, identifier: ActivityIdentifier) -> Self {
        Self { inner: client.get_async_activity_handle(identifier), activity: PhantomData }
    }

    /// Finishes it with its result.
    ///
    /// Errors: `NotFound` if it is not running any more.
    pub async fn complete(&self, output: A::Output) -> Result<(), CallError<AsyncActivityError>> {
        let completed = self.inner.complete(Some(Details((output, ()))), RpcOptions::default()).await;
        completed.map_err(|kind| self.failed(Verb::CompleteActivity, kind))
    }

    /// Fails it; it is tried again as its retry policy says.
    ///
    /// Errors: `NotFound` if it is not running any more.
    pub async fn fail(&self, failure: impl Into<ApplicationFailure>) -> Result<(), CallError<AsyncActivityError>> {
        let failed = self.inner.fail(failure, None::<()>, RpcOptions::default()).await;
        failed.map_err(|kind| self.failed(Verb::FailActivity, kind))
    }

    /// Says that it has been cancelled, after it was asked to.
    ///
    /// Errors: `NotFound` if it is not running any more.
    pub async fn report_cancellation(&self, details: impl ArgumentValue) -> Result<(), CallError<AsyncActivityError>> {
        let reported = self.inner.report_cancelation(Some(Details((details, ()))), RpcOptions::default()).await;
        reported.map_err(|kind| self.failed(Verb::ReportActivityCancellation, kind))
    }

    /// Sends a heartbeat for it; the answer says whether it is to be cancelled.
    ///
    /// Errors: `NotFound` if it is not running any more.
    pub async fn heartbeat(
        &self,
        details: impl ArgumentValue,
    ) -> Result<ActivityHeartbeatResponse, CallError<AsyncActivityError>> {
        let sent = self.inner.heartbeat(Some(Details((details, ()))), RpcOptions::default()).await;
        sent.map_err(|kind| self.failed(Verb::HeartbeatActivity, kind))
    }

    fn failed(&self, verb: Verb, kind: AsyncActivityError) -> CallError<AsyncActivityError> {
        let call = Call::new(self.inner.client(), verb).activity(A::TABLE.name, self.inner.identifier());
        CallError::new(call, kind)
    }
}

impl<A: Activity> fmt::Debug for AsyncActivityHandle<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncActivityHandle").field("activity", &A::TABLE.name).finish_non_exhaustive()
    }
}
