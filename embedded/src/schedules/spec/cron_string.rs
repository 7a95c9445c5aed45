//! Cron lines of schedules: five to seven fields, or `@hourly` and its kin, or `@every` with a phase; a zone before,
//! a comment after.

use std::time::Duration;

use prost_wkt_types::Duration as ProtoDuration;
use temporalio_protos::temporal::api::schedule::v1::{CalendarSpec, IntervalSpec, StructuredCalendarSpec};

use super::{calendar_string::structured, duration};

pub(super) enum Line {
    /// With the name of its zone, empty where the line has none.
    Calendar(StructuredCalendarSpec, String),
    Interval(IntervalSpec),
}

pub(super) fn parse(line: &str) -> Result<Line, String> {
    let (zone, line) = zone(line.trim())?;
    let (line, comment) = line.split_once('#').unwrap_or((line, ""));
    let (line, comment) = (line.trim(), comment.trim());
    if line.starts_with("@every") {
        let (_, interval) = line.split_once(' ').ok_or("CronString does not have interval after @every")?;
        return every(interval).map(Line::Interval);
    }
    let fields: Vec<_> = shorthand(line).unwrap_or(line).split_whitespace().map(String::from).collect();
    let (second, year, five) = match &fields[..] {
        five @ [_, _, _, _, _] => ("", "", five),
        [five @ .., year] if five.len() == 5 => ("", year.as_str(), five),
        [second, five @ .., year] if five.len() == 5 => (second.as_str(), year.as_str(), five),
        _ => return Err("CronString does not have 5-7 fields".into()),
    };
    let [minute, hour, day_of_month, month, day_of_week] = five else { return Err("malformed expression".into()) };
    let calendar = CalendarSpec {
        second: second.into(),
        minute: minute.clone(),
        hour: hour.clone(),
        day_of_month: day_of_month.clone(),
        month: month.clone(),
        year: year.into(),
        day_of_week: day_of_week.clone(),
        comment: comment.into(),
    };
    Ok(Line::Calendar(structured(&calendar)?, zone.into()))
}

fn zone(line: &str) -> Result<(&str, &str), String> {
    let Some(zoned) = line.strip_prefix("TZ=").or_else(|| line.strip_prefix("CRON_TZ=")) else {
        return Ok(("", line));
    };
    zoned.split_once(' ').ok_or_else(|| "CronString has time zone but missing fields".into())
}

/// What a shorthand stands for, here and in cron schedules of workflows.
pub(crate) fn shorthand(line: &str) -> Option<&'static str> {
    Some(match line {
        "@yearly" | "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" | "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        _ => return None,
    })
}

fn every(text: &str) -> Result<IntervalSpec, String> {
    let (interval, phase) = text.split_once('/').unwrap_or((text, ""));
    let interval = Some(proto(duration::parse(interval)?));
    let phase = if phase.is_empty() { None } else { Some(proto(duration::parse(phase)?)) };
    Ok(IntervalSpec { interval, phase })
}

fn proto(nanos: i64) -> ProtoDuration {
    let whole = Duration::from_nanos(nanos.unsigned_abs());
    let positive = crate::time::proto(whole);
    if nanos < 0 { ProtoDuration { seconds: -positive.seconds, nanos: -positive.nanos } } else { positive }
}
