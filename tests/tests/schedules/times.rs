//! When schedules start.

use durably::schedule::ScheduleOverlapPolicy;
use durably_tests::{client, unique, with_worker};

use super::*;

/// A schedule that is only asked when it would start.
macro_rules! times {
    ($client:expr, |$schedule:ident| $times:expr) => {{
        let $schedule = Report::schedule($client, unique("times"), unique("Ada"), 7).task_queue("nobody-polls");
        let schedule = $times.paused(true).create().await.unwrap();
        let times = future(&schedule).await;
        assert!(!times.is_empty());
        let spec = schedule.describe().await.unwrap().spec().unwrap().clone();
        schedule.delete().await.unwrap();
        (times, spec)
    }};
}

#[tokio::test]
async fn an_interval_starts_one_workflow_after_the_other() {
    with_worker(
        |worker| worker.workflow::<Report>(),
        async |client, queue| {
            let create = Report::schedule(client, unique("seconds"), unique("Ada"), 7).task_queue(queue).every(SECOND);
            // On a busy machine a workflow may take longer than a second: the next one is not to be skipped.
            let schedule = create.overlap(ScheduleOverlapPolicy::AllowAll).create().await.unwrap();
            started(&schedule, 2).await;
            let recent = schedule.describe().await.unwrap().recent_actions();
            let times: Vec<_> = recent.iter().filter_map(|action| action.schedule_time).collect();
            assert_eq!(times[1].duration_since(times[0]).unwrap(), SECOND);
            assert_ne!(recent[0].workflow_id, recent[1].workflow_id);
            schedule.delete().await.unwrap();
        },
    )
    .await;
}

#[tokio::test]
async fn an_interval_may_have_an_offset() {
    let (times, _) = times!(&client().await, |schedule| schedule.every_with_offset(DAY, 3600 * SECOND));
    assert!(times.iter().all(|time| time % 86_400 == 3600), "{times:?}");
}

#[tokio::test]
async fn a_cron_expression_becomes_a_calendar() {
    let (times, spec) = times!(&client().await, |schedule| schedule.cron("30 2 * * MON"));
    // The epoch began on a Thursday.
    assert!(times.iter().all(|time| (time / 86_400 + 4) % 7 == 1 && time % 86_400 == 9000), "{times:?}");
    let calendar = &spec.structured_calendar[0];
    assert_eq!((calendar.minute[0].start, calendar.hour[0].start, calendar.day_of_week[0].start), (30, 2, 1));
}

#[tokio::test]
async fn a_calendar_has_ranges_and_steps() {
    let hours = ScheduleCalendarSpec::builder().hour("9-17/4").minute("15").build();
    let (times, _) = times!(&client().await, |schedule| schedule.calendar(hours));
    let expected = [9, 13, 17].map(|hour| hour * 3600 + 15 * 60);
    assert!(times.iter().all(|time| expected.contains(&(time % 86_400))), "{times:?}");
    assert!(expected.iter().all(|expected| times.iter().any(|time| time % 86_400 == *expected)), "{times:?}");
}

#[tokio::test]
async fn a_time_that_is_skipped_is_none() {
    let weekend = ScheduleCalendarSpec::builder().day_of_week("0,6").hour("*").minute("*").second("*").build();
    let (times, spec) = times!(&client().await, |schedule| schedule.cron("0 4 * * *").skip(weekend));
    assert!(times.iter().all(|time| (1..=5).contains(&((time / 86_400 + 4) % 7))), "{times:?}");
    assert_eq!(spec.exclude_structured_calendar.len(), 1);
}

#[tokio::test]
async fn nothing_starts_before_the_start_or_after_the_end() {
    let now = SystemTime::now();
    let (times, _) =
        times!(&client().await, |schedule| schedule.every(DAY).start_at(now + 10 * DAY).end_at(now + 13 * DAY));
    let (start, end) = (seconds(now + 10 * DAY), seconds(now + 13 * DAY));
    assert_eq!(times.len(), 3, "{times:?}");
    assert!(times.iter().all(|time| (start..=end).contains(time)), "{times:?} {start} {end}");
}

#[tokio::test]
async fn a_time_zone_moves_calendars() {
    let (times, spec) = times!(&client().await, |schedule| schedule.cron("0 4 * * *").time_zone("Asia/Kolkata"));
    // Half past ten at night in UTC: there is no summer time in India.
    assert!(times.iter().all(|time| time % 86_400 == 22 * 3600 + 1800), "{times:?}");
    assert_eq!(spec.timezone_name, "Asia/Kolkata");
}

#[tokio::test]
async fn jitter_delays_each_start_a_little() {
    let (times, spec) = times!(&client().await, |schedule| schedule.every(DAY).jitter(60 * SECOND));
    assert!(times.iter().all(|time| time % 86_400 <= 60), "{times:?}");
    assert!(times.iter().any(|time| time % 86_400 != 0), "{times:?}");
    assert_eq!(spec.jitter.unwrap().seconds, 60);
}

#[tokio::test]
async fn starts_may_be_limited() {
    with_worker(
        |worker| worker.workflow::<Report>(),
        async |client, queue| {
            let create = Report::schedule(client, unique("limited"), unique("Ada"), 7).task_queue(queue).every(SECOND);
            let schedule = create.limited_actions(2).create().await.unwrap();
            eventually(|| async {
                match schedule.describe().await.unwrap().state().unwrap().remaining_actions {
                    0 => Ok(()),
                    left => Err(format!("{left} are left")),
                }
            })
            .await;
            let described = schedule.describe().await.unwrap();
            assert_eq!(described.action_count(), 2);
            assert!(described.future_action_times().is_empty());
            schedule.delete().await.unwrap();
        },
    )
    .await;
}
