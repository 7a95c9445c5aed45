//! Creating schedules.

use durably::schedule::{ScheduleBackfill, ScheduleError, ScheduleOverlapPolicy};
use durably_tests::{client, event, unique, with_worker};

use super::*;

#[tokio::test]
async fn an_id_that_is_taken_is_refused() {
    let client = client().await;
    let id = unique("taken");
    let create =
        || Report::schedule(&client, &id, unique("Ada"), 7).task_queue("nobody-polls").calendar(yearly()).create();
    let schedule = create().await.unwrap();
    let again = create().await.unwrap_err();
    assert!(matches!(again, ScheduleError::AlreadyExists { .. }), "{again:?}");
    assert_eq!(again.to_string(), format!("schedule `{id}` exists already"));
    schedule.delete().await.unwrap();
}

#[tokio::test]
async fn a_cron_expression_the_server_cannot_read_is_refused() {
    let client = client().await;
    let id = unique("unreadable");
    let create = Report::schedule(&client, &id, unique("Ada"), 7).task_queue("nobody-polls").cron("every now and then");
    let error = create.create().await.unwrap_err();
    assert!(matches!(error, ScheduleError::Rpc { .. }), "{error:?}");
    assert!(error.to_string().starts_with(&format!("schedule `{id}`: ")), "{error}");
}

#[tokio::test]
async fn a_schedule_may_begin_with_a_start_and_a_backfill() {
    with_worker(
        |worker| worker.workflow::<Report>(),
        async |client, queue| {
            let end = SystemTime::now() - DAY;
            let mut backfill = ScheduleBackfill::new(end - 2 * DAY, end).build();
            backfill.overlap_policy = ScheduleOverlapPolicy::AllowAll;
            let schedule = Report::schedule(client, unique("begins"), unique("Ada"), 7)
                .task_queue(queue)
                .every(DAY)
                .overlap(ScheduleOverlapPolicy::AllowAll)
                .trigger_immediately()
                .backfill(backfill)
                .create()
                .await
                .unwrap();
            let started = started(&schedule, 3).await;
            let begun = event!(Report::handle(client, &started[0]), WorkflowExecutionStartedEventAttributes);
            assert_eq!(begun.workflow_run_timeout.unwrap().seconds, 60, "defaults of the attribute");
            assert_eq!(begun.retry_policy.unwrap().maximum_attempts, 3);
            schedule.delete().await.unwrap();
        },
    )
    .await;
}
