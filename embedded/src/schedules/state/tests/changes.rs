//! What clients change.

use temporalio_protos::temporal::api::{enums::v1::WorkflowIdReusePolicy, schedule::v1::BackfillRequest};

use super::*;

fn backfill(first_hour: u32, last_hour: u32, overlap: Overlap) -> SchedulePatch {
    let hour = |hour: u32| Some((MIDNIGHT + HOUR * hour).proto());
    let backfill =
        BackfillRequest { start_time: hour(first_hour), end_time: hour(last_hour), overlap_policy: overlap.into() };
    SchedulePatch { backfill_request: vec![backfill], ..Default::default() }
}

fn paused() -> Definition {
    with(|_, state| state.paused = true)
}

#[test]
fn a_pause_lets_time_pass() {
    let mut engine = Engine::new(hourly());
    engine.patch(SchedulePatch { pause: "wait".into(), ..Default::default() });
    assert_eq!(engine.schedule.next_wakeup(), None);
    engine.sleep_until(HOUR * 3 + HOUR / 2);
    engine.patch(SchedulePatch { unpause: "go".into(), ..Default::default() });
    assert_eq!(engine.schedule.state().notes, "go");
    assert_eq!(engine.schedule.counts.missed, 0);
    engine.sleep_until(HOUR * 4);
    assert_eq!(engine.ids(), ["04:00:00Z"]);
    assert_eq!(engine.schedule.conflict_token(), [0, 0, 0, 0, 0, 0, 0, 3]);
}

#[test]
fn a_trigger_starts_at_once_though_paused() {
    let mut engine = Engine::new(paused());
    engine.sleep_until(HOUR / 4);
    engine.trigger(Overlap::Unspecified);
    engine.trigger(Overlap::Unspecified);
    assert_eq!(engine.ids(), ["00:15:00Z"], "the second one is skipped");
    assert_eq!(engine.started[0].workflow_id_reuse_policy(), WorkflowIdReusePolicy::AllowDuplicate);
    engine.trigger(Overlap::AllowAll);
    assert_eq!(engine.started.len(), 2);
    assert_eq!(engine.schedule.conflict_token(), [0, 0, 0, 0, 0, 0, 0, 1]);
}

#[test]
fn a_trigger_may_say_its_time() {
    let mut engine = Engine::new(paused());
    let trigger = TriggerImmediatelyRequest { scheduled_time: Some((MIDNIGHT + HOUR * 9).proto()), overlap_policy: 0 };
    engine.patch(SchedulePatch { trigger_immediately: Some(trigger), ..Default::default() });
    assert_eq!(engine.ids(), ["09:00:00Z"]);
}

#[test]
fn a_patch_may_come_with_the_schedule() {
    let trigger = TriggerImmediatelyRequest::default();
    let patch = SchedulePatch { trigger_immediately: Some(trigger), pause: "later".into(), ..Default::default() };
    let engine = Engine::create(CreateScheduleRequest { initial_patch: Some(patch), ..request(hourly()) });
    assert_eq!(engine.ids(), ["00:00:00Z"]);
    assert!(engine.schedule.is_paused());
}

#[test]
fn a_backfill_holds_both_ends() {
    let mut engine = Engine::new(paused());
    engine.patch(backfill(3, 5, Overlap::AllowAll));
    assert_eq!(engine.ids(), ["03:00:00Z", "04:00:00Z", "05:00:00Z"]);
    assert_eq!(engine.schedule.next_wakeup(), None);
}

#[test]
fn a_backfill_goes_in_slices() {
    let mut engine = Engine::new(paused());
    engine.patch(backfill(0, 23, Overlap::AllowAll));
    assert_eq!(engine.started.len(), 10);
    engine.sleep_until(Duration::from_secs(1));
    assert_eq!(engine.started.len(), 20);
    engine.sleep_until(Duration::from_secs(2));
    assert_eq!(engine.started.len(), 24);
    assert_eq!(engine.schedule.next_wakeup(), None);
}

#[test]
fn a_backfill_waits_for_its_turn() {
    let mut engine = Engine::new(paused());
    engine.patch(backfill(0, 23, Overlap::BufferAll));
    for number in 1..=24 {
        assert_eq!(engine.started.len(), number);
        engine.close(number, Outcome::Completed(None));
    }
    assert_eq!(engine.started.len(), 24);
    assert_eq!(engine.ids()[23], "23:00:00Z");
}

#[test]
fn a_backfill_of_nothing_is_done() {
    let mut engine = Engine::new(paused());
    engine.patch(backfill(5, 3, Overlap::AllowAll));
    engine.patch(SchedulePatch { backfill_request: vec![BackfillRequest::default()], ..Default::default() });
    // Without times it is 1970, at whose first second the server has no intervals.
    assert_eq!(engine.started.len(), 0);
    assert_eq!(engine.schedule.next_wakeup(), None);
}

#[test]
fn actions_may_be_limited() {
    let limited = with(|policies, state| {
        (state.limited_actions, state.remaining_actions) = (true, 2);
        policies.overlap_policy = Overlap::AllowAll.into();
    });
    let mut engine = Engine::new(limited);
    engine.trigger(Overlap::AllowAll);
    engine.sleep_until(HOUR * 5);
    assert_eq!(engine.ids(), ["00:00:00Z", "01:00:00Z", "02:00:00Z"], "a trigger is not one of them");
    assert_eq!(engine.schedule.state().remaining_actions, 0);
    assert_eq!(engine.schedule.conflict_token(), [0, 0, 0, 0, 0, 0, 0, 3]);
    engine.trigger(Overlap::AllowAll);
    assert_eq!(engine.started.len(), 4);
}

#[test]
fn what_waits_is_given_up_when_no_actions_are_left() {
    let limited = with(|policies, state| {
        (state.limited_actions, state.remaining_actions) = (true, 2);
        policies.overlap_policy = Overlap::BufferAll.into();
    });
    let mut engine = Engine::new(limited);
    engine.sleep_until(HOUR * 5);
    assert_eq!(engine.schedule.buffer.len(), 4);
    engine.close(1, Outcome::Completed(None));
    engine.close(2, Outcome::Completed(None));
    assert_eq!(engine.ids(), ["01:00:00Z", "02:00:00Z"]);
    assert_eq!(engine.schedule.buffer.len(), 0);
}

#[test]
fn an_update_is_not_for_the_past() {
    let mut engine = Engine::new(paused());
    engine.sleep_until(HOUR * 3 + HOUR / 2);
    let mut every_ten_minutes = hourly();
    every_ten_minutes.spec = Some(ScheduleSpec { cron_string: vec!["*/10 * * * *".into()], ..Default::default() });
    engine.update(every_ten_minutes);
    assert_eq!(engine.schedule.next_wakeup(), Some(MIDNIGHT + HOUR * 3 + Duration::from_secs(40 * 60)));
    engine.sleep_until(HOUR * 4);
    assert_eq!(engine.ids(), ["03:40:00Z"]);
}

#[test]
fn an_update_does_not_lose_what_jitter_holds_back() {
    let mut jittery = hourly();
    let spec = ScheduleSpec { jitter: Some(ProtoDuration { seconds: 3599, nanos: 0 }), ..jittery.spec.unwrap() };
    jittery.spec = Some(spec);
    let mut engine = Engine::new(jittery.clone());
    let wakeup = engine.schedule.next_wakeup().unwrap();
    assert!(wakeup > MIDNIGHT + HOUR);
    engine.now = MIDNIGHT + HOUR + wakeup.since(MIDNIGHT + HOUR) / 2;
    engine.update(jittery);
    assert_eq!(engine.schedule.next_wakeup(), Some(wakeup));
    engine.sleep_until(wakeup.since(MIDNIGHT));
    assert_eq!(engine.ids(), ["01:00:00Z"]);
    let result = &engine.schedule.recent[0];
    assert_eq!(result.schedule_time, Some(wakeup.proto()));
}

#[test]
fn updates_that_collide() {
    let mut engine = Engine::new(hourly());
    let token = engine.schedule.conflict_token();
    engine.patch(SchedulePatch { pause: "meanwhile".into(), ..Default::default() });
    let stale = UpdateScheduleRequest { schedule: Some(hourly()), conflict_token: token, ..Default::default() };
    let refused = engine.schedule.update(engine.now, stale.clone(), OnConflict::Refuse).unwrap_err();
    assert_eq!(refused, Refusal::FailedPrecondition("conflicting concurrent update".into()));
    assert_eq!(engine.schedule.update(engine.now, stale.clone(), OnConflict::Ignore), Ok(Vec::new()));
    assert!(engine.schedule.is_paused());
    let fresh = UpdateScheduleRequest { conflict_token: engine.schedule.conflict_token(), ..stale };
    assert_eq!(engine.schedule.update(engine.now, fresh, OnConflict::Refuse), Ok(Vec::new()));
    assert!(!engine.schedule.is_paused());
    assert_eq!(engine.schedule.conflict_token(), [0, 0, 0, 0, 0, 0, 0, 3]);
}

#[test]
fn a_schedule_that_never_acts_again_is_finished_after_a_week() {
    let mut ends = hourly();
    let end_time = Some((MIDNIGHT + HOUR * 2).proto());
    ends.spec = Some(ScheduleSpec { end_time, ..ends.spec.unwrap() });
    let mut engine = Engine::new(ends);
    engine.sleep_until(HOUR * 3);
    assert_eq!(engine.schedule.next_wakeup(), None, "a workflow of it runs");
    engine.close(1, Outcome::Completed(None));
    let week = HOUR * 24 * 7;
    assert_eq!(engine.schedule.next_wakeup(), Some(MIDNIGHT + HOUR + week));
    engine.sleep_until(week);
    assert!(!engine.schedule.is_finished());
    engine.sleep_until(week + HOUR);
    assert!(engine.schedule.is_finished());

    let mut engine = Engine::new(paused());
    engine.sleep_until(week * 9);
    assert!(!engine.schedule.is_finished());
}
