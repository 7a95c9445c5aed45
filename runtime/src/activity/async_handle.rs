//! Finishing an activity from outside of it.

use std::{fmt, marker::PhantomData};

use temporalio_client::{
    ActivityHeartbeatResponse, ActivityIdentifier, AsyncActivityHandle as Official, Client, RpcOptions,
    errors::AsyncActivityError,
};
use temporalio_common::{error::ApplicationFailure, protos::TaskToken};

use super::{Activity, heartbeat::Details};
use crate::{
    arguments::{ArgumentList, ArgumentValue},
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
/// // Without a token: by the workflow id, and the activity id that the call was given.
/// approve::async_handle_by_id(&client, "order-7", "approval").complete(true).await?;
/// # Ok(()) }
/// ```
///
/// Of an activity that is a method, the method says which one it is:
///
/// ```no_run
/// # use durably::prelude::*;
/// struct Desk;
///
/// #[activities]
/// impl Desk {
///     #[activity(start_to_close_timeout = "1day")]
///     async fn approve(&self, order: String) -> ActivityResult<bool> {
///         Err(ActivityError::WillCompleteAsync)
///     }
/// }
///
/// # async fn decide(client: Client, token: Vec<u8>) -> Result<(), Box<dyn std::error::Error>> {
/// Desk::async_handle(&client, token).approve().complete(true).await?;
/// # Ok(()) }
/// ```
pub struct AsyncActivityHandle<A> {
    inner: Official<Client>,
    activity: PhantomData<fn() -> A>,
}

impl<A: Activity> AsyncActivityHandle<A> {
    pub(super) fn new(activity: AsyncActivity) -> Self {
        Self { inner: activity.client.get_async_activity_handle(activity.identifier), activity: PhantomData }
    }

    /// The same of one run of the workflow, instead of the latest. A handle by task token is of its run already.
    pub fn for_run(self, run_id: impl Into<String>) -> Self {
        let identifier = match self.inner.identifier().clone() {
            ActivityIdentifier::ByIdWorkflow { workflow_id, activity_id, .. } => {
                ActivityIdentifier::by_id_workflow(workflow_id, run_id, activity_id)
            }
            other => other,
        };
        Self { inner: self.inner.client().get_async_activity_handle(identifier), activity: PhantomData }
    }

    /// Finishes it with its result.
    ///
    /// Errors: `NotFound` if it is not running any more.
    pub async fn complete(&self, output: A::Output) -> Result<(), CallError<AsyncActivityError>> {
        let completed = self.inner.complete(Some(Details((output, ()))), RpcOptions::default()).await;
        completed.map_err(|kind| self.failed(Verb::CompleteActivity, kind))
    }

    /// Fails it, with a [`Failure`](macro@crate::Failure) or any other failure; it is tried again as its retry policy says.
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

    /// Sends a heartbeat for it; the answer says whether it is to be cancelled. The next attempt reads the details with
    /// [`last_heartbeat`](crate::Heartbeat::last_heartbeat).
    ///
    /// Errors: `NotFound` if it is not running any more.
    pub async fn heartbeat(
        &self,
        details: impl ArgumentValue,
    ) -> Result<ActivityHeartbeatResponse, CallError<AsyncActivityError>> {
        self.heartbeat_list((details, ())).await
    }

    /// Sends a heartbeat with several values of details, a payload each: `(progress, (file, ()))`. The next attempt reads them
    /// with [`last_heartbeat_list`](crate::Heartbeat::last_heartbeat_list).
    ///
    /// Errors: `NotFound` if it is not running any more.
    pub async fn heartbeat_list(
        &self,
        details: impl ArgumentList,
    ) -> Result<ActivityHeartbeatResponse, CallError<AsyncActivityError>> {
        let sent = self.inner.heartbeat(Some(Details(details)), RpcOptions::default()).await;
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

/// An activity that is to be finished from elsewhere, before it is said which one it is.
pub struct AsyncActivity {
    client: Client,
    identifier: ActivityIdentifier,
}

impl AsyncActivity {
    /// The one that has this task token.
    pub fn by_token(client: &Client, task_token: impl Into<Vec<u8>>) -> Self {
        let identifier = ActivityIdentifier::from_task_token(TaskToken::from(task_token.into()));
        Self { client: client.clone(), identifier }
    }

    /// The one with this id of the latest run of a workflow.
    pub fn by_id(client: &Client, workflow_id: impl Into<String>, activity_id: impl Into<String>) -> Self {
        let identifier = ActivityIdentifier::by_id_workflow(workflow_id, "", activity_id);
        Self { client: client.clone(), identifier }
    }

    /// It is the activity `A`.
    pub fn handle<A: Activity>(&self) -> AsyncActivityHandle<A> {
        AsyncActivityHandle::new(Self { client: self.client.clone(), identifier: self.identifier.clone() })
    }
}
