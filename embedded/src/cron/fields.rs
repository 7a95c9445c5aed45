//! The five fields.

use crate::schedules::spec::fields::{Days, Fields, Values};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

struct Field {
    least: u32,
    most: u32,
    names: &'static [&'static str],
}

pub(super) fn parse(text: &str) -> Option<Fields> {
    let [minute, hour, day_of_month, month, day_of_week] = text.split_whitespace().collect::<Vec<_>>()[..] else {
        return None;
    };
    let field = |text, least, most, names| Field { least, most, names }.parse(text);
    let (minute, _) = field(minute, 0, 59, &[])?;
    let (hour, _) = field(hour, 0, 23, &[])?;
    let (day_of_month, any_day) = field(day_of_month, 1, 31, &[])?;
    let (month, _) = field(month, 1, 12, &MONTHS)?;
    let (day_of_week, any_weekday) = field(day_of_week, 0, 6, &WEEKDAYS)?;
    let days = if any_day || any_weekday { Days::Both } else { Days::Either };
    Some(Fields { second: Values(1), minute, hour, day_of_month, month, day_of_week, year: None, days })
}

impl Field {
    /// The values, and whether a star says that they are not a choice.
    fn parse(&self, text: &str) -> Option<(Values, bool)> {
        let (mut values, mut star) = (0, false);
        for part in text.split(',').filter(|part| !part.is_empty()) {
            let (part, is_star) = self.range(part)?;
            values |= part;
            star |= is_star;
        }
        Some((Values(values), star))
    }

    fn range(&self, text: &str) -> Option<(u64, bool)> {
        let (bounds, step) = match text.split('/').collect::<Vec<_>>()[..] {
            [bounds] => (bounds, None),
            [bounds, step] => (bounds, Some(number(step)?)),
            _ => return None,
        };
        let (start, end, star) = match bounds.split('-').collect::<Vec<_>>()[..] {
            ["*" | "?", ..] => (self.least, self.most, true),
            [start] => {
                let start = self.value(start)?;
                (start, if step.is_some() { self.most } else { start }, false)
            }
            [start, end] => (self.value(start)?, self.value(end)?, false),
            _ => return None,
        };
        let step = step.unwrap_or(1);
        if start < self.least || end > self.most || start > end || step == 0 {
            return None;
        }
        let values = (start..=end).step_by(usize::try_from(step).ok()?).fold(0, |values, value| values | 1 << value);
        Some((values, star && step == 1))
    }

    fn value(&self, text: &str) -> Option<u32> {
        let lower = text.to_lowercase();
        let named = self.names.iter().zip(self.least..).find(|(name, _)| **name == lower);
        named.map(|(_, value)| value).or_else(|| number(text))
    }
}

/// Plus signs are allowed, minus ones not.
fn number(text: &str) -> Option<u32> {
    let number: i64 = text.parse().ok()?;
    // Steps beyond any field are as good as the longest field.
    u32::try_from(number).ok().map(|number| number.min(10_000))
}
