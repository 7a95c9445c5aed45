//! What a real dev server answered to a table of specs, recorded by `testdata/record.py`.

use prost_wkt_types::{Duration as ProtoDuration, Timestamp};
use serde_json::Value;
use temporalio_protos::temporal::api::schedule::v1::{
    CalendarSpec, IntervalSpec, Range, ScheduleSpec, StructuredCalendarSpec,
};

use super::*;

/// Where we differ on purpose.
const DIFFERENT: [(&str, &str); 4] = [
    ("apia_2011_hourly", "the server finds times before the one it searches from, for ever, at a day that never was"),
    ("st_johns_2010_fold", "the server goes back in time where clocks went back at one past midnight"),
    ("zone_data", "zones come from the database that is compiled in"),
    ("zone_empty_directory", "there is no directory to be found"),
];

#[test]
fn specs_mean_what_they_mean_to_the_real_server() {
    let rows: Vec<Value> = serde_json::from_str(include_str!("../testdata/specs.json")).unwrap();
    let mut wrong = Vec::new();
    for row in &rows {
        let name = text(row, "name");
        if DIFFERENT.iter().any(|(different, _)| *different == name) {
            continue;
        }
        if let Err(difference) = check(row) {
            wrong.push(format!("{name}: {difference}"));
        }
    }
    assert!(rows.len() > 250);
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn a_day_that_never_was_is_passed() {
    // Samoa went from the 29th to the 31st of December 2011.
    let rows: Vec<Value> = serde_json::from_str(include_str!("../testdata/specs.json")).unwrap();
    let row = rows.iter().find(|row| text(row, "name") == "apia_2011_hourly").unwrap();
    let (spec, _) = Spec::new(read_spec(&row["spec"])).unwrap();
    let times = spec.matching_times(time(&row["from"]), time(&row["to"]), "").unwrap();
    let midnight = 1_325_152_800;
    let found: Vec<_> = times.iter().map(|time| (time.secs() - midnight) / 3600).collect();
    assert_eq!(found, (-1..=10).map(|times| times * 6).collect::<Vec<_>>());
}

fn check(row: &Value) -> Result<(), String> {
    let result = Spec::new(read_spec(&row["spec"]));
    let (spec, canonical) = match (result, row.get("error")) {
        (Err(error), Some(expected)) if expected == &error => return Ok(()),
        (Err(error), expected) => return Err(format!("error {error:?} instead of {expected:?}")),
        (Ok(_), Some(expected)) => return Err(format!("no error instead of {expected}")),
        (Ok(ok), None) => ok,
    };
    let expected = read_spec(&row["canonical"]);
    if canonical != expected {
        return Err(format!("canonical is\n{canonical:?} instead of\n{expected:?}"));
    }
    // The canonical form is its own canonical form.
    if Spec::new(canonical.clone()).map(|(_, again)| again) != Ok(canonical) {
        return Err("canonical form is not stable".into());
    }
    let times = match (spec.matching_times(time(&row["from"]), time(&row["to"]), "seed"), row.get("listError")) {
        (Err(error), Some(expected)) if expected == &error => return Ok(()),
        (Ok(times), None) => times,
        (result, expected) => return Err(format!("{:?} instead of {expected:?}", result.map(|times| times.len()))),
    };
    let expected: Vec<_> = list(row, "times").iter().map(|time| time.as_i64().unwrap()).collect();
    let found: Vec<_> = times.iter().map(|time| time.secs()).take(expected.len()).collect();
    if found != expected || times.len() as u64 != row["count"].as_u64().unwrap() {
        return Err(format!("{} times\n{found:?} instead of {}\n{expected:?}", times.len(), row["count"]));
    }
    Ok(())
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().into()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn time(value: &Value) -> Time {
    let text = value.as_str().unwrap();
    let text = if text.contains('T') { text.into() } else { format!("{text}T00:00:00Z") };
    let time = DateTime::parse_from_rfc3339(&text).unwrap();
    Time::from_nanos(time.timestamp_nanos_opt().unwrap())
}

fn timestamp(value: &Value, key: &str) -> Option<Timestamp> {
    value.get(key).map(|value| time(value).proto())
}

fn proto_duration(value: &Value, key: &str) -> Option<ProtoDuration> {
    let text = value.get(key)?.as_str()?.strip_suffix('s')?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let nanos: i32 = format!("{fraction:0<9}").parse().ok()?;
    let nanos = if text.starts_with('-') { -nanos } else { nanos };
    Some(ProtoDuration { seconds: whole.parse().ok()?, nanos })
}

#[expect(deprecated, reason = "excluded calendars in text are still read")]
fn read_spec(value: &Value) -> ScheduleSpec {
    ScheduleSpec {
        structured_calendar: list(value, "structuredCalendar").iter().map(read_structured).collect(),
        cron_string: list(value, "cronString").iter().map(|line| line.as_str().unwrap().into()).collect(),
        calendar: list(value, "calendar").iter().map(read_calendar).collect(),
        interval: list(value, "interval").iter().map(read_interval).collect(),
        exclude_calendar: list(value, "excludeCalendar").iter().map(read_calendar).collect(),
        exclude_structured_calendar: list(value, "excludeStructuredCalendar").iter().map(read_structured).collect(),
        start_time: timestamp(value, "startTime"),
        end_time: timestamp(value, "endTime"),
        jitter: proto_duration(value, "jitter"),
        timezone_name: text(value, "timezoneName"),
        timezone_data: text(value, "timezoneData").into(),
    }
}

fn read_interval(value: &Value) -> IntervalSpec {
    IntervalSpec { interval: proto_duration(value, "interval"), phase: proto_duration(value, "phase") }
}

fn read_calendar(value: &Value) -> CalendarSpec {
    CalendarSpec {
        second: text(value, "second"),
        minute: text(value, "minute"),
        hour: text(value, "hour"),
        day_of_month: text(value, "dayOfMonth"),
        month: text(value, "month"),
        year: text(value, "year"),
        day_of_week: text(value, "dayOfWeek"),
        comment: text(value, "comment"),
    }
}

fn read_structured(value: &Value) -> StructuredCalendarSpec {
    let number = |value: &Value, key| value.get(key).and_then(Value::as_i64).unwrap_or(0).try_into().unwrap();
    let range = |value| Range { start: number(value, "start"), end: number(value, "end"), step: number(value, "step") };
    let ranges = |key| list(value, key).iter().map(range).collect();
    StructuredCalendarSpec {
        second: ranges("second"),
        minute: ranges("minute"),
        hour: ranges("hour"),
        day_of_month: ranges("dayOfMonth"),
        month: ranges("month"),
        year: ranges("year"),
        day_of_week: ranges("dayOfWeek"),
        comment: text(value, "comment"),
    }
}
