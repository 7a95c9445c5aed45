//! The instants of a calendar of a schedule, in its zone.

use super::{
    fields::{Fields, YEARS},
    zone::Zone,
};

const HOUR: i64 = 3600;

/// Instants in seconds since 1970.
///
/// Around the hours that clocks skip or repeat this finds what the real server finds, which is not always what one
/// would wish for: see [`Calendar::next`].
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    fields: Fields,
    zone: Zone,
}

impl Calendar {
    pub(super) fn new(fields: Fields, zone: Zone) -> Self {
        Self { fields, zone }
    }

    pub(super) fn has(&self, instant: i64) -> bool {
        self.fields.has(self.zone.local(instant))
    }

    /// The first instant after another.
    ///
    /// Local times that clocks skip are left out. Where clocks are turned back, the hour that repeats comes twice if
    /// the zone's first reading of it is the one that [`Zone::instant`] picks (America); where it is the second one
    /// (Europe, Australia), only that one comes, and an hour later comes what was due in the hour before.
    pub(super) fn next(&self, after: i64) -> Option<i64> {
        let local = self.zone.local(after);
        let (mut from, mut current) = (local.saturating_add(1), hour(local));
        let mut late = self.repeats_hour(after);
        // Hours that do not exist are passed one by one; clocks never skip more than a day.
        for _ in 0..64 {
            let found = self.fields.first(from, *YEARS.end());
            let stays = found.is_some_and(|found| hour(found) == current);
            if !late && !stays && self.is_long(current) {
                (from, late) = (current, true);
                continue;
            }
            let found = found?;
            late &= stays;
            let instant = self.zone.instant(found);
            let exists = hour(self.zone.local(instant)) == hour(found);
            let instant = if late { instant.saturating_add(HOUR) } else { instant };
            if exists && instant > after {
                return Some(instant);
            }
            current = hour(found).saturating_add(HOUR);
            (from, late) = (current, false);
        }
        None
    }

    /// Whether the clock shows the hour that it showed an hour ago.
    fn repeats_hour(&self, instant: i64) -> bool {
        let of_day = |instant| self.zone.local(instant).div_euclid(HOUR).rem_euclid(24);
        of_day(instant) == of_day(instant.saturating_sub(HOUR))
    }

    /// Whether more than an hour passes until the next hour begins.
    fn is_long(&self, hour: i64) -> bool {
        self.zone.instant(hour.saturating_add(HOUR)) - self.zone.instant(hour) > HOUR
    }
}

fn hour(local: i64) -> i64 {
    local.saturating_sub(local.rem_euclid(HOUR))
}
