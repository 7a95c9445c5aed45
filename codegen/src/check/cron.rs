//! Cron schedules, as Temporal's server reads them at a start: five fields, a shorthand or an interval.
//!
//! Zones are not looked up, for what there is depends on the server.

use crate::suggest::did_you_mean;

const SHORTHANDS: [&str; 7] = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];
const UNITS: [&str; 8] = ["ns", "us", "\u{b5}s", "\u{3bc}s", "ms", "s", "m", "h"];

/// One of the five.
struct Field {
    is: &'static str,
    least: u32,
    most: u32,
    names: &'static [&'static str],
}

const FIELDS: [Field; 5] = [
    Field { is: "minute", least: 0, most: 59, names: &[] },
    Field { is: "hour", least: 0, most: 23, names: &[] },
    Field { is: "day of the month", least: 1, most: 31, names: &[] },
    Field {
        is: "month",
        least: 1,
        most: 12,
        names: &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    },
    Field { is: "day of the week", least: 0, most: 6, names: &["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];

/// The longest that each month gets.
const LENGTHS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// What is wrong with a cron schedule, and what to write.
pub(super) fn mistake(schedule: &str) -> Option<String> {
    read(schedule).err()
}

fn read(schedule: &str) -> Result<(), String> {
    let times = match schedule.strip_prefix("TZ=").or_else(|| schedule.strip_prefix("CRON_TZ=")) {
        None => schedule,
        Some(zoned) => match zoned.split_once(' ') {
            Some((_, times)) => times.trim(),
            None => return Err(format!("has a zone and no times: write `{schedule} 0 12 * * *`")),
        },
    };
    if let Some(interval) = times.strip_prefix("@every ") {
        return match is_interval(interval) {
            true => Ok(()),
            false => Err(format!(
                "has the interval `{interval}`, which the server cannot read: write hours, minutes and seconds, as in `@every 1h30m`"
            )),
        };
    }
    if times.starts_with('@') {
        return match SHORTHANDS.contains(&times) {
            true => Ok(()),
            false => Err(format!(
                "has `{times}`, which is no shorthand: write `@yearly`, `@monthly`, `@weekly`, `@daily`, `@hourly` or an interval \
                 such as `@every 1h30m`{}",
                did_you_mean(times, SHORTHANDS)
            )),
        };
    }
    let texts: Vec<&str> = times.split_whitespace().collect();
    let &[minute, hour, day, month, weekday] = &texts[..] else {
        return Err(format!(
            "has {}: write five, for the minute, the hour, the day of the month, the month and the day of the week, as in \
             `30 12 * * 1-5`",
            match texts.len() {
                0 => "no fields".to_owned(),
                1 => "one field".to_owned(),
                count => format!("{count} fields"),
            }
        ));
    };
    let [minutes, hours, days, months, weekdays] = &FIELDS;
    let (minute, hour) = (minutes.read(minute)?, hours.read(hour)?);
    let (day, month, weekday) = (days.read(day)?, months.read(month)?, weekdays.read(weekday)?);
    let longest = (1..).zip(LENGTHS).filter(|(index, _)| month.has(*index)).map(|(_, length)| length).max();
    let day_comes = longest.is_some_and(|longest| (1..=longest).any(|index| day.has(index)));
    // Where both are given, either will do.
    let comes = match day.is_any || weekday.is_any {
        true => day_comes && weekday.values != 0,
        false => longest.is_some() && (day_comes || weekday.values != 0),
    };
    match comes && minute.values != 0 && hour.values != 0 {
        true => Ok(()),
        false => Err("names a time that never comes: write a day that one of its months has".to_owned()),
    }
}

/// What a field names.
struct Values {
    /// A bit for each.
    values: u64,
    /// Whether they are not a choice.
    is_any: bool,
}

impl Values {
    fn has(&self, value: u32) -> bool {
        self.values & (1 << value) != 0
    }
}

impl Field {
    fn read(&self, text: &str) -> Result<Values, String> {
        let mut all = Values { values: 0, is_any: false };
        for part in text.split(',').filter(|part| !part.is_empty()) {
            let Values { values, is_any } = self.read_range(part)?;
            all.values |= values;
            all.is_any |= is_any;
        }
        Ok(all)
    }

    fn read_range(&self, text: &str) -> Result<Values, String> {
        let Self { is, least, most, .. } = *self;
        let form = || format!("has the {is} `{text}`: write `{least}`, `{least}-{most}`, `*` or `*/2`");
        let (bounds, step) = match text.split_once('/') {
            None => (text, None),
            Some((bounds, step)) => (bounds, Some(number(step).ok_or_else(form)?)),
        };
        let ends: Vec<&str> = bounds.split('-').collect();
        let (start, end, star) = match ends[..] {
            ["*" | "?", ..] => (least, most, true),
            [start] => {
                let start = self.read_value(start)?;
                (start, if step.is_some() { most } else { start }, false)
            }
            [start, end] if !start.is_empty() && !end.is_empty() => {
                (self.read_value(start)?, self.read_value(end)?, false)
            }
            _ => return Err(form()),
        };
        if start > end {
            return Err(format!("has the {is} `{text}`, which ends before it begins: write the smaller one first"));
        }
        let step = step.unwrap_or(1);
        if step == 0 {
            return Err(format!("has the {is} `{text}`, whose step is nothing: write at least `/1`"));
        }
        let step_by = usize::try_from(step).unwrap_or(usize::MAX);
        let values = (start..=end).step_by(step_by).fold(0, |values, value| values | 1 << value);
        Ok(Values { values, is_any: star && step == 1 })
    }

    fn read_value(&self, text: &str) -> Result<u32, String> {
        let Self { is, least, most, names } = *self;
        let lower = text.to_lowercase();
        let named = names.iter().zip(least..).find(|(name, _)| **name == lower).map(|(_, value)| value);
        let Some(value) = named.or_else(|| number(text)) else {
            let example = names.first().map_or_else(String::new, |name| format!(", or a name such as `{name}`"));
            let meant = did_you_mean(text, names.iter().copied());
            return Err(format!("has the {is} `{text}`: write a number from {least} to {most}{example}{meant}"));
        };
        if (least..=most).contains(&value) {
            return Ok(value);
        }
        let sunday = if most == 6 && value == 7 { "; Sunday is `0`" } else { "" };
        Err(format!("has the {is} `{text}`: write a number from {least} to {most}{sunday}"))
    }
}

/// As Go reads it: a plus sign is allowed, a minus sign is not.
fn number(text: &str) -> Option<u32> {
    let number: i64 = text.parse().ok()?;
    // Whatever is beyond any field is as good as the last number.
    u32::try_from(number.min(10_000)).ok()
}

/// Whether Go would read it as a duration: `1h30m`, `1.5s`.
fn is_interval(text: &str) -> bool {
    let mut rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    if rest == "0" {
        return true;
    }
    if rest.is_empty() {
        return false;
    }
    while !rest.is_empty() {
        let (whole, after) = digits(rest);
        let (fraction, after) = after.strip_prefix('.').map_or(("", after), digits);
        let end = after.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        if (whole.is_empty() && fraction.is_empty()) || !UNITS.contains(&unit) {
            return false;
        }
        rest = after;
    }
    true
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::mistake;

    /// What the real server takes and refuses, as it was recorded for the embedded one.
    #[test]
    fn the_server_is_of_the_same_opinion() {
        // Its time zones are not known here.
        let unknown = ["CRON_TZ=Mars/X 0 6 * * *", "TZ=../x 0 6 * * *"];
        let recorded = include_str!("../../../embedded/src/cron/testdata/cron.json");
        let mut count = 0;
        for row in recorded.lines() {
            let Some((_, row)) = row.split_once("{\"schedule\": \"") else { continue };
            let (schedule, answer) = row.split_once('"').expect("a schedule ends");
            let schedule = &schedule.replace("\\t", "\t");
            if unknown.contains(&schedule.as_str()) {
                continue;
            }
            assert_eq!(
                mistake(schedule).is_some(),
                answer.contains("\"error\""),
                "{schedule:?}: {:?}",
                mistake(schedule)
            );
            count += 1;
        }
        assert!(count >= 85, "{count}");
    }

    #[test]
    fn mistakes_say_what_to_write() {
        for (schedule, said) in [
            ("* 24 * * *", "has the hour `24`: write a number from 0 to 23"),
            ("0 12 * * 7", "has the day of the week `7`: write a number from 0 to 6; Sunday is `0`"),
            (
                "0 0 * juni *",
                "has the month `juni`: write a number from 1 to 12, or a name such as `jan`; did you mean `jun`?",
            ),
            ("9-5 * * * *", "has the minute `9-5`, which ends before it begins: write the smaller one first"),
            ("*/0 * * * *", "has the minute `*/0`, whose step is nothing: write at least `/1`"),
            ("-5 * * * *", "has the minute `-5`: write `0`, `0-59`, `*` or `*/2`"),
            ("TZ=UTC", "has a zone and no times: write `TZ=UTC 0 12 * * *`"),
            ("0 0 30 2 *", "names a time that never comes: write a day that one of its months has"),
        ] {
            assert_eq!(mistake(schedule).as_deref(), Some(said), "{schedule}");
        }
    }
}
