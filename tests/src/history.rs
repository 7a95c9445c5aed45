//! What a workflow's history says.

use std::{pin::pin, time::Duration};

use durably::{
    WorkflowHandle,
    temporal::{
        client::WorkflowFetchHistoryOptions,
        common::protos::temporal::api::{failure::v1::Failure, history::v1::HistoryEvent},
    },
};
use futures_util::StreamExt;

/// What an event is about: one variant for each kind of event.
pub use durably::temporal::common::protos::temporal::api::history::v1::history_event::Attributes;

const LIMIT: Duration = Duration::from_secs(40);

/// All events so far.
pub async fn events<W>(handle: &WorkflowHandle<W>) -> Vec<HistoryEvent> {
    handle.history().into_events().await.unwrap()
}

/// The first event that `pick` wants, awaited if it is not there yet.
pub async fn wait_for<W, T>(handle: &WorkflowHandle<W>, mut pick: impl FnMut(Attributes) -> Option<T>) -> T {
    let options = WorkflowFetchHistoryOptions::builder().wait_new_event(true).build();
    let found = async {
        let mut history = pin!(handle.untyped().fetch_history(options));
        while let Some(event) = history.next().await {
            if let Some(found) = event.unwrap().attributes.and_then(&mut pick) {
                return Some(found);
            }
        }
        None
    };
    let found = tokio::time::timeout(LIMIT, found).await.expect("the event does not come");
    found.expect("the workflow closed without the event")
}

/// The attributes of the first event of a kind, awaited: `event!(greeting, WorkflowExecutionStartedEventAttributes)`.
#[macro_export]
macro_rules! event {
    ($handle:expr, $kind:ident) => {
        $crate::history::wait_for(&$handle, |attributes| match attributes {
            $crate::history::Attributes::$kind(attributes) => Some(attributes),
            _ => None,
        })
        .await
    };
}

/// The attributes of all events of a kind so far: `events!(greeting, WorkflowExecutionSignaledEventAttributes)`.
#[macro_export]
macro_rules! events {
    ($handle:expr, $kind:ident) => {
        $crate::history::events(&$handle)
            .await
            .into_iter()
            .filter_map(|event| match event.attributes {
                Some($crate::history::Attributes::$kind(attributes)) => Some(attributes),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
}

/// Why the first failed workflow task failed, awaited.
pub async fn task_failure<W>(handle: &WorkflowHandle<W>) -> String {
    let failed = event!(*handle, WorkflowTaskFailedEventAttributes);
    messages(&failed.failure.unwrap_or_default())
}

/// The messages of a failure and of its causes.
pub fn messages(failure: &Failure) -> String {
    let mut messages = vec![failure.message.clone()];
    let mut cause = failure.cause.as_deref();
    while let Some(failure) = cause {
        messages.push(failure.message.clone());
        cause = failure.cause.as_deref();
    }
    messages.join(": ")
}
