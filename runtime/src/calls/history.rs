//! The history of a workflow, as a client fetches it.

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use futures_util::{Stream, TryStreamExt};
use temporalio_client::{
    Client, UntypedWorkflowHandle, WorkflowFetchHistoryOptions, WorkflowHistory, WorkflowHistoryError,
    errors::WorkflowInteractionError,
};
use temporalio_common::protos::temporal::api::history::v1::HistoryEvent;

use super::{Call, CallError, Verb};

/// The history of a workflow: a stream of its events, fetched page by page.
///
/// [`WorkflowHistory`] is the same to Temporal's crates, and what [`testing::replay`](crate::testing::replay) takes.
///
/// ```
/// # use durably::prelude::*;
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
/// # fn main() {}
/// # async fn example(greeting: GreetingHandle) -> Result<(), Box<dyn std::error::Error>> {
/// let events = greeting.history().into_events().await?;
/// durably::testing::replay::<Greeting>(greeting.history()).await?;
/// # Ok(()) }
/// ```
#[must_use = "nothing is fetched unless it is polled"]
pub struct History {
    handle: UntypedWorkflowHandle<Client>,
    events: WorkflowHistory,
}

impl History {
    pub(super) fn new(handle: UntypedWorkflowHandle<Client>) -> Self {
        let events = handle.fetch_history(WorkflowFetchHistoryOptions::builder().build());
        Self { handle, events }
    }

    /// All events that are left.
    pub async fn into_events(self) -> Result<Vec<HistoryEvent>, CallError<WorkflowInteractionError>> {
        self.try_collect().await
    }

    /// All events that are left, as JSON; [`WorkflowHistory::from_json`] reads it.
    pub async fn to_json(self) -> Result<Vec<u8>, CallError<WorkflowHistoryError>> {
        let Self { handle, events } = self;
        events.to_json().await.map_err(|kind| failed(&handle, kind))
    }
}

fn failed<K>(handle: &UntypedWorkflowHandle<Client>, kind: K) -> CallError<K> {
    CallError::new(Call::of(handle.client(), Verb::History, handle.info()), kind)
}

impl Stream for History {
    type Item = Result<HistoryEvent, CallError<WorkflowInteractionError>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { handle, events } = &mut *self;
        Pin::new(events).poll_next(cx).map_err(|kind| failed(handle, kind))
    }
}

impl From<History> for WorkflowHistory {
    fn from(history: History) -> Self {
        history.events
    }
}

impl fmt::Debug for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("History").field("workflow_id", &self.handle.info().workflow_id).finish_non_exhaustive()
    }
}
