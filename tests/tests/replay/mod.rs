//! Histories replayed against workflow code: what was recorded once must fit, and so must what this server records now.
//!
//! The files in `tests/histories` come from a real server:
//! `cargo test -p durably-tests record_histories -- --ignored` makes them anew.

mod changed;
mod count;
mod deadline;
mod local;
mod parcel;
mod retouch;
mod shipment;

use std::path::{Path, PathBuf};

use durably::{WorkflowHistory, WorkflowReplayError, WorkflowReplayFailure, prelude::*, testing::replay};
use durably_tests::{address, client};

use self::{
    count::Count,
    deadline::Deadline,
    local::Prepare,
    parcel::Parcel,
    retouch::Retouch,
    shipment::{Box as ShipmentBox, Shipment},
};

#[tokio::test]
async fn signals_queries_updates_and_activities() {
    fits::<Parcel>(stored("parcel")).await;
    fits::<Parcel>(parcel::record(&client().await).await).await;
}

#[tokio::test]
async fn child_workflows() {
    fits::<Shipment>(stored("shipment")).await;
    fits::<ShipmentBox>(stored("box")).await;
    let (shipment, child) = shipment::record(&client().await).await;
    fits::<Shipment>(shipment).await;
    fits::<ShipmentBox>(child).await;
}

#[tokio::test]
async fn continue_as_new() {
    fits::<Count>(stored("count-first")).await;
    fits::<Count>(stored("count-last")).await;
    let (first, last) = count::record(&client().await).await;
    fits::<Count>(first).await;
    fits::<Count>(last).await;
}

#[tokio::test]
async fn timers_and_select() {
    fits::<Deadline>(stored("deadline")).await;
    fits::<Deadline>(deadline::record(&client().await).await).await;
}

#[tokio::test]
async fn local_activities() {
    fits::<Prepare>(stored("local")).await;
    fits::<Prepare>(local::record(&client().await).await).await;
}

#[tokio::test]
async fn async_handlers() {
    fits::<Retouch>(stored("retouch")).await;
    fits::<Retouch>(retouch::record(&client().await).await).await;
}

#[tokio::test]
async fn an_activity_more_is_caught() {
    differs::<changed::another_activity::Parcel>(stored("parcel")).await;
}

#[tokio::test]
async fn another_order_is_caught() {
    differs::<changed::another_order::Parcel>(stored("parcel")).await;
}

#[tokio::test]
async fn an_activity_instead_of_a_child_is_caught() {
    differs::<changed::no_child::Shipment>(stored("shipment")).await;
}

#[tokio::test]
async fn a_timer_less_is_caught() {
    differs::<changed::no_timer::Deadline>(stored("deadline")).await;
}

#[tokio::test]
async fn a_run_that_ends_too_early_is_caught() {
    differs::<changed::no_next_run::Count>(stored("count-first")).await;
}

#[tokio::test]
async fn a_handler_that_does_less_is_caught() {
    differs::<changed::idle_handler::Retouch>(stored("retouch")).await;
}

#[tokio::test]
async fn the_history_of_another_workflow_is_refused() {
    let error = replay::<Parcel>(stored("deadline")).await.unwrap_err();
    assert!(error.to_string().contains("Deadline"), "{error}");
}

/// Makes the files in `tests/histories` anew.
#[tokio::test]
#[ignore = "overwrites the recorded histories"]
async fn record_histories() {
    // Histories say who made them.
    let client = durably::client().address(address()).identity("durably-tests").await.unwrap();
    store("parcel", parcel::record(&client).await).await;
    let (shipment, child) = shipment::record(&client).await;
    store("shipment", shipment).await;
    store("box", child).await;
    let (first, last) = count::record(&client).await;
    store("count-first", first).await;
    store("count-last", last).await;
    store("deadline", deadline::record(&client).await).await;
    store("local", local::record(&client).await).await;
    store("retouch", retouch::record(&client).await).await;
}

async fn fits<W: Workflow>(history: WorkflowHistory) {
    replay::<W>(history).await.unwrap_or_else(|error| panic!("{}: {error}", W::TYPE.name));
}

async fn differs<W: Workflow>(history: WorkflowHistory) {
    match replay::<W>(history).await {
        Err(WorkflowReplayError::Replay(WorkflowReplayFailure::Nondeterminism { .. })) => {}
        other => panic!("{}: {other:?}", W::TYPE.name),
    }
}

fn stored(name: &str) -> WorkflowHistory {
    let json = std::fs::read(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    WorkflowHistory::from_json(&json).unwrap()
}

async fn store(name: &str, history: WorkflowHistory) {
    let history: serde_json::Value = serde_json::from_slice(&history.to_json().await.unwrap()).unwrap();
    std::fs::write(path(name), format!("{history:#}\n")).unwrap();
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("histories").join(format!("{name}.json"))
}
