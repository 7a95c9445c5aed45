//! What a history says.

use std::time::Duration;

use durably::{
    WorkflowHandle,
    temporal::{
        client::WorkflowFetchHistoryOptions,
        common::protos::temporal::api::{common::v1::Payload, history::v1::history_event::Attributes},
    },
};
use futures_util::StreamExt;

/// The attributes of all events so far.
pub async fn attributes<W>(handle: &WorkflowHandle<W>) -> Vec<Attributes> {
    let events = handle.history().into_events().await.unwrap_or_else(|error| panic!("{error}"));
    events.into_iter().filter_map(|event| event.attributes).collect()
}

/// Follows the history, event by event as they come, until one is what `wanted` looks for.
pub async fn until<W>(handle: &WorkflowHandle<W>, wanted: impl Fn(&Attributes) -> bool) -> Attributes {
    let options = WorkflowFetchHistoryOptions::builder().wait_new_event(true).build();
    let mut history = handle.untyped().fetch_history(options);
    let search = async {
        while let Some(event) = history.next().await {
            let attributes = event.unwrap_or_else(|error| panic!("{error}")).attributes;
            if let Some(found) = attributes.filter(&wanted) {
                return found;
            }
        }
        panic!("the workflow closed, and its history does not hold it")
    };
    tokio::time::timeout(Duration::from_secs(30), search).await.expect("the history does not hold it so far")
}

/// The summaries of the events that `wanted` looks for, as far as they have one.
pub async fn summaries<W>(handle: &WorkflowHandle<W>, wanted: impl Fn(&Attributes) -> bool) -> Vec<String> {
    let events = handle.history().into_events().await.unwrap_or_else(|error| panic!("{error}"));
    let wanted = events.into_iter().filter(|event| event.attributes.as_ref().is_some_and(&wanted));
    wanted.filter_map(|event| event.user_metadata?.summary).map(|summary| json(&summary).to_owned()).collect()
}

/// A payload as the JSON text that it is.
pub fn json(payload: &Payload) -> &str {
    std::str::from_utf8(&payload.data).unwrap_or_else(|error| panic!("{error}"))
}

/// The attributes of all events of one kind: `recorded!(handle, TimerFiredEventAttributes)`.
#[macro_export]
macro_rules! recorded {
    ($handle:expr, $kind:ident) => {
        $crate::recorded::attributes(&$handle)
            .await
            .into_iter()
            .filter_map(|attributes| match attributes {
                $crate::Attributes::$kind(attributes) => Some(attributes),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
}

/// Waits for an event of one kind: `awaited!(handle, ActivityTaskStartedEventAttributes)`.
#[macro_export]
macro_rules! awaited {
    ($handle:expr, $kind:ident) => {
        $crate::recorded::until(&$handle, |attributes| matches!(attributes, $crate::Attributes::$kind(_))).await;
    };
}
