//! When a schedule acts.

mod calendar;
mod calendar_string;
mod canonical;
pub(crate) mod cron_string;
pub(crate) mod duration;
pub(crate) mod fields;
#[cfg(test)]
mod golden;
mod jitter;
#[cfg(test)]
mod properties;
pub(crate) mod zone;

use std::time::Duration;

use chrono::{DateTime, Datelike};
use temporalio_protos::temporal::api::schedule::v1::{IntervalSpec, ScheduleSpec};

use self::{
    calendar::Calendar,
    fields::{Fields, YEARS},
};
use crate::time::{Time, duration as of_proto};

/// How many times one search may find excluded before it gives up: two weeks of seconds.
const MOST_EXCLUDED: usize = 14 * 24 * 3600;

/// How many times one listing holds.
const MOST_LISTED: usize = 1000;

/// What [`Spec::matching_times`] answers when a search gives up, with code `INVALID_ARGUMENT`.
pub(crate) const TOO_MANY_EXCLUSIONS: &str =
    "the schedule calendar specification has too many exclusions. Please modify the specification.";

/// A spec ready to be asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spec {
    calendars: Vec<Calendar>,
    excludes: Vec<Calendar>,
    /// Length and phase, in seconds.
    intervals: Vec<(i64, i64)>,
    start: Time,
    end: Option<Time>,
    jitter: Duration,
}

/// A time at which a schedule acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Next {
    /// The time that the spec names, in whole seconds.
    pub(crate) nominal: Time,
    /// That and its jitter: when the schedule acts. Before the next nominal time.
    pub(crate) actual: Time,
}

/// More than [`MOST_EXCLUDED`] times in a row are excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct GaveUp;

impl Spec {
    /// Reads a spec. Returns its canonical form besides, which is what a schedule shows.
    ///
    /// # Errors
    /// The message of an `INVALID_ARGUMENT`: "Invalid schedule spec: ...".
    pub(crate) fn new(spec: ScheduleSpec) -> Result<(Self, ScheduleSpec), String> {
        let (canonical, zone) =
            canonical::canonical(spec).map_err(|error| format!("Invalid schedule spec: {error}"))?;
        let calendars = |calendars: &[_]| -> Vec<_> {
            calendars.iter().map(|calendar| Calendar::new(Fields::of(calendar), zone)).collect()
        };
        let spec = Self {
            calendars: calendars(&canonical.structured_calendar),
            excludes: calendars(&canonical.exclude_structured_calendar),
            intervals: canonical.interval.iter().map(seconds).collect(),
            start: canonical.start_time.as_ref().map_or(Time::from_secs(0), Time::from_proto),
            end: canonical.end_time.as_ref().map(Time::from_proto),
            jitter: of_proto(canonical.jitter.as_ref()),
        };
        Ok((spec, canonical))
    }

    /// The first time after another, if there is one. The seed keeps schedules of the same spec apart in their jitter.
    pub(crate) fn next(&self, after: Time, seed: &str) -> Option<Next> {
        self.search(after, seed).unwrap_or_default()
    }

    /// The actual times after `start`, up to and with `end`: the first thousand.
    ///
    /// # Errors
    /// [`TOO_MANY_EXCLUSIONS`].
    pub(crate) fn matching_times(&self, start: Time, end: Time, seed: &str) -> Result<Vec<Time>, String> {
        let mut times = Vec::new();
        let mut after = start;
        while times.len() < MOST_LISTED {
            match self.search(after, seed) {
                Err(GaveUp) => return Err(TOO_MANY_EXCLUSIONS.into()),
                Ok(Some(next)) if next.actual <= end => after = next.actual,
                Ok(_) => break,
            }
            times.push(after);
        }
        Ok(times)
    }

    fn search(&self, after: Time, seed: &str) -> Result<Option<Next>, GaveUp> {
        // A start between two seconds lets the second before it in, as on the real server.
        let mut after = after.max(self.start - Duration::from_secs(1)).secs();
        for _ in 0..MOST_EXCLUDED {
            let Some(found) = self.nominal(after) else { return Ok(None) };
            let nominal = Time::from_secs(found);
            if self.end.is_some_and(|end| nominal > end) || year(found).is_none_or(|year| year > *YEARS.end()) {
                return Ok(None);
            }
            if self.excludes.iter().any(|calendar| calendar.has(found)) {
                after = found;
                continue;
            }
            let room = self.nominal(found).map_or(Duration::MAX, |following| Time::from_secs(following).since(nominal));
            let actual = if self.jitter.is_zero() {
                nominal
            } else {
                nominal + jitter::delay(seed, found, self.jitter.min(room))
            };
            return Ok(Some(Next { nominal, actual }));
        }
        Err(GaveUp)
    }

    /// The first second that a calendar or an interval names, be it excluded or not.
    fn nominal(&self, after: i64) -> Option<i64> {
        let calendars = self.calendars.iter().filter_map(|calendar| calendar.next(after));
        let intervals = self.intervals.iter().filter_map(|&(length, phase)| {
            (after.checked_sub(phase)? / length).checked_add(1)?.checked_mul(length)?.checked_add(phase)
        });
        calendars.chain(intervals).min()
    }
}

fn seconds(interval: &IntervalSpec) -> (i64, i64) {
    let whole = |duration| i64::try_from(of_proto(duration).as_secs()).unwrap_or(i64::MAX);
    (whole(interval.interval.as_ref()).max(1), whole(interval.phase.as_ref()))
}

fn year(instant: i64) -> Option<i32> {
    Some(DateTime::from_timestamp(instant, 0)?.year())
}
