//! What lists and counts know of runs.

use super::{Engine, RunKey};

impl Engine {
    /// Keeps what is known of a run up to date.
    pub(super) fn record(&mut self, _key: RunKey) {}

    /// Forgets what was known of a run.
    pub(super) fn forget_record(&mut self, _namespace: &str, _run_id: &str) {}
}
