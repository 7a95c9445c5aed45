//! What the server knows of a schedule.

use durably::schedule::{ScheduleError, ScheduleOverlapPolicy};
use durably_tests::{client, unique, with_worker};

use super::*;

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
    schedule.delete().await.unwrap();
}

#[tokio::test]
async fn a_description_shows_what_was_started_what_runs_and_what_comes() {
    with_worker(
        |worker| worker.workflow::<Report>(),
        async |client, queue| {
            let schedule = Report::schedule(client, unique("described"), unique("Ada"), 0)
                .task_queue(queue)
                .calendar(yearly())
                .create()
                .await
                .unwrap();
            schedule.trigger().await.unwrap();
            let [id] = started(&schedule, 1).await.try_into().unwrap();
            let running = eventually(|| async {
                schedule.describe().await.unwrap().running_actions().pop().ok_or("nothing is running")
            })
            .await;
            assert_eq!(running.workflow_id, id);
            let described = schedule.describe().await.unwrap();
            assert_eq!((described.action_count(), described.paused()), (1, false));
            assert!(described.create_time().is_some());
            assert!(described.future_action_times().len() > 1);
            let report = Report::handle(client, id);
            report.tell().await.unwrap();
            report.result().await.unwrap();
            schedule.delete().await.unwrap();
        },
    )
    .await;
}

#[tokio::test]
async fn a_handle_by_id_is_all_it_takes() {
    let client = client().await;
    let id = unique("by-id");
    let create = Report::schedule(&client, &id, unique("Ada"), 7).task_queue("nobody-polls").calendar(yearly());
    create.note("first").create().await.unwrap();
    let schedule = Report::schedule_handle(&client, &id);
    assert_eq!(schedule.describe().await.unwrap().note(), Some("first"));
    schedule.pause("second").await.unwrap();
    assert_eq!(schedule.describe().await.unwrap().note(), Some("second"));
    schedule.delete().await.unwrap();
    let gone = schedule.describe().await.unwrap_err();
    assert!(matches!(gone, ScheduleError::NotFound { .. }), "{gone:?}");
}
