//! What becomes of workflows when processes die and wires break: every one of them completes, and what it does to the world
//! is done once.

mod cut_wire;
mod killed_activity;
mod killed_worker;
mod restarted_server;

use durably::prelude::*;
use durably_tests::faults::{Ledger, ledger};

/// Has an effect in the ledger at this address, and gives its number.
///
/// An activity runs at least once. What makes its effect happen once is the key: its own id, the same in each attempt and for
/// each worker.
#[activity(
    start_to_close_timeout = "3s",
    retry_policy(initial_interval = "100ms", backoff_coefficient = 1.5, maximum_interval = "1s")
)]
async fn book(ctx: &ActivityContext, ledger: String) -> ActivityResult<usize> {
    let info = ctx.info();
    let key = key(info.workflow_id.as_deref().unwrap_or_default(), &info.activity_id);
    Ok(ledger::book(&ledger, &key).await.map_err(|error| ApplicationFailure::new(error))?)
}

fn key(workflow_id: &str, activity_id: &str) -> String {
    format!("{workflow_id}/{activity_id}")
}

/// Asserts that the ledger holds the effects of these workflows, each once, and nothing else; `effects` are the numbers that
/// a workflow has in its result.
fn assert_booked_once<'a>(ledger: &Ledger, workflows: impl Iterator<Item = (&'a str, &'a [usize])>) {
    let pages = ledger.pages();
    let mut left = pages.bookings.iter().map(String::as_str).collect::<Vec<_>>();
    left.sort_unstable();
    let mut expected = Vec::new();
    for (workflow_id, effects) in workflows {
        for (nth, number) in (1..).zip(effects) {
            let booked = pages.bookings.get(*number).unwrap_or_else(|| panic!("{workflow_id}: no booking {number}"));
            assert_eq!(booked.split_once('/').map(|(id, _)| id), Some(workflow_id), "effect {nth}");
            expected.push(booked.as_str());
        }
    }
    expected.sort_unstable();
    assert_eq!(left, expected, "each effect once, and no other");
}
