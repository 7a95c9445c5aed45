//! Activities as the attributes describe them, executed through Temporal's own traits.

mod async_handle;
mod heartbeat;
mod method;
mod registry;

pub use async_handle::{AsyncActivity, AsyncActivityHandle};
pub use heartbeat::Heartbeat;
pub use method::{ActivityMethod, Method};
pub use registry::{ActivityInput, ActivityOf, ActivityRegistry};

use std::sync::Arc;

use futures_util::future::BoxFuture;
use temporalio_client::Client;
use temporalio_common::ActivityError;
use temporalio_sdk::activities::ActivityContext;

use crate::{
    arguments::{ArgumentList, ArgumentValue},
    failure::FailureType,
    outcome::{ActivityFailure, Outcome, finish_activity},
    table::ActivityTable,
};

/// An activity: the type that `#[activity]` emits beside a function, by the same name.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an activity",
    label = "no function of this name is marked `#[activity]`",
    note = "mark the function with `#[activity]` and name it here: `.activity::<charge>()`"
)]
pub trait Activity: Sized + 'static {
    /// Its name, its arguments and the defaults of every call.
    const TABLE: &'static ActivityTable;
    /// What it takes, as a list: `(first, (second, ()))`.
    type Arguments: ArgumentList;
    /// What it results in.
    type Output: ArgumentValue;
    /// The failure type its callers can match on.
    type Failure: FailureType;
    /// What else it may fail with.
    #[doc(hidden)]
    type Error: ActivityFailure;
    /// What the function returns.
    #[doc(hidden)]
    type Outcome: Outcome<Output = Self::Output, Failure = Self::Failure, Error = Self::Error> + 'static;
    /// What `&self` is: `()` for a function.
    #[doc(hidden)]
    type Receiver: Send + Sync + 'static;
    /// Whether the attribute gives a close timeout.
    #[doc(hidden)]
    type CloseTimeout;

    /// The name on the wire, where the arguments bring it along instead of the table.
    #[doc(hidden)]
    fn called(_arguments: &Self::Arguments) -> Option<String> {
        None
    }

    /// Runs it.
    #[doc(hidden)]
    fn call(
        receiver: Arc<Self::Receiver>,
        context: ActivityContext,
        arguments: Self::Arguments,
    ) -> BoxFuture<'static, Result<Self::Output, ActivityError>>;

    /// The activity that has this task token, to finish it from elsewhere.
    fn async_handle(client: &Client, task_token: impl Into<Vec<u8>>) -> AsyncActivityHandle<Self> {
        AsyncActivityHandle::new(AsyncActivity::by_token(client, task_token))
    }

    /// The activity with this id of the latest run of a workflow, to finish it from elsewhere.
    fn async_handle_by_id(
        client: &Client,
        workflow_id: impl Into<String>,
        activity_id: impl Into<String>,
    ) -> AsyncActivityHandle<Self> {
        AsyncActivityHandle::new(AsyncActivity::by_id(client, workflow_id, activity_id))
    }
}

/// A type whose impl is marked `#[activities]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no activities",
    label = "no impl of `{Self}` is marked `#[activities]`"
)]
pub trait Activities: Send + Sync + Sized + 'static {
    /// Registers each of its activities.
    #[doc(hidden)]
    fn register(self: &Arc<Self>, registry: &mut ActivityRegistry);
}

/// What the function of an activity returns.
#[doc(hidden)]
pub type Returned<A> = <<A as Activity>::Outcome as Outcome>::Returned;
/// An activity at work.
type Running<A> = BoxFuture<'static, Result<<A as Activity>::Output, ActivityError>>;

/// Runs an async activity.
#[doc(hidden)]
pub fn asynchronous<A: Activity>(activity: impl Future<Output = Returned<A>> + Send + 'static) -> Running<A> {
    Box::pin(async move {
        let returned = activity.await;
        finish_activity::<A::Outcome>(returned)
    })
}

/// Runs a plain function on the blocking pool.
#[doc(hidden)]
pub fn blocking<A: Activity>(activity: impl FnOnce() -> Returned<A> + Send + 'static) -> Running<A>
where
    Returned<A>: Send,
{
    Box::pin(async move {
        match tokio::task::spawn_blocking(activity).await {
            Ok(returned) => finish_activity::<A::Outcome>(returned),
            // The worker reports a panic of any activity with its message.
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Err(error) => Err(error.into()),
        }
    })
}
