//! What becomes of workflows when processes die and wires break: every one of them completes, and what it does to the world
//! is done once.

mod cut_wire;
mod killed_activity;
mod killed_worker;
mod restarted_server;

use std::ops::Deref;

use durably::{WorkflowHandle, prelude::*};
use durably_tests::{
    Attributes,
    faults::{Ledger, ledger},
    recorded,
};
use futures_util::future::join_all;

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
    Ok(ledger::book(&ledger, &key).await.map_err(ApplicationFailure::new)?)
}

fn key(workflow_id: &str, activity_id: &str) -> String {
    format!("{workflow_id}/{activity_id}")
}

/// Asserts that the ledger holds the effects of these workflows, each once, and nothing else. What a workflow gives are the
/// numbers of its effects.
fn assert_booked_once<'a>(ledger: &Ledger, workflows: impl Iterator<Item = (&'a str, &'a [usize])>) {
    let pages = ledger.pages();
    let mut owners = vec![None; pages.bookings.len()];
    for (workflow_id, numbers) in workflows {
        for number in numbers {
            let booked = pages.bookings.get(*number).and_then(|key| key.split_once('/')).map(|(id, _)| id);
            assert_eq!(booked, Some(workflow_id), "effect {number}, which this workflow has in its result");
            assert_eq!(owners[*number].replace(workflow_id), None, "effect {number} is in a result already");
        }
    }
    let unknown = pages.bookings.iter().zip(owners).filter_map(|(key, owner)| owner.is_none().then_some(key));
    let unknown = unknown.collect::<Vec<_>>();
    assert!(unknown.is_empty(), "effects that no result has, since they happened twice: {unknown:?}");
}

/// Asserts that the histories of these workflows hold both activities once: nothing that had happened was scheduled again.
async fn assert_scheduled_once<W: 'static, H: Deref<Target = WorkflowHandle<W>>>(workflows: &[H]) {
    let scheduled = join_all(workflows.iter().map(async |workflow| {
        let events = recorded::attributes(workflow).await;
        events.iter().filter(|event| matches!(event, Attributes::ActivityTaskScheduledEventAttributes(_))).count()
    }));
    for (workflow, scheduled) in workflows.iter().zip(scheduled.await) {
        assert_eq!(scheduled, 2, "activities of {}", workflow.workflow_id());
    }
}
