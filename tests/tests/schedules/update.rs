//! Changing schedules.

use durably::{
    Priority,
    schedule::{ScheduleError, ScheduleOverlapPolicy},
    temporal::common::{
        protos::temporal::api::{
            common::v1::Header,
            schedule::v1::{CalendarSpec, Schedule, ScheduleAction, StructuredCalendarSpec, schedule_action::Action},
            workflow::v1::NewWorkflowExecutionInfo,
        },
        search_attributes::{SearchAttributeKey, SearchAttributes},
    },
};
use durably_tests::{client, event, search_attribute, unique, wire::payload};

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
    let start = described.workflow().unwrap().clone();
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

const TEAM: SearchAttributeKey<String> = SearchAttributeKey::keyword("DurablyTeam");
const FLOOR: SearchAttributeKey<String> = SearchAttributeKey::keyword("DurablyFloor");

pub(super) fn start(schedule: &mut Schedule) -> &mut NewWorkflowExecutionInfo {
    let Some(ScheduleAction { action: Some(Action::StartWorkflow(start)) }) = &mut schedule.action else {
        panic!("it does not start a workflow")
    };
    start
}

async fn raw(schedule: &ScheduleHandle<Report>) -> Schedule {
    schedule.describe().await.unwrap().raw().schedule.clone().unwrap()
}

#[tokio::test]
async fn an_update_keeps_what_no_method_is_for() {
    let client = client().await;
    search_attribute(&client, TEAM.name()).await;
    let now = SystemTime::now();
    let teams = || SearchAttributes::new([TEAM.value_set("red".to_owned())]);
    let mut policy = RetryPolicy::default();
    policy.set_initial_interval(2 * SECOND).set_non_retryable_error_types(["Fatal"]);
    let schedule = Report::schedule(&client, unique("whole"), unique("Ada"), 7)
        .task_queue("nobody-polls")
        .every_with_offset(90 * DAY, 60 * SECOND)
        .cron("30 4 1 1 *")
        .calendar(yearly())
        .skip(ScheduleCalendarSpec::builder().year("2099").build())
        .start_at(now)
        .end_at(now + 3650 * DAY)
        .jitter(5 * SECOND)
        .time_zone("Europe/Berlin")
        .overlap(ScheduleOverlapPolicy::BufferOne)
        .catchup_window(600 * SECOND)
        .pause_on_failure(true)
        .keep_original_workflow_id(true)
        .limited_actions(9)
        .paused(true)
        .note("before")
        .execution_timeout(300 * SECOND)
        .task_timeout(7 * SECOND)
        .retry_policy(policy)
        .workflow_memo(memo("Grace"))
        .workflow_search_attributes(teams())
        .static_summary("in one line")
        .static_details("in more lines")
        .priority(Priority::builder().priority_key(2).build())
        .raw(|schedule| {
            let header = Header { fields: [("trace".to_owned(), payload("json/plain", "7"))].into() };
            start(schedule).header = Some(header);
            let comment = "no method takes a comment".to_owned();
            let commented = CalendarSpec { month: "2".to_owned(), comment, ..CalendarSpec::default() };
            schedule.spec.as_mut().unwrap().calendar.push(commented);
        })
        .create()
        .await
        .unwrap();

    let before = raw(&schedule).await;
    let spec = before.spec.clone().unwrap();
    let commented = |calendar: &StructuredCalendarSpec| !calendar.comment.is_empty();
    assert!(spec.structured_calendar.iter().any(commented), "{spec:?}");
    let mut expected = before.clone();
    assert!(start(&mut expected).header.is_some());
    schedule.update(|schedule| schedule.note("after")).await.unwrap();
    expected.state.as_mut().unwrap().notes = "after".to_owned();
    assert_eq!(raw(&schedule).await, expected);

    schedule.update(|schedule| schedule.static_summary("another").run_timeout(9 * SECOND)).await.unwrap();
    let changed = start(&mut expected);
    changed.workflow_run_timeout = Some((9 * SECOND).try_into().unwrap());
    changed.user_metadata.as_mut().unwrap().summary.as_mut().unwrap().data = b"\"another\"".to_vec();
    assert_eq!(raw(&schedule).await, expected);
    schedule.delete().await.unwrap();
}

#[tokio::test]
async fn search_attributes_of_the_schedule_change_one_by_one() {
    let client = client().await;
    search_attribute(&client, TEAM.name()).await;
    search_attribute(&client, FLOOR.name()).await;
    let schedule = Report::schedule(&client, unique("indexed"), unique("Ada"), 7)
        .task_queue("nobody-polls")
        .calendar(yearly())
        .memo(memo("Grace"))
        .search_attributes(SearchAttributes::new([TEAM.value_set("red".to_owned())]))
        .create()
        .await
        .unwrap();
    // The schedule takes a change in its own time.
    let becomes = async |note: &str, team: Option<&str>, floor: Option<&str>| {
        eventually(|| async {
            let described = schedule.describe().await.unwrap();
            let attributes = described.search_attributes();
            let found = [TEAM, FLOOR].map(|key| attributes.get(&key));
            let owner = described.memo().get::<String>("owner").unwrap();
            assert_eq!(owner.as_deref(), Some("Grace"), "nothing changes the memo");
            let same = described.note() == Some(note) && found == [team, floor].map(|text| text.map(str::to_owned));
            if same { Ok(()) } else { Err(format!("{:?} {found:?}", described.note())) }
        })
        .await;
    };
    schedule.update(|schedule| schedule.note("none is named")).await.unwrap();
    becomes("none is named", Some("red"), None).await;
    schedule.update(|schedule| schedule.search_attribute(FLOOR.value_set("3".to_owned()))).await.unwrap();
    becomes("none is named", Some("red"), Some("3")).await;
    schedule.update(|schedule| schedule.search_attribute(TEAM.value_unset()).note("one is gone")).await.unwrap();
    becomes("one is gone", None, Some("3")).await;
    schedule.delete().await.unwrap();
}
