//! Closed runs, and when they are forgotten.
//!
//! The retention of a namespace is counted by the wall's clock: what time skips over makes no run older, so that whoever
//! lets a year pass still finds what happened in it.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use super::{Engine, RunKey};

/// The closed runs, in the order in which they are forgotten.
pub(super) type Retention = BTreeSet<(Instant, RunKey)>;

impl Engine {
    /// The run has closed.
    pub(super) fn retain(&mut self, key: RunKey) {
        let Some(entry) = self.runs.get_mut(&key) else { return };
        let Some(namespace) = self.namespaces.get(&entry.run.ids.namespace) else { return };
        entry.forgotten_at = Instant::now().checked_add(namespace.retention);
        self.retention.extend(entry.forgotten_at.map(|at| (at, key)));
    }

    /// Forgets the runs whose time is over; `false` if there are none.
    pub(super) fn forget_old_runs(&mut self) -> bool {
        let now = Instant::now();
        let mut any = false;
        while let Some((_, key)) = self.retention.first().copied().filter(|(at, _)| *at <= now) {
            self.retention.pop_first();
            self.delete(key);
            any = true;
        }
        any
    }

    /// How long until a run is forgotten.
    pub(super) fn next_forgotten(&self) -> Option<Duration> {
        self.retention.first().map(|(at, _)| at.saturating_duration_since(Instant::now()))
    }
}
