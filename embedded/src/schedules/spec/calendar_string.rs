//! Calendars written in text, as ranges: `9-17/2`, `mon-fri`, `*`.

use temporalio_protos::temporal::api::schedule::v1::{CalendarSpec, Range, StructuredCalendarSpec};

use super::fields::YEARS;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/// A field: its name in messages, its bounds, what it is when it is not given, and names for its values.
struct Field {
    name: &'static str,
    least: i64,
    most: i64,
    default: &'static str,
    names: &'static [&'static str],
    shortest_name: usize,
}

impl Field {
    const fn new(name: &'static str, least: i64, most: i64, default: &'static str) -> Self {
        Self { name, least, most, default, names: &[], shortest_name: 0 }
    }

    const fn named(self, names: &'static [&'static str], shortest_name: usize) -> Self {
        Self { names, shortest_name, ..self }
    }
}

const SECOND: Field = Field::new("Second", 0, 59, "0");
const MINUTE: Field = Field::new("Minute", 0, 59, "0");
const HOUR: Field = Field::new("Hour", 0, 23, "0");
const DAY_OF_WEEK: Field = Field::new("DayOfWeek", 0, SUNDAY_TOO, "*").named(&WEEKDAYS, 2);
const DAY_OF_MONTH: Field = Field::new("DayOfMonth", 1, 31, "*");
const MONTH: Field = Field::new("Month", 1, 12, "*").named(&MONTHS, 3);
const YEAR: Field = Field::new("Year", *YEARS.start() as i64, *YEARS.end() as i64, "*");

/// Sunday as the last day of the week.
const SUNDAY_TOO: i64 = 7;

/// All mistakes at once, one per field.
pub(super) fn structured(calendar: &CalendarSpec) -> Result<StructuredCalendarSpec, String> {
    let mut mistakes = Vec::new();
    let mut read = |text: &str, field: &Field| {
        ranges(text, field).unwrap_or_else(|mistake| {
            mistakes.push(mistake);
            Vec::new()
        })
    };
    let structured = StructuredCalendarSpec {
        second: read(&calendar.second, &SECOND),
        minute: read(&calendar.minute, &MINUTE),
        hour: read(&calendar.hour, &HOUR),
        day_of_week: read(&calendar.day_of_week, &DAY_OF_WEEK),
        day_of_month: read(&calendar.day_of_month, &DAY_OF_MONTH),
        month: read(&calendar.month, &MONTH),
        // Any year is the absence of years.
        year: if calendar.year.trim() == "*" { Vec::new() } else { read(&calendar.year, &YEAR) },
        comment: calendar.comment.clone(),
    };
    if mistakes.is_empty() { Ok(structured) } else { Err(mistakes.join(", ")) }
}

fn ranges(text: &str, field: &Field) -> Result<Vec<Range>, String> {
    let text = match text.trim() {
        "" if field.name == YEAR.name => return Ok(Vec::new()),
        "" => field.default,
        text => text,
    };
    let mut ranges = Vec::new();
    for part in text.split(',') {
        let (values, step) = match part.split('/').collect::<Vec<_>>()[..] {
            [_, ""] => return Err(format!("{} missing step value", field.name)),
            [values, step] => (values, Some(self::step(step, field)?)),
            [values] => (values, None),
            _ => return Err(format!("{} has too many slashes", field.name)),
        };
        let (start, end) = bounds(values, step.is_some(), field)?;
        let step = step.unwrap_or(1);
        if end == SUNDAY_TOO && field.most == SUNDAY_TOO {
            // The whole week has its Sunday at its start, and the server takes a week that starts on Monday for a
            // whole one.
            let whole = step == 1 && start <= 1;
            if (end - start) % step == 0 && !whole {
                ranges.push(range(0, 0, 1));
            }
            if start < end {
                ranges.push(range(start, end - 1, step));
            }
        } else {
            ranges.push(range(start, end, step));
        }
    }
    Ok(ranges)
}

/// The step wraps around like the field of the message that it goes into.
#[expect(clippy::cast_possible_truncation, reason = "steps wrap, values are in bounds")]
fn range(start: i64, end: i64, step: i64) -> Range {
    Range { start: start as i32, end: end as i32, step: step as i32 }
}

fn bounds(values: &str, stepping: bool, field: &Field) -> Result<(i64, i64), String> {
    let Field { name, least, most, .. } = *field;
    if values == "*" {
        return Ok((least, most));
    }
    match values.split('-').collect::<Vec<_>>()[..] {
        [start, end] => {
            let start = value(start, field).ok_or_else(|| format!("{name} Start is not in range [{least}-{most}]"))?;
            let end = value(end, field).filter(|end| *end >= start);
            let end = end.ok_or_else(|| format!("{name} End is before Start or not in range [{least}-{most}]"))?;
            Ok((start, end))
        }
        [single] => {
            let start = value(single, field).ok_or_else(|| format!("{name} is not in range [{least}-{most}]"))?;
            Ok((start, if stepping { most } else { start }))
        }
        _ => Err(format!("{name} has too many dashes")),
    }
}

fn value(text: &str, field: &Field) -> Option<i64> {
    let lower = text.to_lowercase();
    if !field.names.is_empty()
        && lower.len() >= field.shortest_name
        && let Some(index) = field.names.iter().position(|name| name.starts_with(&lower))
    {
        return Some(i64::try_from(index).ok()? + field.least);
    }
    text.parse().ok().filter(|value| (field.least..=field.most).contains(value))
}

fn step(text: &str, field: &Field) -> Result<i64, String> {
    let step: i64 = text.parse().map_err(|error: std::num::ParseIntError| {
        use std::num::IntErrorKind::{NegOverflow, PosOverflow};
        let mistake = match error.kind() {
            PosOverflow | NegOverflow => "value out of range",
            _ => "invalid syntax",
        };
        format!("strconv.Atoi: parsing {text:?}: {mistake}")
    })?;
    if step < 1 {
        return Err(format!("{} has invalid Step", field.name));
    }
    Ok(step)
}
