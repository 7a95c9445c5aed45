//! Everything that a server holds, counted: what nobody needs any more must be gone.

use super::{Engine, Item};
use crate::run::Phase;

/// How much of everything there is.
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census {
    pub runs: usize,
    pub workflow_ids: usize,
    pub records: usize,
    pub closed: usize,
    pub timers: usize,
    pub queues: usize,
    pub tasks: usize,
    pub pollers: usize,
    pub sleepers: usize,
    pub queries: usize,
    pub awaited: usize,
    pub outbox: usize,
    pub busy: usize,
    pub parents: usize,
    pub schedules: usize,
}

impl Engine {
    pub(crate) fn census(&mut self) -> Census {
        self.forget_stale_timers();
        self.sweep();
        let (queues, tasks, pollers) = self.matching.count();
        Census {
            runs: self.runs.len().max(self.by_run_id.len()),
            workflow_ids: self.current.len(),
            records: self.rooms.values().map(|rooms| rooms.runs.len()).sum(),
            closed: self.retention.len(),
            timers: self.timers.len() + self.recurring.len(),
            queues,
            tasks,
            pollers,
            sleepers: self.sleepers.len(),
            queries: self.queries.len(),
            awaited: self.awaited.len(),
            outbox: self.outbox.len(),
            busy: self.busy,
            parents: self.parents.len(),
            schedules: self.schedules.count(),
        }
    }

    /// Forgets tasks that are not to be done any more, and queues that nobody has polled for long.
    pub(super) fn sweep(&mut self) {
        let mut matching = std::mem::take(&mut self.matching);
        matching.sweep(|item| self.is_wanted(item));
        self.matching = matching;
    }

    /// Whether the task is still to be done.
    pub(crate) fn is_wanted(&self, item: &Item) -> bool {
        match *item {
            Item::Workflow { run, stamp } => {
                let task = self.run(run).and_then(|run| run.task.as_ref());
                task.is_some_and(|task| task.stamp == stamp && !task.is_started())
            }
            Item::Activity { run, scheduled_id, stamp } => {
                let activity = self.run(run).and_then(|run| run.activities.get(&scheduled_id));
                activity.is_some_and(|activity| activity.stamp == stamp && activity.phase == Phase::Scheduled)
            }
            Item::Query { id } => self.queries.get(&id).is_some_and(|asked| !asked.is_over()),
        }
    }
}
