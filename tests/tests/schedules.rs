//! Schedules: what the guide shows, on a real service.

use std::time::SystemTime;

use durably::{
    prelude::*,
    schedule::{ScheduleBackfill, ScheduleCalendarSpec, ScheduleError, ScheduleOverlapPolicy},
};
use durably_tests::{client, eventually::eventually, unique};

#[workflow(run_timeout = "1m", retry_policy(maximum_attempts = 3))]
#[derive(Default)]
struct Report;

#[workflow]
impl Report {
    #[run(id = "report-{name}")]
    async fn run(name: String, pages: u32) -> String {
        format!("{name}: {pages} pages")
    }
}

fn memo(value: &str) -> durably::MemoValues {
    let mut memo = durably::MemoValues::new();
    memo.insert("owner", value.to_owned());
    memo
}

/// A time zone whose rules do not matter here, and times far away: nothing starts unless it is told to.
fn yearly() -> ScheduleCalendarSpec {
    ScheduleCalendarSpec::builder().month("1").day_of_month("1").hour("3").build()
}

#[tokio::test]
async fn a_schedule_is_described_as_it_was_created() {
    let client = client().await;
    let id = unique("described");
    let name = unique("Ada");
    let schedule = Report::schedule(&client, &id, &name, 7)
        .task_queue("nobody-polls")
        .calendar(yearly())
        .every_with_offset(Duration::from_secs(90 * 86_400), Duration::from_secs(60))
        .cron("0 4 1 1 *")
        .skip(ScheduleCalendarSpec::builder().year("2099").build())
        .jitter(Duration::from_secs(5))
        .time_zone("Europe/Berlin")
        .overlap(ScheduleOverlapPolicy::BufferOne)
        .catchup_window(Duration::from_secs(600))
        .pause_on_failure(true)
        .limited_actions(3)
        .note("quarterly")
        .workflow_memo(memo("Grace"))
        .create()
        .await
        .unwrap();

    let described = schedule.describe().await.unwrap();
    assert_eq!(described.note(), Some("quarterly"));
    assert_eq!(described.arguments().await.unwrap(), (name.clone(), (7, ())));
    let spec = described.spec().unwrap();
    assert_eq!(spec.timezone_name, "Europe/Berlin");
    assert_eq!(spec.interval[0].phase.unwrap().seconds, 60);
    assert_eq!(spec.jitter.unwrap().seconds, 5);
    assert!(!described.future_action_times().is_empty());
    let policies = described.policies().unwrap();
    assert!(policies.pause_on_failure);
    assert_eq!(policies.catchup_window.unwrap().seconds, 600);
    assert_eq!(described.state().unwrap().remaining_actions, 3);

    let again = Report::schedule(&client, &id, name, 7).task_queue("nobody-polls").create().await;
    assert!(matches!(again, Err(ScheduleError::AlreadyExists { .. })), "{again:?}");
    schedule.delete().await.unwrap();
    let gone = schedule.describe().await.unwrap_err();
    assert_eq!(gone.to_string(), format!("schedule `{id}` is not found"));
}

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
    let result = Report::handle(&client, started).result().await.unwrap();
    assert_eq!(result, format!("{grace}: 9 pages"));

    schedule.delete().await.unwrap();
    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_backfill_starts_what_was_missed() {
    let client = client().await;
    let queue = unique("backfilled");
    let worker = Worker::new(&client, &queue).workflow::<Report>().start().unwrap();
    let schedule = Report::schedule(&client, unique("backfilled"), unique("Ada"), 7)
        .task_queue(&queue)
        .every(Duration::from_secs(3600))
        .paused(true)
        .create()
        .await
        .unwrap();

    let end = SystemTime::now() - Duration::from_secs(3600);
    let mut backfill = ScheduleBackfill::new(end - Duration::from_secs(3 * 3600), end).build();
    backfill.overlap_policy = ScheduleOverlapPolicy::AllowAll;
    schedule.backfill([backfill]).await.unwrap();
    eventually(|| async {
        match schedule.describe().await.unwrap().action_count() {
            3 => Ok(()),
            started => Err(format!("{started} workflows were started")),
        }
    })
    .await;

    schedule.delete().await.unwrap();
    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_start_may_be_delayed() {
    let client = client().await;
    let id = unique("delayed");
    let start = Report::start(&client, "Ada", 7).id(&id).task_queue("nobody-polls");
    let report = start.start_delay(Duration::from_secs(3600)).static_summary("later").await.unwrap();
    let started = report.history().into_events().await.unwrap().remove(0);
    let Some(durably::temporal::common::protos::temporal::api::history::v1::history_event::Attributes::WorkflowExecutionStartedEventAttributes(started)) =
        started.attributes
    else {
        panic!("{started:?}")
    };
    assert_eq!(started.first_workflow_task_backoff.unwrap().seconds, 3600);
    assert_eq!(started.workflow_run_timeout.unwrap().seconds, 60);
    assert_eq!(started.input.unwrap().payloads.len(), 2);
    let again = Report::start(&client, "Ada", 7).id(&id).task_queue("nobody-polls").start_delay(Duration::from_secs(1));
    let refused = again.await.unwrap_err();
    assert!(matches!(refused, durably::WorkflowStartError::AlreadyStarted { .. }), "{refused}");
    report.terminate().await.unwrap();
}
