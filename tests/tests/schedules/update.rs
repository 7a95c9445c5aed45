//! Changing schedules.

use durably::schedule::ScheduleError;
use durably_tests::{client, event, unique};

use super::*;

#[tokio::test]
async fn an_update_changes_what_it_names_and_keeps_the_rest() {
    let client = client().await;
    let queue = unique("updated");
    let worker = Worker::new(&client, &queue).workflow::<Report>().start().unwrap();
    let name = unique("Ada");
    let schedule = Report::schedule(&client, unique("updated"), &name, 7)
        .task_queue(&queue)
        .calendar(yearly())
        .workflow_memo(memo("Grace"))
        .note("before")
        .create()
        .await
        .unwrap();

    let grace = unique("Grace");
    schedule.update(|schedule| schedule.arguments(Report::arguments(&grace, 9)).note("after")).await.unwrap();
    let described = schedule.describe().await.unwrap();
    assert_eq!(described.note(), Some("after"));
    assert_eq!(described.arguments().await.unwrap(), (grace.clone(), (9, ())));
    let start = described.raw().schedule.clone().unwrap().action.unwrap().action.unwrap();
    let durably::temporal::common::protos::temporal::api::schedule::v1::schedule_action::Action::StartWorkflow(start) =
        start;
    assert_eq!(start.workflow_run_timeout.unwrap().seconds, 60);
    assert_eq!(start.retry_policy.unwrap().maximum_attempts, 3);
    assert!(start.memo.unwrap().fields.contains_key("owner"));

    schedule.trigger().await.unwrap();
    let started = eventually(|| async {
        let recent = schedule.describe().await.unwrap().recent_actions();
        recent.first().map(|action| action.workflow_id.clone()).ok_or("nothing started")
    })
    .await;
    let report = Report::handle(&client, started);
    assert_eq!(report.result().await.unwrap(), format!("{grace}: 9 pages"));
    let begun = event!(report, WorkflowExecutionStartedEventAttributes);
    assert_eq!(begun.workflow_run_timeout.unwrap().seconds, 60, "it was kept");
    assert_eq!(begun.retry_policy.unwrap().maximum_attempts, 3);
    assert!(begun.memo.unwrap().fields.contains_key("owner"));

    schedule.delete().await.unwrap();
    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn times_are_added_unless_the_old_ones_are_cleared() {
    let client = client().await;
    let create = Report::schedule(&client, unique("times"), unique("Ada"), 7).task_queue("nobody-polls");
    let schedule = create.every(DAY).jitter(SECOND).limited_actions(4).create().await.unwrap();
    schedule.update(|schedule| schedule.every(7 * DAY)).await.unwrap();
    let described = schedule.describe().await.unwrap();
    assert_eq!(described.spec().unwrap().interval.len(), 2);

    schedule.update(|schedule| schedule.clear_times().calendar(yearly()).unlimited_actions()).await.unwrap();
    let described = schedule.describe().await.unwrap();
    let spec = described.spec().unwrap();
    assert_eq!((spec.interval.len(), spec.structured_calendar.len(), spec.jitter.unwrap().seconds), (0, 1, 1));
    assert!(!described.state().unwrap().limited_actions);
    schedule.delete().await.unwrap();
}

#[tokio::test]
async fn an_update_of_no_schedule_is_not_found() {
    let id = unique("nothing");
    let schedule = Report::schedule_handle(&client().await, &id);
    let error = schedule.update(|schedule| schedule.note("after")).await.unwrap_err();
    assert!(matches!(error, ScheduleError::NotFound { .. }), "{error:?}");
    assert_eq!(error.to_string(), format!("schedule `{id}` is not found"));
}
