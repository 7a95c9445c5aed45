//! Workers that leave.

use super::{Engine, Item, QueueKey};
use crate::run::Run;

impl Engine {
    /// The worker of a sticky queue is gone: its tasks are for everyone.
    pub(crate) fn give_up_sticky(&mut self, key: &QueueKey) {
        for item in self.matching.drain(key) {
            match item {
                Item::Workflow { run, .. } => {
                    self.transition(run, |run: &mut Run, _| run.forget_sticky());
                    let Some(queue) = self.run(run).map(|run| run.task_queue().name) else { continue };
                    let queue = QueueKey { name: queue, ..key.clone() };
                    self.matching.add(queue, item);
                }
                Item::Query { id } => self.dispatch_query(id, false),
                Item::Activity { .. } => {}
            }
        }
    }

    /// Ends and forgets everything in a namespace.
    pub(crate) fn delete_all(&mut self, namespace: &str) {
        let keys: Vec<_> =
            self.runs.iter().filter(|(_, entry)| entry.run.ids.namespace == namespace).map(|(key, _)| *key).collect();
        for key in keys {
            self.delete(key);
        }
        self.forget_schedules(namespace);
        self.workers.remove(namespace);
        self.batches.retain(|(of, _), _| of != namespace);
    }
}
