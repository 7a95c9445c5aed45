//! Starting at once.

use durably::{WorkflowExecutionStatus, schedule::ScheduleOverlapPolicy};
use durably_tests::{unique, with_worker};

use super::*;

#[tokio::test]
async fn what_is_still_running_is_not_started_again_with_skip() {
    with_worker(
        |worker| worker.workflow::<Report>(),
        async |client, queue| {
            let schedule = Report::schedule(client, unique("skips"), unique("Ada"), 0)
                .task_queue(queue)
                .calendar(yearly())
                .overlap(ScheduleOverlapPolicy::Skip)
                .create()
                .await
                .unwrap();
            schedule.trigger().await.unwrap();
            let first = Report::handle(client, started(&schedule, 1).await.remove(0));
            schedule.trigger().await.unwrap();
            let described = eventually(|| async {
                let described = schedule.describe().await.unwrap();
                if described.overlap_skipped() == 1 { Ok(described) } else { Err("nothing was skipped") }
            })
            .await;
            assert_eq!(described.action_count(), 1);

            // Another policy for this one time.
            next_second().await;
            schedule.trigger_with(ScheduleOverlapPolicy::AllowAll).await.unwrap();
            assert_eq!(started(&schedule, 2).await.len(), 2);
            assert_eq!(first.describe().await.unwrap().status(), WorkflowExecutionStatus::Running);
            next_second().await;
            schedule.trigger_with(ScheduleOverlapPolicy::TerminateOther).await.unwrap();
            first.result().await.unwrap_err();
            assert_eq!(first.describe().await.unwrap().status(), WorkflowExecutionStatus::Terminated);
            for id in started(&schedule, 3).await {
                // The first one is closed already.
                let _ = Report::handle(client, id).terminate().await;
            }
            schedule.delete().await.unwrap();
        },
    )
    .await;
}
