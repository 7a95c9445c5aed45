//! What is due while a workflow of the schedule runs.

use super::*;

#[test]
fn skip_is_the_default() {
    let mut engine = Engine::new(hourly());
    engine.sleep_until(HOUR * 3);
    assert_eq!(engine.ids(), ["01:00:00Z"]);
    assert_eq!(engine.schedule.counts.skipped, 2);
    engine.close(1, Outcome::Completed(None));
    assert_eq!(engine.started.len(), 1, "what was skipped stays skipped");
    engine.sleep_until(HOUR * 4);
    assert_eq!(engine.ids(), ["01:00:00Z", "04:00:00Z"]);
}

#[test]
fn one_or_all_wait() {
    for (overlap, expected) in [
        (Overlap::BufferOne, &["01:00:00Z", "02:00:00Z"][..]),
        (Overlap::BufferAll, &["01:00:00Z", "02:00:00Z", "03:00:00Z", "04:00:00Z"]),
    ] {
        let mut engine = Engine::new(with_overlap(overlap));
        engine.sleep_until(HOUR * 4 + HOUR / 2);
        assert_eq!(engine.ids(), ["01:00:00Z"]);
        assert_eq!(engine.schedule.buffer.len(), expected.len() - 1);
        for number in 1..=expected.len() {
            engine.close(number, Outcome::Completed(None));
        }
        assert_eq!(engine.ids(), expected);
        assert_eq!(engine.schedule.counts.skipped, 4 - i64::try_from(expected.len()).unwrap());
        assert_eq!(engine.running(), 0);
    }
}

#[test]
fn what_does_not_fit_is_dropped() {
    let mut engine = Engine::new(with_overlap(Overlap::BufferAll));
    engine.sleep_until(HOUR * 1005);
    assert_eq!(engine.schedule.buffer.len(), 1000);
    assert_eq!(engine.schedule.counts.dropped, 4);
}

#[test]
fn the_other_is_cancelled() {
    let mut engine = Engine::new(with_overlap(Overlap::CancelOther));
    engine.sleep_until(HOUR * 2);
    assert_eq!(engine.stopped, [(false, "run-1".into())]);
    assert_eq!(engine.started.len(), 1, "the next one waits until the first one has closed");
    engine.close(1, Outcome::Canceled);
    assert_eq!(engine.ids(), ["01:00:00Z", "02:00:00Z"]);
}

#[test]
fn of_those_that_wait_for_a_cancellation_the_last_one_starts() {
    let mut engine = Engine::new(with_overlap(Overlap::CancelOther));
    engine.sleep_until(HOUR * 4);
    assert_eq!(engine.stopped.len(), 3);
    engine.close(1, Outcome::Canceled);
    assert_eq!(engine.ids(), ["01:00:00Z", "04:00:00Z"]);
}

#[test]
fn the_other_is_terminated() {
    let mut engine = Engine::new(with_overlap(Overlap::TerminateOther));
    engine.sleep_until(HOUR * 3);
    assert_eq!(engine.ids(), ["01:00:00Z", "02:00:00Z", "03:00:00Z"]);
    assert_eq!(engine.stopped, [(true, "run-1".into()), (true, "run-2".into())]);
}

#[test]
fn all_run_side_by_side() {
    let mut engine = Engine::new(with_overlap(Overlap::AllowAll));
    engine.schedule.last_completion_result = Some(payloads("earlier"));
    engine.sleep_until(HOUR * 3);
    assert_eq!(engine.ids(), ["01:00:00Z", "02:00:00Z", "03:00:00Z"]);
    assert_eq!(engine.running(), 0, "nobody takes notice of them");
    assert!(engine.started.iter().all(|request| request.last_completion_result.is_none()));
    engine.close(1, Outcome::Completed(Some(payloads("lost"))));
    assert_eq!(engine.schedule.last_completion_result, Some(payloads("earlier")));
}

#[test]
fn results_and_failures_are_handed_on() {
    let mut engine = Engine::new(hourly());
    let failure = Failure { message: "broken".into(), ..Default::default() };
    for (hour, outcome) in [
        Outcome::Completed(Some(payloads("first"))),
        Outcome::Failed(Box::new(failure.clone())),
        Outcome::TimedOut,
        Outcome::Completed(Some(payloads("second"))),
        Outcome::Completed(None),
    ]
    .into_iter()
    .enumerate()
    {
        engine.sleep_until(HOUR * u32::try_from(hour + 1).unwrap());
        engine.close(hour + 1, outcome);
    }
    let handed: Vec<_> = engine
        .started
        .iter()
        .map(|request| (request.last_completion_result.clone(), request.continued_failure.clone()))
        .collect();
    let (first, failed) = (Some(payloads("first")), Some(failure));
    assert_eq!(
        handed,
        [
            (None, None),
            (first.clone(), None),
            (first.clone(), failed.clone()),
            (first, failed),
            (Some(payloads("second")), None)
        ]
    );
}

#[test]
fn a_refused_start_does_not_hold_up_the_next() {
    let mut engine = Engine::new(with_overlap(Overlap::BufferAll));
    engine.refused.push("w-2024-01-01T02:00:00Z".into());
    engine.sleep_until(HOUR * 3);
    engine.close(1, Outcome::Completed(None));
    assert_eq!(engine.ids(), ["01:00:00Z", "03:00:00Z"]);
    assert_eq!(engine.schedule.counts.actions, 2);
}

#[test]
fn failures_pause_if_asked_to() {
    let failure = Failure { message: "no luck".into(), ..Default::default() };
    for (outcome, notes) in [
        (Outcome::Failed(Box::new(failure)), "paused due to workflow failure: w-2024-01-01T01:00:00Z: no luck"),
        (Outcome::TimedOut, "paused due to workflow timeout: w-2024-01-01T01:00:00Z"),
        (Outcome::Canceled, ""),
        (Outcome::Terminated, ""),
        (Outcome::Completed(None), ""),
    ] {
        let mut engine = Engine::new(with(|policies, _| policies.pause_on_failure = true));
        engine.sleep_until(HOUR);
        engine.close(1, outcome.clone());
        assert_eq!(engine.schedule.state().notes, notes);
        assert_eq!(engine.schedule.is_paused(), !notes.is_empty());
        engine.sleep_until(HOUR * 2);
        assert_eq!(engine.started.len(), if notes.is_empty() { 2 } else { 1 }, "{outcome:?}");
    }
}

#[test]
fn what_is_too_late_is_missed() {
    let window = Some(ProtoDuration { seconds: 2 * 3600, nanos: 0 });
    let mut engine = Engine::new(with(|policies, _| {
        policies.catchup_window = window;
        policies.overlap_policy = Overlap::AllowAll.into();
    }));
    engine.outage_until(HOUR * 5);
    assert_eq!(engine.ids(), ["03:00:00Z", "04:00:00Z", "05:00:00Z"]);
    assert_eq!(engine.schedule.counts.missed, 2);
    engine.outage_until(HOUR * 5);
    assert_eq!(engine.schedule.counts.missed, 2);
}
