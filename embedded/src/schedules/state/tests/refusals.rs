//! What the real server refuses, in its words.

use temporalio_protos::temporal::api::workflowservice::v1::ListScheduleMatchingTimesRequest;

use super::*;

fn refused(change: impl FnOnce(&mut CreateScheduleRequest, &mut NewWorkflowExecutionInfo)) -> String {
    let mut request = request(hourly());
    let mut schedule = request.schedule.take().unwrap();
    let Some(schedule_action::Action::StartWorkflow(mut start)) = schedule.action.take().unwrap().action else {
        panic!()
    };
    change(&mut request, &mut start);
    let action = ScheduleAction { action: Some(schedule_action::Action::StartWorkflow(start)) };
    request.schedule = Some(Definition { action: Some(action), ..schedule });
    match Schedule::create(MIDNIGHT, "ns", request) {
        Err(Refusal::InvalidArgument(message)) => message,
        Err(other) => panic!("{other:?}"),
        Ok(_) => "accepted".into(),
    }
}

#[test]
fn of_creations() {
    assert_eq!(refused(|_, _| ()), "accepted");
    assert_eq!(refused(|request, _| request.request_id.clear()), "RequestId is not set on request.");
    assert_eq!(
        refused(|request, _| request.schedule_id.clear()),
        "Can't load workflow execution.  WorkflowId not set."
    );
    assert_eq!(
        refused(|request, _| request.schedule_id = "x".repeat(1001)),
        "WorkflowId exceeds maximum allowed length (1024/1000)"
    );
    assert_eq!(
        refused(|_, start| start.workflow_id = "x".repeat(990)),
        "WorkflowId exceeds maximum allowed length (1011/1000)"
    );
    assert_eq!(refused(|_, start| start.workflow_type = None), "WorkflowType is not set on request.");
    let long = Some(WorkflowType { name: "x".repeat(1001) });
    assert_eq!(refused(|_, start| start.workflow_type = long), "WorkflowType length exceeds limit.");
    assert_eq!(refused(|_, start| start.task_queue = None), "taskQueue is not set");
    for (name, message) in [
        ("", "missing task queue name"),
        ("/_sys/x", "task queue name cannot start with reserved prefix /_sys/"),
        (&"x".repeat(1001), "taskQueue length exceeds limit"),
    ] {
        let queue = TaskQueue { name: name.into(), ..Default::default() };
        assert_eq!(refused(|_, start| start.task_queue = Some(queue)), message);
    }
    let negative = Some(ProtoDuration { seconds: -1, nanos: 0 });
    assert_eq!(
        refused(|_, start| start.workflow_run_timeout = negative),
        "An invalid WorkflowRunTimeoutSeconds is set on request. cause: negative duration"
    );
    assert_eq!(
        refused(|_, start| start.cron_schedule = "@hourly".into()),
        "Scheduled workflow must not contain CronSchedule"
    );
    assert_eq!(refused(|_, start| start.workflow_id_reuse_policy = 1), "accepted");
    assert_eq!(
        refused(|_, start| start.workflow_id_reuse_policy = 3),
        "Scheduled workflow must not contain WorkflowIDReusePolicy"
    );
    let mut schedule = hourly();
    schedule.spec = Some(ScheduleSpec { cron_string: vec!["x".into()], ..Default::default() });
    let error = Schedule::create(MIDNIGHT, "ns", request(schedule)).unwrap_err();
    assert_eq!(error.to_string(), "Invalid schedule spec: CronString does not have 5-7 fields");
    // A schedule of nothing is fine, and does nothing.
    let mut engine = Engine::new(Definition::default());
    engine.trigger(Overlap::AllowAll);
    assert_eq!(engine.started.len(), 0);
}

#[test]
fn of_changes() {
    let mut engine = Engine::new(hourly());
    let mut update = |request: UpdateScheduleRequest| {
        engine.schedule.update(MIDNIGHT, request, OnConflict::Ignore).unwrap_err().to_string()
    };
    let nothing = "Only StartWorkflow action is supported for schedules";
    assert_eq!(update(UpdateScheduleRequest::default()), nothing);
    let schedule = Some(Definition { action: None, ..hourly() });
    assert_eq!(update(UpdateScheduleRequest { schedule, ..Default::default() }), nothing);
    let memo = UpdateScheduleRequest { schedule: Some(hourly()), memo: Some(Memo::default()), ..Default::default() };
    assert_eq!(update(memo), "memo updates are not supported on workflow-backed schedules");
    let mut patch = |patch| {
        let request = PatchScheduleRequest { patch, ..Default::default() };
        engine.schedule.patch(MIDNIGHT, request).unwrap_err().to_string()
    };
    assert_eq!(patch(None), "Patch is not set on request.");
    for (pause, unpause) in [("x".repeat(1001), String::new()), (String::new(), "x".repeat(1001))] {
        let notes = SchedulePatch { pause, unpause, ..Default::default() };
        assert_eq!(patch(Some(notes)), "Schedule notes exceeds limit.");
    }
}

#[test]
fn of_questions() {
    let engine = Engine::new(hourly());
    let request = ListScheduleMatchingTimesRequest::default();
    assert_eq!(engine.schedule.matching_times(&request).unwrap_err().to_string(), "missing or invalid query");
    assert_eq!(Refusal::unknown("s").to_string(), "workflow not found for ID: temporal-sys-scheduler:s");
    assert_eq!(Refusal::exists("s").to_string(), "schedule \"s\" is already registered");
}
