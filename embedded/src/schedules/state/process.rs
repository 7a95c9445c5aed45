//! Time passes, and what is due is done.

use super::{Action, Overlap, RETENTION, Schedule, StartId, action::SLICE_PAUSE, buffer};
use crate::{
    schedules::{spec::Next, state::buffer::Start},
    time::{Time, duration},
};

/// How many starts may wait.
const LARGEST_BUFFER: usize = 1000;

/// Backfills leave the other half to the times of the schedule.
const BACKFILL_SHARE: usize = LARGEST_BUFFER / 2;

/// How many starts of backfills are taken at once.
const SLICE: usize = 10;

impl Schedule {
    /// What is due by now. Early and repeated calls do no harm.
    pub(crate) fn due(&mut self, now: Time) -> Vec<Action> {
        self.advance(now);
        self.settle(now)
    }

    /// Buffers the times of the schedule up to now.
    pub(super) fn advance(&mut self, now: Time) {
        if !self.may_act() {
            // Times that pass meanwhile are lost, and not counted as missed.
            self.processed = self.processed.max(now);
            return;
        }
        let window = self
            .schedule
            .policies
            .as_ref()
            .map_or_else(Default::default, |policies| duration(policies.catchup_window.as_ref()));
        while let Some(next) = self.spec.next(self.processed, &self.seed).filter(|next| next.actual <= now) {
            self.processed = next.actual;
            if self.is_outdated(next) {
                continue;
            }
            if now.since(next.actual) > window {
                self.counts.missed += 1;
                continue;
            }
            self.push(start(next, Overlap::Unspecified, false));
        }
    }

    /// Goes on with backfills and [acts](Self::act): the end of every input but answers to starts, which do not make a
    /// backfill faster.
    pub(super) fn settle(&mut self, now: Time) -> Vec<Action> {
        self.take_backfills();
        self.act(now)
    }

    /// Acts on what is buffered and sets the alarm.
    pub(super) fn act(&mut self, now: Time) -> Vec<Action> {
        let mut actions = Vec::new();
        while self.empty_buffer(&mut actions) {}
        self.set_alarm(now);
        actions
    }

    pub(super) fn push(&mut self, start: Start) {
        if self.buffer.len() >= LARGEST_BUFFER {
            self.counts.dropped += 1;
        } else {
            self.buffer.push(start);
        }
    }

    pub(super) fn may_act(&self) -> bool {
        let state = self.schedule.state.as_ref();
        state.is_none_or(|state| !state.paused && (!state.limited_actions || state.remaining_actions > 0))
    }

    /// Whether a time belongs to what the schedule was before an update.
    pub(super) fn is_outdated(&self, next: Next) -> bool {
        self.updated.is_some_and(|updated| updated > next.actual)
    }

    fn take_backfills(&mut self) {
        let mut left = SLICE;
        while left > 0 && self.buffer.len() < BACKFILL_SHARE {
            let Some(&backfill) = self.backfills.front() else { break };
            match self.spec.next(backfill.after, &self.seed).filter(|next| next.actual <= backfill.end) {
                Some(next) => {
                    left -= 1;
                    self.push(start(next, backfill.overlap, true));
                    if let Some(backfill) = self.backfills.front_mut() {
                        backfill.after = next.actual;
                    }
                }
                None => drop(self.backfills.pop_front()),
            }
        }
        // Do not wake up for a backfill that is done.
        while self.backfills.front().is_some_and(|backfill| {
            self.spec.next(backfill.after, &self.seed).is_none_or(|next| next.actual > backfill.end)
        }) {
            self.backfills.pop_front();
        }
    }

    /// Whether there may be more to do.
    fn empty_buffer(&mut self, actions: &mut Vec<Action>) -> bool {
        if self.new_workflow().is_none() {
            self.buffer.clear();
        }
        if self.buffer.is_empty() {
            return false;
        }
        let running = !self.running.is_empty() || self.starting.values().any(|(_, alone)| *alone);
        let decision = buffer::decide(std::mem::take(&mut self.buffer), running, self.overlap(Overlap::Unspecified));
        self.buffer = decision.waiting;
        self.counts.skipped += decision.skipped;
        let mut again = false;
        let starts = decision.overlapping.into_iter().map(|start| (start, false));
        for (start, alone) in starts.chain(decision.next.map(|start| (start, true))) {
            if self.take_action(start.manual) {
                actions.push(self.start(start, alone));
            } else {
                again = true;
            }
        }
        if decision.terminate || decision.cancel {
            actions.extend(self.stop(decision.terminate));
        }
        again
    }

    /// Uses up one of the actions that are left, if there is one to be used.
    fn take_action(&mut self, manual: bool) -> bool {
        if manual {
            return true;
        }
        if !self.may_act() {
            return false;
        }
        let state = self.state_mut();
        if state.limited_actions {
            state.remaining_actions -= 1;
            self.conflict_token += 1;
        }
        true
    }

    fn start(&mut self, start: Start, alone: bool) -> Action {
        let id = StartId(self.next_start);
        self.next_start += 1;
        self.starting.insert(id, (start, alone));
        Action::Start { id, request: Box::new(self.request(&start)) }
    }

    fn set_alarm(&mut self, now: Time) {
        let next = if self.may_act() { self.next_time(self.processed) } else { None };
        let idle = self.running.is_empty() && self.starting.is_empty() && self.buffer.is_empty();
        let sliced = self.backfills.front();
        let overlapping = sliced.is_some_and(|backfill| self.overlap(backfill.overlap) == Overlap::AllowAll);
        let slice = (overlapping || sliced.is_some() && idle).then(|| now + SLICE_PAUSE);
        let over = next.is_none() && sliced.is_none() && idle && !self.is_paused();
        let end = over.then(|| self.last_event() + RETENTION);
        self.finished = end.is_some_and(|end| end <= now);
        self.wakeup = if self.finished { None } else { [next, slice, end].into_iter().flatten().min() };
    }

    pub(super) fn next_time(&self, mut after: Time) -> Option<Time> {
        loop {
            let next = self.spec.next(after, &self.seed)?;
            if !self.is_outdated(next) {
                return Some(next.actual);
            }
            after = next.actual;
        }
    }

    fn last_event(&self) -> Time {
        let acted = self.recent.back().and_then(|result| result.actual_time.as_ref()).map(Time::from_proto);
        [Some(self.created), self.updated, acted].into_iter().flatten().max().unwrap_or_default()
    }
}

fn start(next: Next, overlap: Overlap, manual: bool) -> Start {
    Start { nominal: next.nominal, actual: next.actual, overlap, manual }
}
