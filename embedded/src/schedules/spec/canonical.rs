//! The one form in which a spec is kept and shown: structured calendars and intervals, every range spelt out.

use prost_wkt_types::Duration as ProtoDuration;
use temporalio_protos::temporal::api::schedule::v1::{IntervalSpec, Range, ScheduleSpec, StructuredCalendarSpec};

use super::{
    calendar_string::structured,
    cron_string::{self, Line},
    fields::YEARS,
    zone::Zone,
};

const LONGEST_COMMENT: usize = 200;

/// The canonical form, and the zone that its calendars are in.
#[expect(deprecated, reason = "clients of old still exclude calendars in text")]
pub(super) fn canonical(mut spec: ScheduleSpec) -> Result<(ScheduleSpec, Zone), String> {
    for calendar in std::mem::take(&mut spec.calendar) {
        spec.structured_calendar.push(structured(&calendar)?);
    }
    for calendar in std::mem::take(&mut spec.exclude_calendar) {
        spec.exclude_structured_calendar.push(structured(&calendar)?);
    }
    let mut zone: Option<String> = None;
    for line in std::mem::take(&mut spec.cron_string) {
        let line_zone = match cron_string::parse(&line)? {
            Line::Calendar(calendar, zone) => {
                spec.structured_calendar.push(calendar);
                zone
            }
            Line::Interval(interval) => {
                spec.interval.push(interval);
                String::new()
            }
        };
        if zone.as_ref().is_some_and(|zone| *zone != line_zone) {
            return Err(CONFLICT.into());
        }
        zone = Some(line_zone);
    }
    if let Some(zone) = zone.filter(|zone| !zone.is_empty()) {
        let same = spec.timezone_name.is_empty() || spec.timezone_name == zone;
        if !same || !spec.timezone_data.is_empty() {
            return Err(CONFLICT.into());
        }
        spec.timezone_name = zone;
    }
    for calendar in &spec.structured_calendar {
        check_calendar(calendar)?;
    }
    for interval in &spec.interval {
        check_interval(interval)?;
    }
    if !spec.timezone_data.is_empty() {
        return Err("timezone_data is not supported here: name a time zone".into());
    }
    let zone = Zone::parse(&spec.timezone_name)?;
    for calendar in spec.structured_calendar.iter_mut().chain(&mut spec.exclude_structured_calendar) {
        for ranges in ranges_mut(calendar) {
            ranges.iter_mut().for_each(spell_out);
        }
    }
    Ok((spec, zone))
}

const CONFLICT: &str = "conflicting timezone names";

fn check_calendar(calendar: &StructuredCalendarSpec) -> Result<(), String> {
    let mut mistakes = Vec::new();
    let mut check = |ranges: &[Range], name: &str, least: i32, most: i32| {
        for &Range { start, end, step } in ranges {
            if start < least || start > most {
                mistakes.push(format!("{name} Start is not in range [{least}-{most}]"));
            }
            if end != 0 && (end < start || end > most) {
                mistakes.push(format!("{name} End is before Start or not in range [{least}-{most}]"));
            }
            if step < 0 {
                mistakes.push(format!("{name} has invalid Step"));
            }
        }
    };
    check(&calendar.second, "Second", 0, 59);
    check(&calendar.minute, "Minute", 0, 59);
    check(&calendar.hour, "Hour", 0, 23);
    check(&calendar.day_of_month, "DayOfMonth", 1, 31);
    check(&calendar.month, "Month", 1, 12);
    check(&calendar.year, "Year", *YEARS.start(), *YEARS.end());
    check(&calendar.day_of_week, "DayOfWeek", 0, 6);
    if calendar.comment.len() > LONGEST_COMMENT {
        mistakes.push("comment is too long".into());
    }
    if mistakes.is_empty() { Ok(()) } else { Err(format!("invalid calendar spec: {}", mistakes.join(", "))) }
}

fn check_interval(interval: &IntervalSpec) -> Result<(), String> {
    let ordered = |duration: Option<&ProtoDuration>| duration.map_or((0, 0), |d| (d.seconds, d.nanos));
    let (every, phase) = (ordered(interval.interval.as_ref()), ordered(interval.phase.as_ref()));
    if every < (1, 0) {
        return Err("interval is too small".into());
    }
    if phase < (0, 0) {
        return Err("phase is negative".into());
    }
    if phase >= every {
        return Err("phase cannot be greater than Interval".into());
    }
    Ok(())
}

fn ranges_mut(calendar: &mut StructuredCalendarSpec) -> [&mut Vec<Range>; 7] {
    let StructuredCalendarSpec { second, minute, hour, day_of_month, month, year, day_of_week, comment: _ } = calendar;
    [second, minute, hour, day_of_month, month, year, day_of_week]
}

fn spell_out(range: &mut Range) {
    range.end = range.end.max(range.start);
    if range.step == 0 {
        range.step = 1;
    }
}
