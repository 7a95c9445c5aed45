//! What holds for any spec.

use proptest::{collection::vec, prelude::*, sample::select};
use prost_wkt_types::{Duration as ProtoDuration, Timestamp};
use temporalio_protos::temporal::api::schedule::v1::{CalendarSpec, Range, StructuredCalendarSpec};

use super::{zone::Zone, *};

const ZONES: [&str; 10] = [
    "UTC",
    "America/New_York",
    "Europe/Berlin",
    "Europe/London",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/St_Johns",
    "Pacific/Apia",
    "Africa/Casablanca",
    "America/Santiago",
];
const HOURS: i64 = 3600;

fn ranges(least: i32, most: i32) -> impl Strategy<Value = Vec<Range>> {
    let all = Just(vec![Range { start: least, end: most, step: 1 }]);
    let some = vec((least..=most, 0..=most, 0..9), 1..3).prop_map(|ranges| {
        let range = |(start, end, step)| Range { start, end: if end < start { 0 } else { end }, step };
        ranges.into_iter().map(range).collect()
    });
    prop_oneof![all, some]
}

fn calendar() -> impl Strategy<Value = StructuredCalendarSpec> {
    let of_day = (ranges(0, 59), ranges(0, 59), ranges(0, 23));
    let of_year = (ranges(1, 31), ranges(1, 12), ranges(0, 6));
    let year = prop_oneof![Just(Vec::new()), ranges(2000, 2100)];
    (of_day, of_year, year).prop_map(|((second, minute, hour), (day_of_month, month, day_of_week), year)| {
        StructuredCalendarSpec { second, minute, hour, day_of_month, month, year, day_of_week, comment: String::new() }
    })
}

prop_compose! {
    fn spec()(
        structured_calendar in vec(calendar(), 0..3),
        excludes in vec((calendar(), 0..24), 0..2),
        intervals in vec((1i64..100_000, any::<prop::sample::Index>()), 0..3),
        zone in select(&ZONES[..]),
        start in prop::option::of(0i64..4_102_444_800),
        length in prop::option::of(0i64..100 * 365 * 24 * HOURS),
        jitter in 0i64..10_000,
    ) -> ScheduleSpec {
        let seconds = |seconds| Some(ProtoDuration { seconds, nanos: 0 });
        let phase = |phase: prop::sample::Index, length| i64::try_from(phase.index(usize::try_from(length).unwrap()));
        // An hour at a time, lest searches be long.
        let exclude = |(calendar, start)| {
            StructuredCalendarSpec { hour: vec![Range { start, end: 0, step: 0 }], ..calendar }
        };
        ScheduleSpec {
            structured_calendar,
            exclude_structured_calendar: excludes.into_iter().map(exclude).collect(),
            interval: intervals.into_iter().map(|(length, index)| IntervalSpec {
                interval: seconds(length),
                phase: seconds(phase(index, length).unwrap()),
            }).collect(),
            timezone_name: zone.into(),
            start_time: start.map(|seconds| Timestamp { seconds, nanos: 0 }),
            end_time: length.map(|length| Timestamp { seconds: start.unwrap_or(0) + length, nanos: 0 }),
            jitter: seconds(jitter),
            ..Default::default()
        }
    }
}

/// Whether a spec names a second, told without the machinery of searching.
fn named(spec: &ScheduleSpec, zone: Zone, second: i64) -> bool {
    let has = |ranges: &[Range], value: i64| {
        ranges.iter().any(|range| {
            let (start, end, step) = (range.start, range.end.max(range.start), range.step.max(1));
            (i64::from(start)..=i64::from(end)).contains(&value) && (value - i64::from(start)) % i64::from(step) == 0
        })
    };
    let local = chrono::DateTime::from_timestamp(zone.local(second), 0).unwrap().naive_utc();
    let calendar = |calendar: &StructuredCalendarSpec| {
        use chrono::Timelike;
        has(&calendar.second, local.second().into())
            && has(&calendar.minute, local.minute().into())
            && has(&calendar.hour, local.hour().into())
            && has(&calendar.day_of_month, local.day().into())
            && has(&calendar.month, local.month().into())
            && has(&calendar.day_of_week, local.weekday().num_days_from_sunday().into())
            && (calendar.year.is_empty() || has(&calendar.year, local.year().into()))
    };
    let interval = |interval: &IntervalSpec| {
        let seconds = |duration: &Option<ProtoDuration>| duration.as_ref().map_or(0, |duration| duration.seconds);
        (second - seconds(&interval.phase)) % seconds(&interval.interval) == 0
    };
    let time = Timestamp { seconds: second, nanos: 0 };
    (spec.structured_calendar.iter().any(calendar) || spec.interval.iter().any(interval))
        && !spec.exclude_structured_calendar.iter().any(calendar)
        && spec.start_time.as_ref().is_none_or(|start| start.seconds <= time.seconds)
        && spec.end_time.as_ref().is_none_or(|end| end.seconds >= time.seconds)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn next_is_what_counting_finds(proto in spec(), after in 1_000_000i64..4_000_000_000) {
        let zone = Zone::parse(&proto.timezone_name).unwrap();
        // Where clocks are turned the server has its own mind: the table of recorded answers covers it.
        prop_assume!(zone.turn_after(after - 26 * HOURS).is_none() && zone.turn_after(after).is_none());
        let (spec, _) = Spec::new(proto.clone()).unwrap();
        let counted = (after + 1..after + HOURS).find(|second| named(&proto, zone, *second));
        let next = spec.next(Time::from_secs(after), "seed").map(|next| next.nominal.secs());
        match counted {
            Some(counted) => prop_assert_eq!(next, Some(counted)),
            None => prop_assert!(next.is_none_or(|next| next >= after + HOURS)),
        }
    }

    #[test]
    fn times_go_on_within_bounds(proto in spec(), after in 0i64..4_200_000_000, seed in "[a-z]{0,5}") {
        let (spec, _) = Spec::new(proto.clone()).unwrap();
        let zone = Zone::parse(&proto.timezone_name).unwrap();
        let mut last = Next { nominal: Time::from_secs(after), actual: Time::from_secs(after) };
        for _ in 0..20 {
            let Some(next) = spec.next(last.actual, &seed) else { break };
            prop_assert!(next.nominal > last.actual && next.actual >= next.nominal, "{:?} after {:?}", next, last);
            prop_assert!(next.actual.since(next.nominal) <= of_proto(proto.jitter.as_ref()));
            prop_assert!(proto.start_time.as_ref().is_none_or(|start| next.nominal.secs() >= start.seconds));
            prop_assert!(proto.end_time.as_ref().is_none_or(|end| next.nominal.secs() <= end.seconds));
            let excludes = ScheduleSpec { structured_calendar: proto.exclude_structured_calendar.clone(), ..Default::default() };
            prop_assert!(!named(&excludes, zone, next.nominal.secs()));
            last = next;
        }
    }

    #[test]
    fn listing_is_repeated_searching(proto in spec(), start in 0i64..4_000_000_000, length in 0i64..3 * 24 * HOURS) {
        let (spec, _) = Spec::new(proto).unwrap();
        let (start, end) = (Time::from_secs(start), Time::from_secs(start + length));
        let listed = spec.matching_times(start, end, "").unwrap();
        let mut after = start;
        let searched: Vec<_> = std::iter::from_fn(|| {
            after = spec.next(after, "")?.actual;
            (after <= end).then_some(after)
        }).take(1000).collect();
        prop_assert_eq!(listed, searched);
    }

    #[test]
    fn any_line_is_answered(line in "\\PC{0,40}", zone in "\\PC{0,10}") {
        let _ = Spec::new(ScheduleSpec { cron_string: vec![line], timezone_name: zone, ..Default::default() });
    }

    #[test]
    fn lines_that_look_right_are_answered(
        line in "(TZ=[A-Z/a-z]{0,6} )?(@every |@hourly|)([-0-9*,/a-z.#]{1,9} ){0,7}", after in any::<i64>(),
    ) {
        if let Ok((spec, _)) = Spec::new(ScheduleSpec { cron_string: vec![line], ..Default::default() }) {
            let _ = spec.next(Time::from_nanos(after), "");
        }
    }

    #[test]
    fn fields_that_look_right_are_answered(fields in vec("[-0-9*,/a-z]{0,12}", 7)) {
        let [second, minute, hour, day_of_month, month, year, day_of_week] = <[String; 7]>::try_from(fields).unwrap();
        let calendar = CalendarSpec {
            second, minute, hour, day_of_month, month, year, day_of_week, comment: String::new(),
        };
        let _ = Spec::new(ScheduleSpec { calendar: vec![calendar], ..Default::default() });
    }

    #[test]
    fn any_numbers_are_answered(start: i32, end: i32, step: i32, length: i64, nanos: i32, phase: i64, after: i64) {
        let range = Range { start, end, step };
        let calendar = StructuredCalendarSpec { hour: vec![range], year: vec![range], ..Default::default() };
        let interval = IntervalSpec {
            interval: Some(ProtoDuration { seconds: length, nanos }),
            phase: Some(ProtoDuration { seconds: phase, nanos }),
        };
        let bound = Some(Timestamp { seconds: length, nanos });
        let proto = ScheduleSpec {
            exclude_structured_calendar: vec![calendar],
            interval: vec![interval],
            start_time: bound,
            jitter: Some(ProtoDuration { seconds: phase, nanos }),
            ..Default::default()
        };
        if let Ok((spec, _)) = Spec::new(proto) {
            let _ = spec.next(Time::from_nanos(after), "");
        }
    }
}
