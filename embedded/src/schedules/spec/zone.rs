//! Time zones, by name from the tz database that is compiled in: never the system's.

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;

/// The farthest that clocks have been turned at once, Samoa's lost day, and a bit.
const LONGEST_TURN: i64 = 26 * 3600;

/// Where the clock hangs whose times a calendar speaks of. Instants are seconds since 1970; local times are the seconds
/// that a clock there would have counted since its own 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    Utc,
    Named(Tz),
}

impl Zone {
    /// No name is UTC. The local zone of a server without a place is UTC too.
    pub(crate) fn parse(name: &str) -> Result<Self, String> {
        match name {
            "" | "UTC" | "Local" => Ok(Self::Utc),
            _ if name.contains("..") || name.starts_with(['/', '\\']) => Err("time: invalid location name".into()),
            _ => name.parse().map(Self::Named).map_err(|_| format!("unknown time zone {name}")),
        }
    }

    pub(super) fn offset(self, instant: i64) -> i64 {
        match self {
            Self::Utc => 0,
            Self::Named(zone) => DateTime::from_timestamp(instant, 0)
                .map_or(0, |time| zone.offset_from_utc_datetime(&time.naive_utc()).fix().local_minus_utc().into()),
        }
    }

    pub(crate) fn local(self, instant: i64) -> i64 {
        instant.saturating_add(self.offset(instant))
    }

    /// One instant for a local time, with the choice that Go's clock makes where the local time exists twice or not at
    /// all: schedules of the real server inherit it.
    pub(super) fn instant(self, local: i64) -> i64 {
        let guess = self.offset(local);
        if guess == 0 {
            return local;
        }
        let offset = self.offset(local.saturating_sub(guess));
        local.saturating_sub(offset)
    }

    /// All instants of a local time, in order: none where clocks skip it, two where they repeat it.
    pub(crate) fn instants(self, local: i64) -> impl Iterator<Item = i64> {
        let around = [local.saturating_sub(LONGEST_TURN), local.saturating_add(LONGEST_TURN)];
        let [before, after] = around.map(|instant| local.saturating_sub(self.offset(instant)));
        let second = (before != after).then_some(after);
        let mut found = [Some(before), second];
        found.sort_unstable();
        found.into_iter().flatten().filter(move |instant| self.local(*instant) == local)
    }

    /// The first instant after `instant` at which clocks have been turned, if that is soon.
    pub(crate) fn turn_after(self, instant: i64) -> Option<i64> {
        let (mut same, mut other) = (instant, instant.saturating_add(LONGEST_TURN));
        let offset = self.offset(same);
        if self.offset(other) == offset {
            return None;
        }
        while other - same > 1 {
            let middle = same + (other - same) / 2;
            if self.offset(middle) == offset { same = middle } else { other = middle }
        }
        Some(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_times_that_clocks_skip_or_repeat() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        let noon = 1_704_106_800 + 3600;
        assert_eq!(berlin.instants(noon + 3600).collect::<Vec<_>>(), [noon]);
        // 2024-03-31 02:30 and 2024-10-27 02:30.
        assert_eq!(berlin.instants(1_711_852_200).count(), 0);
        let twice: Vec<_> = berlin.instants(1_729_996_200).collect();
        assert_eq!(twice, [1_729_989_000, 1_729_992_600]);
        assert_eq!(berlin.turn_after(1_729_989_000), Some(1_729_990_800));
        assert_eq!(berlin.turn_after(1_729_990_800), None);
        assert_eq!(Zone::Utc.turn_after(0), None);
    }

    #[test]
    fn names() {
        assert_eq!(Zone::parse(""), Ok(Zone::Utc));
        assert_eq!(Zone::parse("Mars/Olympus"), Err("unknown time zone Mars/Olympus".into()));
        assert_eq!(Zone::parse("../etc"), Err("time: invalid location name".into()));
    }
}
