//! What a schedule shows.

use temporalio_protos::temporal::api::{
    enums::v1::{TaskQueueKind, WorkflowExecutionStatus as Status, WorkflowIdReusePolicy},
    workflowservice::v1::ListScheduleMatchingTimesRequest,
};

use super::*;

#[test]
fn a_fresh_schedule_has_its_defaults_filled_in() {
    let engine = Engine::new(hourly());
    let described = engine.schedule.describe(engine.now);
    let schedule = described.schedule.unwrap();
    let policies = schedule.policies.unwrap();
    assert_eq!(policies.overlap_policy(), Overlap::Skip);
    assert_eq!(policies.catchup_window, Some(ProtoDuration { seconds: 31_536_000, nanos: 0 }));
    assert_eq!(schedule.state, Some(ScheduleState::default()));
    let Some(schedule_action::Action::StartWorkflow(start)) = schedule.action.unwrap().action else { panic!() };
    assert_eq!(start.task_queue.unwrap().kind(), TaskQueueKind::Normal);
    let info = described.info.unwrap();
    assert_eq!((info.create_time, info.update_time), (Some(MIDNIGHT.proto()), None));
    let hours: Vec<_> = info.future_action_times.iter().map(Time::from_proto).collect();
    assert_eq!(hours, (1..=10).map(|hour| MIDNIGHT + HOUR * hour).collect::<Vec<_>>());
    assert_eq!(described.conflict_token, [0, 0, 0, 0, 0, 0, 0, 1]);
    assert_eq!((described.memo, described.search_attributes), (None, None));
}

#[test]
fn short_windows_are_lengthened() {
    for (seconds, shown) in [(3, 10), (-1, 10), (11, 11)] {
        let window = Some(ProtoDuration { seconds, nanos: 0 });
        let engine = Engine::new(with(|policies, _| policies.catchup_window = window));
        let policies = engine.schedule.describe(MIDNIGHT).schedule.unwrap().policies.unwrap();
        assert_eq!(policies.catchup_window, Some(ProtoDuration { seconds: shown, nanos: 0 }));
    }
}

#[test]
fn actions_are_remembered() {
    let mut engine = Engine::new(with_overlap(Overlap::BufferAll));
    for hour in 1..=12 {
        engine.sleep_until(HOUR * hour);
        engine.close(usize::try_from(hour).unwrap(), Outcome::Completed(None));
    }
    engine.sleep_until(HOUR * 14);
    let info = engine.schedule.describe(engine.now).info.unwrap();
    assert_eq!((info.action_count, info.buffer_size, info.running_workflows.len()), (13, 1, 1));
    assert_eq!(info.recent_actions.len(), 10);
    let (first, last) = (&info.recent_actions[0], &info.recent_actions[9]);
    assert_eq!(first.schedule_time, Some((MIDNIGHT + HOUR * 4).proto()));
    assert_eq!((first.start_workflow_status(), last.start_workflow_status()), (Status::Completed, Status::Running));
    assert_eq!(last.start_workflow_result, Some(info.running_workflows[0].clone()));
    assert_eq!(last.start_workflow_result.as_ref().unwrap().run_id, "run-13");

    let entry = engine.schedule.list_entry(engine.now);
    let listed = entry.info.unwrap();
    assert_eq!((listed.recent_actions.len(), listed.future_action_times.len()), (5, 5));
    assert_eq!(listed.recent_actions, info.recent_actions[5..]);
    assert_eq!(listed.workflow_type.unwrap().name, "W");
    assert_eq!(entry.memo, Some(Memo::default()));
}

#[test]
fn the_future_is_as_long_as_the_actions_that_are_left() {
    let limited = |left, paused| {
        with(|_, state| (state.limited_actions, state.remaining_actions, state.paused) = (true, left, paused))
    };
    let times = |schedule| Engine::new(schedule).schedule.describe(MIDNIGHT).info.unwrap().future_action_times;
    assert_eq!(times(limited(3, false)).len(), 3);
    assert_eq!(times(limited(3, true)).len(), 3);
    assert_eq!(times(limited(0, false)).len(), 0);
    assert_eq!(times(limited(-5, false)).len(), 0);
    assert_eq!(times(limited(20, false)).len(), 10);
}

#[test]
fn long_specs_are_shortened_in_lists() {
    let mut schedule = hourly();
    schedule.spec.as_mut().unwrap().cron_string = (0..12).map(|hour| format!("0 {hour} * * *")).collect();
    let engine = Engine::new(schedule);
    let listed = engine.schedule.list_entry(MIDNIGHT).info.unwrap().spec.unwrap();
    assert_eq!(listed.structured_calendar.len(), 10);
    assert_eq!(engine.schedule.describe(MIDNIGHT).schedule.unwrap().spec.unwrap().structured_calendar.len(), 12);
}

#[test]
fn what_is_started_says_where_it_comes_from() {
    let mut engine = Engine::new(hourly());
    engine.sleep_until(HOUR);
    let started = &engine.started[0];
    assert_eq!(started.workflow_id, "w-2024-01-01T01:00:00Z");
    assert_eq!((&*started.namespace, &*started.identity), ("default", "temporal-scheduler-default-s"));
    let fields = &started.search_attributes.as_ref().unwrap().indexed_fields;
    let mark = |name: &str| {
        let payload = &fields[name];
        assert_eq!(payload.metadata["encoding"], b"json/plain");
        (String::from_utf8(payload.metadata["type"].clone()).unwrap(), String::from_utf8(payload.data.clone()).unwrap())
    };
    assert_eq!(mark("TemporalScheduledStartTime"), ("Datetime".into(), "\"2024-01-01T01:00:00Z\"".into()));
    assert_eq!(mark("TemporalScheduledById"), ("Keyword".into(), "\"s\"".into()));
    assert_eq!(started.workflow_id_reuse_policy(), WorkflowIdReusePolicy::RejectDuplicate);
}

#[test]
fn times_are_listed_for_any_range() {
    let engine = Engine::new(hourly());
    let request = ListScheduleMatchingTimesRequest {
        start_time: Some(MIDNIGHT.proto()),
        end_time: Some((MIDNIGHT + HOUR * 2).proto()),
        ..Default::default()
    };
    let times = engine.schedule.matching_times(&request).unwrap().start_time;
    assert_eq!(times, [(MIDNIGHT + HOUR).proto(), (MIDNIGHT + HOUR * 2).proto()]);
}
