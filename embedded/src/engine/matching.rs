//! Tasks and those who wait for them.

use std::{
    collections::{HashMap, VecDeque},
    time::{Duration, Instant, SystemTime},
};

use tokio::sync::oneshot;

use super::RunKey;

/// How long a queue counts as looked after since the last poll has ended.
const ALIVE: Duration = Duration::from_secs(10);
/// How long a poller is listed after its last poll.
const LISTED: Duration = Duration::from_secs(300);
/// So few are not worth being looked through.
const FEW: usize = 1024;

/// A task queue of one namespace.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct QueueKey {
    pub(crate) namespace: String,
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

/// What is in a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Workflow,
    Activity,
}

/// A task by its names; whether it is still to be done is for the run to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    Workflow { run: RunKey, stamp: u64 },
    Activity { run: RunKey, scheduled_id: i64, stamp: u64 },
    Query { id: u64 },
}

#[derive(Debug, Default)]
struct Queue {
    items: VecDeque<Item>,
    pollers: VecDeque<(u64, oneshot::Sender<Item>)>,
    last_poll: Option<Instant>,
    identities: HashMap<String, (SystemTime, Instant)>,
}

/// All task queues.
#[derive(Debug, Default)]
pub(crate) struct Matching {
    queues: HashMap<QueueKey, Queue>,
    next_poller: u64,
    /// How many tasks and queues there may be before the stale ones have to go.
    full: usize,
    waiting: usize,
}

impl Matching {
    /// Gives the task to whoever waits longest, or keeps it.
    pub(crate) fn add(&mut self, key: QueueKey, item: Item) {
        self.put(key, item, false);
    }

    /// A task that was given to someone who is gone: it is the next one again.
    pub(crate) fn put_back(&mut self, key: QueueKey, item: Item) {
        self.put(key, item, true);
    }

    fn put(&mut self, key: QueueKey, item: Item, first: bool) {
        let queue = self.queues.entry(key).or_default();
        let mut item = item;
        while let Some((_, poller)) = queue.pollers.pop_front() {
            match poller.send(item) {
                Ok(()) => return,
                Err(refused) => item = refused,
            }
        }
        if first {
            queue.items.push_front(item)
        } else {
            queue.items.push_back(item)
        }
        self.waiting += 1;
    }

    /// Whether it is time for a [`sweep`](Self::sweep).
    pub(crate) fn is_full(&self) -> bool {
        self.waiting.max(self.queues.len()) > self.full.max(FEW)
    }

    /// Forgets what is not wanted any more, and the queues that nobody has polled for long.
    pub(crate) fn sweep(&mut self, wanted: impl Fn(&Item) -> bool) {
        self.queues.retain(|_, queue| {
            queue.items.retain(&wanted);
            queue.pollers.retain(|(_, poller)| !poller.is_closed());
            queue.identities.retain(|_, (_, seen)| seen.elapsed() < LISTED);
            !queue.items.is_empty() || !queue.pollers.is_empty() || !queue.identities.is_empty()
        });
        self.waiting = self.queues.values().map(|queue| queue.items.len()).sum();
        self.full = self.waiting.max(self.queues.len()).saturating_mul(2);
    }

    /// How many queues, tasks and pollers there are.
    pub(crate) fn count(&self) -> (usize, usize, usize) {
        let tasks = self.queues.values().map(|queue| queue.items.len()).sum();
        (self.queues.len(), tasks, self.queues.values().map(|queue| queue.pollers.len()).sum())
    }

    /// The next task, if there is one.
    pub(crate) fn take(&mut self, key: &QueueKey, identity: &str) -> Option<Item> {
        let queue = self.queues.entry(key.clone()).or_default();
        let now = Instant::now();
        queue.last_poll = Some(now);
        queue.identities.retain(|_, (_, seen)| now.duration_since(*seen) < LISTED);
        queue.identities.insert(identity.to_owned(), (SystemTime::now(), now));
        let item = queue.items.pop_front();
        self.waiting -= usize::from(item.is_some());
        item
    }

    /// Waits for a task; the number is for [`Matching::leave`].
    pub(crate) fn wait(&mut self, key: &QueueKey) -> (u64, oneshot::Receiver<Item>) {
        self.next_poller += 1;
        let (send, receive) = oneshot::channel();
        self.queues.entry(key.clone()).or_default().pollers.push_back((self.next_poller, send));
        (self.next_poller, receive)
    }

    /// Waits no longer.
    pub(crate) fn leave(&mut self, key: &QueueKey, poller: u64) {
        if let Some(queue) = self.queues.get_mut(key) {
            queue.pollers.retain(|(id, _)| *id != poller);
            queue.last_poll = Some(Instant::now());
        }
    }

    /// Whether anybody looks after the queue.
    pub(crate) fn is_alive(&self, key: &QueueKey) -> bool {
        self.queues.get(key).is_some_and(|queue| {
            queue.pollers.iter().any(|(_, poller)| !poller.is_closed())
                || queue.last_poll.is_some_and(|last| last.elapsed() < ALIVE)
        })
    }

    /// Gives up a queue, and gives back what was in it.
    pub(crate) fn drain(&mut self, key: &QueueKey) -> Vec<Item> {
        let items: Vec<Item> = self.queues.remove(key).map(|queue| queue.items.into()).unwrap_or_default();
        self.waiting -= items.len();
        items
    }

    /// Who has polled lately, and how many tasks wait that are wanted.
    pub(crate) fn describe(
        &self,
        key: &QueueKey,
        wanted: impl Fn(&Item) -> bool,
    ) -> (Vec<(String, SystemTime)>, usize) {
        let Some(queue) = self.queues.get(key) else { return (Vec::new(), 0) };
        let seen = queue.identities.iter().map(|(identity, (seen, _))| (identity.clone(), *seen)).collect();
        (seen, queue.items.iter().filter(|item| wanted(item)).count())
    }
}
