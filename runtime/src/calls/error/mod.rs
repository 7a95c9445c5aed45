//! Why a call of a client failed, and which call it was.

mod call;
mod failure;
mod kind;
mod status;
mod update;

pub use call::{Call, Verb};
pub use kind::CallErrorKind;
pub(crate) use status::{Said, missing_namespace};
pub use update::{StartWithUpdateError, UpdateError};

use std::{error::Error, fmt, ops::Deref};

/// A call of a client failed: what was called, and what kind of error it is.
///
/// All calls about a workflow or an activity fail with it, each with a `K` of its own:
///
/// | call | `K` |
/// | --- | --- |
/// | start, also with a signal | [`WorkflowStartError`](crate::WorkflowStartError) |
/// | start with an update | [`StartWithUpdateError`](crate::StartWithUpdateError) |
/// | start and wait for the result | [`ExecuteError`](crate::ExecuteError) |
/// | signal, cancel, terminate, describe, history | [`WorkflowInteractionError`](crate::WorkflowInteractionError) |
/// | query | [`WorkflowQueryError`](crate::WorkflowQueryError) |
/// | update, answer of an update | [`UpdateError`](crate::UpdateError) |
/// | result | [`WorkflowGetResultError`](crate::WorkflowGetResultError) |
/// | complete, fail, heartbeat an activity from outside | [`AsyncActivityError`](crate::AsyncActivityError) |
///
/// Where a workflow or an update declares a [`Failure`](crate::Failure), the kind is a [`Failed`](crate::Failed) with it:
/// that failure, or the kind above.
///
/// Match on [`kind`](CallError::kind), or on what the error dereferences to, which is the same:
///
/// ```
/// # use durably::prelude::*;
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
/// # fn main() {}
/// use durably::{CallError, WorkflowQueryError, WorkflowStartError};
///
/// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
/// let greeting = match Greeting::start(&client, "Ada").id("greeting-7").await {
///     Err(CallError { kind: WorkflowStartError::AlreadyStarted { .. }, .. }) => Greeting::handle(&client, "greeting-7"),
///     started => started?,
/// };
/// match greeting.pending().await {
///     Ok(pending) => println!("{pending} to greet"),
///     Err(error) if matches!(*error, WorkflowQueryError::NotFound(_)) => println!("nobody is there"),
///     // query `pending` of workflow `greeting-7`: there was no answer in time (Timeout expired); ..
///     Err(error) => return Err(error.into()),
/// }
/// # Ok(()) }
/// ```
///
/// The message says all there is to say, so there is no [`source`](Error::source): what the server, the data converter or the
/// failed workflow has said is in it, and typed in `kind`.
#[non_exhaustive]
pub struct CallError<K> {
    /// What is wrong.
    pub kind: K,
    /// What was called.
    pub call: Box<Call>,
}

impl<K> CallError<K> {
    pub(crate) fn new(call: Call, kind: K) -> Self {
        Self { kind, call: Box::new(call) }
    }

    /// The workflow that was called, or that the activity belongs to; `None` for an activity by its task token.
    pub fn workflow_id(&self) -> Option<&str> {
        self.call.workflow_id.as_deref()
    }

    /// What is wrong, alone.
    pub fn into_kind(self) -> K {
        self.kind
    }

    /// The same call, with another kind of error.
    pub(crate) fn map<L>(self, change: impl FnOnce(K) -> L) -> CallError<L> {
        CallError { kind: change(self.kind), call: self.call }
    }
}

impl<K> Deref for CallError<K> {
    type Target = K;

    fn deref(&self) -> &K {
        &self.kind
    }
}

impl<K: CallErrorKind> fmt::Display for CallError<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.call)?;
        self.kind.explain(&self.call, f)
    }
}

/// The message, which is what `main`, `unwrap` and `expect` print.
impl<K: CallErrorKind> fmt::Debug for CallError<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<K: CallErrorKind> Error for CallError<K> {}
