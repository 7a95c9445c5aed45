//! Which local times a calendar names, whatever the zone.

use chrono::{DateTime, Datelike, NaiveDate};
use temporalio_protos::temporal::api::schedule::v1::{Range, StructuredCalendarSpec};

/// Years that calendars can name.
pub(crate) const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

const DAY: i64 = 86_400;

/// The values of one field, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Values(pub(crate) u64);

impl Values {
    /// What ranges name, up to a value below 64.
    pub(crate) fn of(ranges: &[Range], most: i32) -> Self {
        Self(ranges.iter().flat_map(|range| values(range, 0, most)).fold(0, |bits, value| bits | 1 << value))
    }

    const fn has(self, value: u32) -> bool {
        value < 64 && self.0 >> value & 1 == 1
    }

    const fn at_or_after(self, value: u32) -> Option<u32> {
        if value > 63 || self.0 >> value == 0 {
            return None;
        }
        Some(value + (self.0 >> value).trailing_zeros())
    }
}

/// What a range names between two bounds. Absent steps are ones, absent ends the start.
fn values(range: &Range, least: i32, most: i32) -> impl Iterator<Item = i32> {
    let (start, step) = (range.start, range.step.max(1));
    let end = range.end.max(start);
    let named = move |value: &i32| {
        (start..=end).contains(value) && (i64::from(*value) - i64::from(start)) % i64::from(step) == 0
    };
    (least..=most).filter(named)
}

/// How the day of the month and the day of the week go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Days {
    Both,
    Either,
}

/// A set of local times, to the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fields {
    pub(crate) second: Values,
    pub(crate) minute: Values,
    pub(crate) hour: Values,
    pub(crate) day_of_month: Values,
    pub(crate) month: Values,
    /// Sunday is 0.
    pub(crate) day_of_week: Values,
    /// A bit for each of [`YEARS`]; none at all is any year.
    pub(crate) year: Option<u128>,
    pub(crate) days: Days,
}

impl Fields {
    /// A field without ranges names nothing, but for the year, where it names all.
    pub(crate) fn of(calendar: &StructuredCalendarSpec) -> Self {
        let (first, last) = (*YEARS.start(), *YEARS.end());
        let years = |range| values(range, first, last).map(|year| 1 << (year - first));
        Self {
            second: Values::of(&calendar.second, 59),
            minute: Values::of(&calendar.minute, 59),
            hour: Values::of(&calendar.hour, 23),
            day_of_month: Values::of(&calendar.day_of_month, 31),
            month: Values::of(&calendar.month, 12),
            day_of_week: Values::of(&calendar.day_of_week, 6),
            year: (!calendar.year.is_empty())
                .then(|| calendar.year.iter().flat_map(years).fold(0, |bits: u128, year: u128| bits | year)),
            days: Days::Both,
        }
    }

    /// Whether a local time is one of these.
    pub(crate) fn has(&self, local: i64) -> bool {
        let Some(date) = date(local.div_euclid(DAY)) else { return false };
        let Ok(second) = u32::try_from(local.rem_euclid(DAY)) else { return false };
        self.second.has(second % 60)
            && self.minute.has(second / 60 % 60)
            && self.hour.has(second / 3600)
            && self.year(date.year())
            && self.month.has(date.month())
            && self.day(date)
    }

    /// The first of these from a local time on, up to the end of a year.
    pub(crate) fn first(&self, local: i64, last_year: i32) -> Option<i64> {
        let (mut day, mut second) = (local.div_euclid(DAY), local.rem_euclid(DAY));
        loop {
            let date = date(day)?;
            if date.year() > last_year {
                return None;
            }
            let skipped = if !self.year(date.year()) {
                NaiveDate::from_ymd_opt(date.year() + 1, 1, 1)?
            } else if !self.month.has(date.month()) {
                let months = date.month0() + 1;
                NaiveDate::from_ymd_opt(date.year() + i32::from(months == 12), months % 12 + 1, 1)?
            } else {
                if self.day(date)
                    && let Some(found) = self.time(u32::try_from(second).ok()?)
                {
                    return Some(day * DAY + i64::from(found));
                }
                date.succ_opt()?
            };
            day += (skipped - date).num_days();
            second = 0;
        }
    }

    fn year(&self, year: i32) -> bool {
        let Some(years) = self.year else { return true };
        YEARS.contains(&year) && years >> (year - YEARS.start()) & 1 == 1
    }

    fn day(&self, date: NaiveDate) -> bool {
        let of_month = self.day_of_month.has(date.day());
        let of_week = self.day_of_week.has(date.weekday().num_days_from_sunday());
        match self.days {
            Days::Both => of_month && of_week,
            Days::Either => of_month || of_week,
        }
    }

    /// The first time of day from a second of the day on.
    fn time(&self, second_of_day: u32) -> Option<u32> {
        let (from_hour, from_minute, from_second) = (second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60);
        let in_hour = |minute: u32, second: u32| {
            let minute_now = self.minute.at_or_after(minute)?;
            let second = if minute_now == minute { second } else { 0 };
            if let Some(second) = self.second.at_or_after(second) {
                return Some(minute_now * 60 + second);
            }
            Some(self.minute.at_or_after(minute_now + 1)? * 60 + self.second.at_or_after(0)?)
        };
        let hour = self.hour.at_or_after(from_hour)?;
        let (minute, second) = if hour == from_hour { (from_minute, from_second) } else { (0, 0) };
        if let Some(found) = in_hour(minute, second) {
            return Some(hour * 3600 + found);
        }
        Some(self.hour.at_or_after(hour + 1)? * 3600 + in_hour(0, 0)?)
    }
}

fn date(day: i64) -> Option<NaiveDate> {
    Some(DateTime::from_timestamp(day.checked_mul(DAY)?, 0)?.date_naive())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn range(start: i32, end: i32, step: i32) -> Range {
        Range { start, end, step }
    }

    #[test]
    fn ranges_name_values() {
        let named = |range| (0..64).filter(|value| Values::of(&[range], 59).has(*value)).collect::<Vec<_>>();
        assert_eq!(named(range(3, 0, 0)), [3]);
        assert_eq!(named(range(3, 9, 3)), [3, 6, 9]);
        assert_eq!(named(range(57, i32::MAX, 1)), [57, 58, 59]);
        assert_eq!(named(range(70, 80, 1)), [0; 0]);
        assert_eq!(named(range(-5, 1, 1)), [0, 1]);
    }

    proptest! {
        #[test]
        fn the_first_is_what_counting_finds(
            second in any::<u64>(), minute in any::<u64>(), hour in any::<u64>(), start in 0i64..200_000_000,
        ) {
            let all = Values(u64::MAX);
            let [second, minute, hour] = [Values(second >> 4), Values(minute >> 4), Values(hour >> 40)];
            let fields = Fields {
                second, minute, hour, day_of_month: all, month: all, day_of_week: all, year: None, days: Days::Both,
            };
            let matches = |local: &i64| {
                let of_day = u32::try_from(local.rem_euclid(DAY)).unwrap();
                hour.has(of_day / 3600) && minute.has(of_day / 60 % 60) && second.has(of_day % 60)
            };
            let counted = (start..start + 2 * DAY).find(matches);
            prop_assert_eq!(fields.first(start, 2000), counted);
            if let Some(counted) = counted {
                prop_assert!(fields.has(counted));
            }
        }
    }
}
