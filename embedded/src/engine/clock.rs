//! The clock of a server: it goes with the wall's, and can jump ahead of it.

use std::time::{Duration, Instant};

use crate::time::Time;

/// Virtual time: where it was at some instant of the wall's, and whether it may skip.
#[derive(Debug)]
pub(crate) struct Clock {
    base: Time,
    since: Instant,
    /// How far ahead of the wall's it is.
    skipped: Duration,
    /// Skipping is allowed while this is zero.
    locks: u32,
    /// Skipping is allowed while somebody waits for it, whatever the locks are.
    waits: u32,
}

impl Clock {
    pub(crate) fn new(skips: bool) -> Self {
        Self::ahead(skips, Duration::ZERO, Time::default())
    }

    /// So far ahead of the wall's, and further if it was later before.
    pub(super) fn ahead(skips: bool, skipped: Duration, before: Time) -> Self {
        let wall = Time::wall();
        let base = (wall + skipped).max(before);
        Self { base, since: Instant::now(), skipped: base.since(wall), locks: u32::from(!skips), waits: 0 }
    }

    pub(super) fn skipped(&self) -> Duration {
        self.skipped
    }

    pub(crate) fn now(&self) -> Time {
        self.base + self.since.elapsed()
    }

    pub(crate) fn skips(&self) -> bool {
        self.locks == 0 || self.waits > 0
    }

    /// Somebody waits until [`Clock::end_wait`]. Unlike locks, waits know nothing of each other.
    pub(crate) fn begin_wait(&mut self) {
        self.waits = self.waits.saturating_add(1);
    }

    pub(crate) fn end_wait(&mut self) {
        self.waits = self.waits.saturating_sub(1);
    }

    pub(crate) fn lock(&mut self) {
        self.locks = self.locks.saturating_add(1);
    }

    /// `false` if nobody holds a lock.
    pub(crate) fn unlock(&mut self) -> bool {
        let locked = self.locks > 0;
        self.locks = self.locks.saturating_sub(1);
        locked
    }

    /// Moves on to that time, if it is still to come.
    pub(crate) fn jump(&mut self, to: Time) {
        let now = self.now();
        if to > now {
            let skipped = to.since(now);
            self.base = self.base + skipped;
            self.skipped = self.skipped.saturating_add(skipped);
        }
    }

    /// How long the wall's clock takes until that time.
    pub(crate) fn until(&self, time: Time) -> Duration {
        time.since(self.now())
    }
}
