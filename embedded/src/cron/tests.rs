use chrono::TimeZone;
use proptest::{prelude::*, sample::select};
use serde_json::Value;

use super::*;

fn utc(text: &str) -> Time {
    let time = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").unwrap();
    Time::from_nanos(chrono::Utc.from_utc_datetime(&time).timestamp_nanos_opt().unwrap())
}

fn seconds(seconds: u64) -> Option<Duration> {
    Some(Duration::from_secs(seconds))
}

/// Recorded by `testdata/record.py`.
#[test]
fn schedules_mean_what_they_mean_to_the_real_server() {
    let rows: Vec<Value> = serde_json::from_str(include_str!("testdata/cron.json")).unwrap();
    let mut wrong = Vec::new();
    for row in &rows {
        let text = row["schedule"].as_str().unwrap();
        let parsed = parse(text);
        let differs = match (parsed, row.get("error")) {
            (Err(error), Some(expected)) if *expected == error => continue,
            (Ok(schedule), None) => {
                let at = Time::from_nanos(row["at"].as_i64().unwrap());
                let backoff = schedule.next(at, at).map(|backoff| backoff.as_secs_f64());
                if backoff == row["backoff"].as_f64() {
                    continue;
                }
                format!("{backoff:?} instead of {}", row["backoff"])
            }
            (parsed, expected) => format!("{parsed:?} instead of {expected:?}"),
        };
        wrong.push(format!("{text:?}: {differs}"));
    }
    assert!(rows.len() >= 90);
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn runs_stay_on_the_times_of_the_schedule() {
    let hourly = parse("0 * * * *").unwrap();
    let start = utc("2024-01-01 00:00:00");
    assert_eq!(hourly.next(start, utc("2024-01-01 00:20:00")), seconds(40 * 60));
    // Missed times are skipped, and a fraction of a second is rounded up.
    assert_eq!(hourly.next(start, utc("2024-01-01 03:59:58.5")), seconds(2));
    // What closes right at a time starts at once.
    assert_eq!(hourly.next(start, utc("2024-01-01 05:00:00")), seconds(0));
    assert_eq!(hourly.next(start, utc("2024-01-01 05:00:00.001")), seconds(3600));
    // A run that ends before it was due leaves its time to the next one.
    assert_eq!(hourly.next(start, utc("2023-12-31 23:58:00")), seconds(120));
}

#[test]
fn intervals_are_counted_from_the_start() {
    let every = parse("@every 10s").unwrap();
    let start = utc("2024-01-01 00:00:03.7");
    assert_eq!(every.next(start, start), seconds(10));
    assert_eq!(every.next(start, utc("2024-01-01 00:00:10")), seconds(3));
    assert_eq!(every.next(start, utc("2024-01-01 00:00:13")), seconds(0));
    assert_eq!(every.next(start, utc("2024-01-01 00:01:13.5")), seconds(10));
}

#[test]
fn clocks_that_are_turned() {
    let schedule = parse("CRON_TZ=Europe/Berlin 30 2 * * *").unwrap();
    let next = |at: &str| at.to_owned() + " +" + &schedule.next(utc(at), utc(at)).unwrap().as_secs().to_string();
    // 02:30 does not exist on the 31st of March, and comes twice on the 27th of October.
    assert_eq!(next("2024-03-30 01:30:00"), format!("2024-03-30 01:30:00 +{}", 47 * 3600));
    assert_eq!(next("2024-10-26 23:30:00"), format!("2024-10-26 23:30:00 +{}", 3600));
    assert_eq!(next("2024-10-27 00:30:00"), format!("2024-10-27 00:30:00 +{}", 3600));
    assert_eq!(next("2024-10-27 01:30:00"), format!("2024-10-27 01:30:00 +{}", 24 * 3600));
}

#[test]
fn times_may_end() {
    assert_eq!(parse("0 0 30 2 *").unwrap_err(), NEVER);
    let leap = parse("0 0 29 2 *").unwrap();
    // No leap year for more than five years.
    assert_eq!(leap.next(utc("2097-01-01 00:00:00"), utc("2097-01-01 00:00:00")), None);
}

const PARTS: [&str; 9] = ["*", "*/7", "0", "3", "1-5", "2,4", "5/2", "6", "1-6/5"];
const ZONES: [&str; 6] =
    ["UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn next_is_what_counting_finds(
        minute in select(&PARTS[..]), hour in select(&PARTS[..]), day in select(&PARTS[1..]), month in select(&PARTS[..]),
        weekday in select(&PARTS[..]), zone in select(&ZONES[..]), at in 1_200_000_000i64..2_500_000_000,
        turns in prop::bool::ANY,
    ) {
        let day = if day == "0" { "1" } else { day };
        let month = if month == "0" { "1" } else { month };
        let schedule = parse(&format!("TZ={zone} {minute} {hour} {day} {month} {weekday}")).unwrap();
        let Kind::Fields(fields, zone) = &schedule.0 else { panic!("not fields") };
        // Half of the time close to where clocks are turned.
        let turn = (0..400).find_map(|days| zone.turn_after(at + days * 86_400)).filter(|_| turns);
        let at = turn.map_or(at, |turn| turn - at.rem_euclid(3 * 3600));
        let counted = (at + 1..at + 4 * 3600).find(|instant| fields.has(zone.local(*instant)));
        let found = schedule.time_after(Time::from_secs(at)).map(Time::secs);
        match counted {
            Some(counted) => prop_assert_eq!(found, Some(counted)),
            None => prop_assert!(found.is_none_or(|found| found >= at + 4 * 3600)),
        }
    }

    #[test]
    fn the_next_run_is_neither_before_the_close_nor_late(
        text in select(&["* * * * *", "*/7 3 * * *", "@every 13s", "TZ=Europe/Berlin 0 * * * *"][..]),
        start in 0i64..4_000_000_000_000_000_000, run in 0i64..1_000_000_000_000_000,
    ) {
        let schedule = parse(text).unwrap();
        let (start, close) = (Time::from_nanos(start), Time::from_nanos(start + run));
        let due = close + schedule.next(start, close).unwrap();
        let named = schedule.due(start, close).unwrap();
        prop_assert!(named >= close && due >= named && due.since(named) < Duration::from_secs(1));
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,40}", at: i64, close: i64) {
        if let Ok(schedule) = parse(&text) {
            let _ = schedule.next(Time::from_nanos(at), Time::from_nanos(close));
        }
    }

    #[test]
    fn text_that_looks_right_is_answered(
        text in "((CRON_)?TZ=[A-Z/a-z]{0,6} )?(@every |@hourly|)([-0-9*,/a-z?]{1,6} ){0,6}", at: i64, close: i64,
    ) {
        if let Ok(schedule) = parse(&text) {
            let _ = schedule.next(Time::from_nanos(at), Time::from_nanos(close));
        }
    }
}
