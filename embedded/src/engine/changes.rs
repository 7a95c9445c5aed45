//! What has changed since it was last written to the file.

use std::collections::{BTreeSet, HashSet};

use super::{Engine, RunKey};
use crate::{
    run,
    store::{Batch, Pair},
};

/// The names of what has changed. What it is now is looked up when it is written: what changes often in between is written
/// once.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Whether there are any that nobody has counted.
    news: bool,
    clock: bool,
    runs: BTreeSet<RunKey>,
    latest: HashSet<Pair>,
    namespaces: BTreeSet<String>,
    schedules: HashSet<Pair>,
    scheduled: HashSet<String>,
    parents: HashSet<String>,
}

impl Engine {
    /// From now on changes are noted.
    pub(super) fn note_changes(&mut self) {
        self.changes.get_or_insert_default();
    }

    /// Nobody writes them any more.
    pub(super) fn forget_changes(&mut self) {
        self.changes = None;
    }

    fn note(&mut self, note: impl FnOnce(&mut Changes)) {
        if let Some(changes) = &mut self.changes {
            changes.news = true;
            note(changes);
        }
    }

    pub(super) fn note_run(&mut self, key: RunKey) {
        self.note(|changes| {
            changes.runs.insert(key);
        });
    }

    pub(super) fn note_latest(&mut self, id: &Pair) {
        self.note(|changes| {
            changes.latest.insert(id.clone());
        });
    }

    pub(super) fn note_schedule(&mut self, id: &Pair) {
        self.note(|changes| {
            changes.schedules.insert(id.clone());
        });
    }

    pub(super) fn note_scheduled(&mut self, first_run_id: &str) {
        self.note(|changes| {
            changes.scheduled.insert(first_run_id.to_owned());
        });
    }

    pub(super) fn note_parent(&mut self, first_run_id: &str) {
        self.note(|changes| {
            changes.parents.insert(first_run_id.to_owned());
        });
    }

    pub(super) fn note_clock(&mut self) {
        self.note(|changes| changes.clock = true);
    }

    /// Whether anything has changed since this was asked the last time.
    pub(super) fn has_news(&mut self) -> bool {
        let named = self.namespaces.take_changed();
        let Some(changes) = &mut self.changes else { return false };
        changes.news |= !named.is_empty();
        changes.namespaces.extend(named);
        std::mem::take(&mut changes.news)
    }

    /// What is to be written, as it is now; `None` if nothing is.
    pub(super) fn take_batch(&mut self) -> Option<Batch> {
        let changes = std::mem::take(self.changes.as_mut()?);
        let Changes { news: _, clock, runs, latest, namespaces, schedules, scheduled, parents } = changes;
        let nothing = runs.is_empty() && namespaces.is_empty() && schedules.is_empty() && latest.is_empty();
        if nothing && scheduled.is_empty() && parents.is_empty() && !clock {
            return None;
        }
        let mut batch = Batch {
            skipped: u64::try_from(self.clock.skipped().as_nanos()).unwrap_or(u64::MAX),
            now: u64::try_from(self.clock.now().nanos()).unwrap_or(0),
            ..Batch::default()
        };
        for key in runs {
            self.write_run(key, &mut batch);
        }
        batch.latest = latest.into_iter().map(|id| (id.clone(), self.current.get(&id).copied())).collect();
        batch.namespaces = namespaces.into_iter().map(|name| (self.encode_namespace(&name), name)).map(swap).collect();
        batch.schedules = schedules.into_iter().map(|id| (self.schedules.encode(&id), id)).map(swap).collect();
        batch.scheduled =
            scheduled.into_iter().map(|run| (self.schedules.of_chain(&run).cloned(), run)).map(swap).collect();
        batch.parents = parents.into_iter().map(|run| (self.parents.get(&run).copied(), run)).map(swap).collect();
        Some(batch)
    }

    fn write_run(&mut self, key: RunKey, batch: &mut Batch) {
        let Some(entry) = self.runs.get_mut(&key) else { return batch.runs.push((key, None)) };
        batch.runs.push((key, Some(entry.run.encode())));
        let log = &entry.run.log;
        let there = (log.len(), log.batches().len());
        if there != entry.kept {
            let (events, batches) = entry.kept;
            batch.events.push(((key, events as u64), run::encode_events(log, events, batches)));
            entry.kept = there;
        }
    }
}

fn swap<A, B>((a, b): (A, B)) -> (B, A) {
    (b, a)
}
