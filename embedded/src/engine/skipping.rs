//! When time may skip, and how far.

use std::{collections::HashMap, sync::Arc};

use super::{Engine, Kind, QueueKey, RunKey, Shared};
use crate::time::Time;

/// What may be otherwise about skipping than usual.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SkipRules {
    /// Whether time also skips while a task waits in a queue that no worker polls.
    pub(crate) while_unpolled: bool,
}

/// The runs that clients wait for, and how many wait.
pub(super) type Awaited = HashMap<RunKey, usize>;

impl Engine {
    /// Jumps to the next thing to happen, if nobody has anything to do; `false` if time stays.
    pub(super) fn skip(&mut self) -> bool {
        if !self.clock.skips() || !self.queries.is_empty() || (self.busy > 0 && !self.lacks_workers()) {
            return false;
        }
        let sleeper = self.sleepers.iter().map(|sleeper| sleeper.at).min();
        let reasons = [self.next_reason(), sleeper, self.next_awaited()];
        let reasons = reasons.into_iter().flatten().filter(|at| *at < Time::HORIZON);
        let Some(target) = reasons.min() else { return false };
        // What happens again and again is no reason to skip; but none of its times is skipped over.
        let stops = [self.next_recurring(), self.schedules.next_wakeup()];
        let target = stops.into_iter().flatten().fold(target, Time::min);
        self.clock.jump(target);
        self.note_clock();
        true
    }

    /// Whether all that keeps time from skipping is that nobody polls; `false` if that is no reason to skip.
    fn lacks_workers(&self) -> bool {
        self.rules.while_unpolled
            && self.runs.values().filter(|entry| entry.busy).all(|entry| {
                let namespace = &entry.run.ids.namespace;
                let polled = |kind: Kind, name: &str| {
                    self.matching.is_alive(&QueueKey { namespace: namespace.clone(), name: name.to_owned(), kind })
                };
                entry.run.waits_for_workers_only(
                    |queue| polled(Kind::Workflow, queue),
                    |queue| polled(Kind::Activity, queue),
                )
            })
    }

    /// The next time of a cron schedule that somebody waits for.
    fn next_awaited(&self) -> Option<Time> {
        let waits = |key: &RunKey| self.run(*key).filter(|run| run.waits_for_cron())?.backoff_until();
        self.awaited.keys().filter_map(waits).min()
    }

    /// Lets time skip while an activity goes on that somebody outside will end; `false` if no worker has had it.
    pub(crate) fn release_activity(&mut self, namespace: &str, workflow_id: &str, activity_id: &str) -> bool {
        let id = (namespace.to_owned(), workflow_id.to_owned());
        let Some(key) = self.current.get(&id).copied() else { return false };
        self.transition(key, |run, _| run.release_activity(activity_id)).unwrap_or(false)
    }
}

/// Somebody who waits for what becomes of a run: the time of its cron schedule is worth skipping to.
pub(crate) struct Waiter {
    shared: Arc<Shared>,
    run: RunKey,
}

impl Waiter {
    pub(crate) fn new(shared: &Arc<Shared>, run: RunKey) -> Self {
        shared.with(|engine| *engine.awaited.entry(run).or_default() += 1);
        Self { shared: Arc::clone(shared), run }
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        self.shared.with(|engine| {
            let Some(count) = engine.awaited.get_mut(&self.run) else { return };
            *count -= 1;
            if *count == 0 {
                engine.awaited.remove(&self.run);
            }
        });
    }
}
