//! Deleting schedules.

use durably::{WorkflowExecutionStatus, schedule::ScheduleError};
use durably_tests::{client, unique, with_worker};

use super::*;

#[tokio::test]
async fn what_a_deleted_schedule_has_started_goes_on() {
    with_worker(
        |worker| worker.workflow::<Report>(),
        async |client, queue| {
            let name = unique("Ada");
            let create = Report::schedule(client, unique("deleted"), &name, 0).task_queue(queue).calendar(yearly());
            let schedule = create.trigger_immediately().create().await.unwrap();
            let report = Report::handle(client, started(&schedule, 1).await.remove(0));
            schedule.delete().await.unwrap();
            let gone = schedule.describe().await.unwrap_err();
            assert!(matches!(gone, ScheduleError::NotFound { .. }), "{gone:?}");
            assert_eq!(report.describe().await.unwrap().status(), WorkflowExecutionStatus::Running);
            report.tell().await.unwrap();
            assert_eq!(report.result().await.unwrap(), format!("{name}: 0 pages"));
        },
    )
    .await;
}

#[tokio::test]
async fn every_verb_says_which_schedule_is_not_found() {
    let id = unique("nothing");
    let nothing = Report::schedule_handle(&client().await, &id);
    for error in [
        nothing.delete().await.unwrap_err(),
        nothing.pause("why").await.unwrap_err(),
        nothing.unpause("why").await.unwrap_err(),
        nothing.trigger().await.unwrap_err(),
        nothing.backfill([]).await.unwrap_err(),
        nothing.describe().await.unwrap_err(),
    ] {
        assert!(matches!(error, ScheduleError::NotFound { .. }), "{error:?}");
        assert_eq!(error.to_string(), format!("schedule `{id}` is not found"));
    }
}
