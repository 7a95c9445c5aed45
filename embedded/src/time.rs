//! Instants of the server's clock, which may be ahead of the wall's.

use std::{
    ops::{Add, Sub},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use prost_wkt_types::{Duration as ProtoDuration, Timestamp};

/// Nanoseconds since 1970. Arithmetic saturates: what lies beyond the year 2262 is as good as never.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Time(i64);

const SECOND: i64 = 1_000_000_000;

impl Time {
    /// The year 2200. Time does not skip beyond: little is left from there to what can be counted.
    pub(crate) const HORIZON: Self = Self::from_secs(7_258_118_400);

    /// What the wall clock says.
    pub(crate) fn wall() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self(nanos(since))
    }

    pub(crate) const fn from_nanos(nanos: i64) -> Self {
        Self(nanos)
    }

    pub(crate) const fn from_secs(seconds: i64) -> Self {
        Self(seconds.saturating_mul(SECOND))
    }

    pub(crate) const fn nanos(self) -> i64 {
        self.0
    }

    /// Whole seconds, rounded down.
    pub(crate) const fn secs(self) -> i64 {
        self.0.div_euclid(SECOND)
    }

    /// How long after `earlier` this is; nothing if it is before.
    pub(crate) fn since(self, earlier: Self) -> Duration {
        Duration::from_nanos(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    pub(crate) fn proto(self) -> Timestamp {
        let nanos = i32::try_from(self.0.rem_euclid(SECOND)).unwrap_or_default();
        Timestamp { seconds: self.secs(), nanos }
    }

    pub(crate) fn from_proto(timestamp: &Timestamp) -> Self {
        Self(timestamp.seconds.saturating_mul(SECOND).saturating_add(i64::from(timestamp.nanos)))
    }
}

impl Add<Duration> for Time {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(nanos(duration)))
    }
}

impl Sub<Duration> for Time {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(nanos(duration)))
    }
}

fn nanos(duration: Duration) -> i64 {
    i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX)
}

/// A duration of a message; absent and negative ones are none.
pub(crate) fn duration(proto: Option<&ProtoDuration>) -> Duration {
    let Some(proto) = proto else { return Duration::ZERO };
    let seconds = u64::try_from(proto.seconds).unwrap_or(0);
    let nanos = u32::try_from(proto.nanos).unwrap_or(0);
    Duration::from_secs(seconds).saturating_add(Duration::from_nanos(u64::from(nanos)))
}

/// A duration in a message.
pub(crate) fn proto(duration: Duration) -> ProtoDuration {
    ProtoDuration {
        seconds: i64::try_from(duration.as_secs()).unwrap_or(i64::MAX),
        nanos: i32::try_from(duration.subsec_nanos()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_messages_convert_both_ways() {
        for time in [Time::from_nanos(1_500_000_000), Time::from_nanos(-1), Time::from_secs(4)] {
            assert_eq!(Time::from_proto(&time.proto()), time);
        }
        assert_eq!(Time::from_nanos(-1).proto(), Timestamp { seconds: -1, nanos: 999_999_999 });
        let long = Duration::new(90, 7);
        assert_eq!(duration(Some(&proto(long))), long);
        assert_eq!(duration(None), Duration::ZERO);
    }

    #[test]
    fn what_is_too_far_is_never() {
        let never = Time::from_secs(1) + Duration::MAX;
        assert_eq!(never + Duration::from_secs(1), never);
        assert_eq!(Time::from_secs(1).since(Time::from_secs(2)), Duration::ZERO);
    }
}
