//! How the script learns where a workflow or an activity is, and tells activities to go on: marks, which are in this
//! process, and of which no server knows.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
};

use tokio::sync::watch;

type Marks = HashMap<String, watch::Sender<bool>>;

static MARKS: LazyLock<Mutex<Marks>> = LazyLock::new(Mutex::default);

fn mark(run_id: &str, name: &str) -> watch::Sender<bool> {
    MARKS.lock().unwrap().entry(format!("{run_id} {name}")).or_insert_with(|| watch::channel(false).0).clone()
}

/// Something of a run has got somewhere, for good.
pub(crate) fn reach(run_id: &str, name: &str) {
    mark(run_id, name).send_replace(true);
}

/// How often that was asked before, this time included.
pub(crate) fn count(run_id: &str, name: &str) -> u32 {
    static COUNTS: LazyLock<Mutex<HashMap<String, u32>>> = LazyLock::new(Mutex::default);
    let mut counts = COUNTS.lock().unwrap();
    let count = counts.entry(format!("{run_id} {name}")).or_default();
    *count += 1;
    *count
}

/// Waits until it has got there.
pub(crate) async fn reached(run_id: &str, name: &str) {
    let _ = mark(run_id, name).subscribe().wait_for(|reached| *reached).await;
}
