//! Cron schedules of workflows: the field `cron_schedule` of a start.
//!
//! These are not the cron lines of schedules. They have five fields, know neither years nor seconds nor Sunday as 7, and
//! a day counts when it is named by its month *or* by its week, if both are given. What finds the local times is shared.
//!
//! ```text
//! let schedule = cron::parse(&request.cron_schedule)?;   // Err: the message of an INVALID_ARGUMENT
//! // The first run: between its start and its first workflow task.
//! let backoff = schedule.next(now, now);
//! // The next run: from the previous one's execution time (start plus backoff) and the moment of its close.
//! let backoff = schedule.next(run.execution_time(), now);
//! ```

mod fields;

use std::time::Duration;

use chrono::{DateTime, Datelike};

use crate::{
    schedules::spec::{cron_string::shorthand, duration, fields::Fields, zone::Zone},
    time::Time,
};

const INVALID: &str = "invalid CronSchedule.";
const NEVER: &str = "invalid CronSchedule, no time can be found to satisfy the schedule";

/// How many years ahead a search goes.
const YEARS_AHEAD: i32 = 5;

/// When a workflow runs again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CronSchedule(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// So many seconds after the last time.
    Every(i64),
    Fields(Box<Fields>, Zone),
}

/// Reads a cron schedule: five fields, `@hourly` and its kin, or `@every 5m`, with `CRON_TZ=Zone ` or `TZ=Zone ` before.
///
/// # Errors
/// The message of an `INVALID_ARGUMENT`.
pub(crate) fn parse(text: &str) -> Result<CronSchedule, String> {
    let schedule = read(text).ok_or(INVALID)?;
    // Whether there ever is a time does not depend on the year, as searches span a leap year.
    if schedule.time_after(Time::from_secs(0)).is_none() {
        return Err(NEVER.into());
    }
    Ok(schedule)
}

fn read(text: &str) -> Option<CronSchedule> {
    let zoned = text.strip_prefix("TZ=").or_else(|| text.strip_prefix("CRON_TZ="));
    let (zone, rest) = match zoned {
        Some(zoned) => zoned.split_once(' ').map(|(zone, rest)| (zone, rest.trim()))?,
        None => ("", text),
    };
    let zone = Zone::parse(zone).ok()?;
    if let Some(interval) = rest.strip_prefix("@every ") {
        // Days are a unit of schedules only.
        let nanos = duration::parse(interval).ok().filter(|_| !interval.contains('d'))?;
        return Some(CronSchedule(Kind::Every((nanos / 1_000_000_000).max(1))));
    }
    let rest = if rest.starts_with('@') { shorthand(rest)? } else { rest };
    fields::parse(rest).map(|fields| CronSchedule(Kind::Fields(Box::new(fields), zone)))
}

impl CronSchedule {
    /// How long after `close` the next run begins, in whole seconds, rounded up.
    ///
    /// Counted from `start`, the time at which the closed run was due, so that runs stay on the times of the schedule;
    /// times before the close are skipped, and so nothing overlaps. A run that closes before it was due leaves the
    /// next one due at the same time. `None` if the schedule has no more times.
    pub(crate) fn next(&self, start: Time, close: Time) -> Option<Duration> {
        let due = if close < start { start } else { self.due(start, close)? };
        let wait = due.since(close);
        Some(Duration::from_secs(wait.as_secs() + u64::from(wait.subsec_nanos() > 0)))
    }

    /// The first time after `start` that is not before `close`.
    fn due(&self, start: Time, close: Time) -> Option<Time> {
        let first = self.time_after(start)?;
        if first >= close {
            return Some(first);
        }
        match &self.0 {
            Kind::Every(every) => {
                let missed = close.since(first).as_secs();
                let (every, nanos) = (u64::try_from(*every).ok()?, close.since(first).subsec_nanos());
                let times = (missed + u64::from(nanos > 0)).div_ceil(every);
                Some(first + Duration::from_secs(times.checked_mul(every)?))
            }
            // Right before the close, so that its own second counts.
            Kind::Fields(..) => self.time_after(close - Duration::from_nanos(1)),
        }
    }

    fn time_after(&self, after: Time) -> Option<Time> {
        match &self.0 {
            Kind::Every(every) => Some(Time::from_secs(after.secs().checked_add(*every)?)),
            Kind::Fields(fields, zone) => field_time_after(fields, *zone, after.secs()).map(Time::from_secs),
        }
    }
}

/// The first instant whose local time is named. Local times that clocks skip are left out, those that they repeat
/// count twice.
fn field_time_after(fields: &Fields, zone: Zone, after: i64) -> Option<i64> {
    let last_year = DateTime::from_timestamp(after, 0)?.year() + YEARS_AHEAD;
    let mut from = zone.local(after) + 1;
    if let Some(turn) = zone.turn_after(after) {
        // Before the turn a local time is later than after it, so what comes before it comes first.
        let offset = from - 1 - after;
        let found = fields.first(from, last_year).map(|local| local - offset);
        if found.is_some_and(|found| found < turn) {
            return found;
        }
        from = zone.local(turn);
        // The rest of the search begins at the turn.
        return search(fields, zone, from, turn - 1, last_year);
    }
    search(fields, zone, from, after, last_year)
}

fn search(fields: &Fields, zone: Zone, mut from: i64, after: i64, last_year: i32) -> Option<i64> {
    loop {
        let local = fields.first(from, last_year)?;
        if let Some(instant) = zone.instants(local).find(|instant| *instant > after) {
            return Some(instant);
        }
        from = local + 1;
    }
}

#[cfg(test)]
mod tests;
