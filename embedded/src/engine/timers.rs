//! Timers of runs.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{DueOrd, Engine, Entry, RunKey};
use crate::{run::Due, time::Time};

/// A heap this small is not worth being looked through.
const FEW: usize = 1024;

/// When it is due, its number, and what it is for.
type Timer = (Time, u64, RunKey, DueOrd);

/// Timers in their order. Those that mean nothing any more leave when they are the next, and before there are more of them
/// than of others.
#[derive(Debug, Default)]
pub(super) struct Timers {
    heap: BinaryHeap<Reverse<Timer>>,
    /// How many there may be before the stale ones have to go.
    full: usize,
}

impl Timers {
    fn push(&mut self, timer: Timer, live: impl Fn(RunKey, Due) -> bool) {
        if self.heap.len() >= self.full.max(FEW) {
            self.forget_stale(live);
            self.full = self.heap.len().saturating_mul(2);
        }
        self.heap.push(Reverse(timer));
    }

    pub(super) fn forget_stale(&mut self, live: impl Fn(RunKey, Due) -> bool) {
        self.heap.retain(|Reverse((_, _, key, DueOrd(due)))| live(*key, *due));
    }

    /// When the next one is due that still means something.
    pub(super) fn next(&mut self, live: impl Fn(RunKey, Due) -> bool) -> Option<Time> {
        while let Some(Reverse((at, _, key, DueOrd(due)))) = self.heap.peek() {
            if live(*key, *due) {
                return Some(*at);
            }
            self.heap.pop();
        }
        None
    }

    /// Takes those that are due at that time, with their numbers.
    pub(super) fn take(&mut self, at: Time) -> Vec<(u64, RunKey, Due)> {
        let mut taken = Vec::new();
        while let Some(Reverse((time, number, key, DueOrd(due)))) = self.heap.peek().copied() {
            if time != at {
                break;
            }
            self.heap.pop();
            taken.push((number, key, due));
        }
        taken
    }

    pub(super) fn len(&self) -> usize {
        self.heap.len()
    }
}

impl Engine {
    /// What only waits for the time of its cron schedule waits for ever, again and again: it is no reason to skip.
    pub(super) fn set_timer(&mut self, key: RunKey, at: Time, due: Due) {
        let number = self.number();
        let Some(run) = self.run(key) else { return };
        // A parent waits for the whole chain to end, which this timer does.
        let ends = due == Due::ExecutionTimeout && run.started.parent_workflow_execution.is_some();
        let recurs = run.waits_for_cron() && !ends;
        let runs = &self.runs;
        let timers = if recurs { &mut self.recurring } else { &mut self.timers };
        timers.push((at, number, key, DueOrd(due)), |key, due| is_live(runs, key, due));
    }

    /// When the next timer that still means something is due.
    pub(super) fn next_timer(&mut self) -> Option<Time> {
        [self.next_reason(), self.next_recurring()].into_iter().flatten().min()
    }

    /// When the next timer is due that lets time skip.
    pub(super) fn next_reason(&mut self) -> Option<Time> {
        let runs = &self.runs;
        self.timers.next(|key, due| is_live(runs, key, due))
    }

    /// When the next timer is due that is no reason to skip.
    pub(super) fn next_recurring(&mut self) -> Option<Time> {
        let runs = &self.runs;
        self.recurring.next(|key, due| is_live(runs, key, due))
    }

    /// Takes all timers of that instant, in the order they were set, by run.
    pub(super) fn take_timers(&mut self, at: Time) -> Vec<(RunKey, Vec<Due>)> {
        let mut all = self.timers.take(at);
        all.extend(self.recurring.take(at));
        all.sort_by_key(|(number, ..)| *number);
        let mut due: Vec<(RunKey, Vec<Due>)> = Vec::new();
        for (_, key, what) in all {
            match due.iter_mut().find(|(run, _)| *run == key) {
                Some((_, all)) => all.push(what),
                None => due.push((key, vec![what])),
            }
        }
        due
    }

    pub(super) fn forget_stale_timers(&mut self) {
        let runs = &self.runs;
        self.timers.forget_stale(|key, due| is_live(runs, key, due));
        self.recurring.forget_stale(|key, due| is_live(runs, key, due));
    }
}

fn is_live(runs: &std::collections::HashMap<RunKey, Box<Entry>>, key: RunKey, due: Due) -> bool {
    runs.get(&key).is_some_and(|entry| entry.run.is_live(due))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timer(at: i64, key: RunKey) -> Timer {
        (Time::from_secs(at), key, key, DueOrd(Due::FirstTask))
    }

    #[test]
    fn stale_timers_are_never_more_than_the_others() {
        let mut timers = Timers::default();
        // Of every hundred one is for something that goes on.
        let live = |key: RunKey, _: Due| key.is_multiple_of(100);
        for key in 0..1_000_000 {
            timers.push(timer(i64::MAX / 2, key), live);
            assert!(timers.len() <= FEW + 2 * usize::try_from(key / 100 + 2).unwrap(), "{} of {key}", timers.len());
        }
        timers.forget_stale(live);
        assert_eq!(timers.len(), 10_000);
    }

    #[test]
    fn the_next_one_means_something() {
        let mut timers = Timers::default();
        for key in 1..10 {
            timers.push(timer(i64::try_from(key).unwrap(), key), |_, _| true);
        }
        assert_eq!(timers.next(|key, _| key > 4), Some(Time::from_secs(5)));
        assert_eq!(timers.take(Time::from_secs(5)), [(5, 5, Due::FirstTask)]);
        assert_eq!(timers.next(|_, _| false), None);
        assert_eq!(timers.len(), 0);
    }
}
