//! What becomes of a start while an earlier workflow is running. Skipping, allowing all and terminating are in `trigger`.

use durably::{
    WorkflowExecutionStatus,
    schedule::{ScheduleOverlapPolicy, ScheduleRunningAction},
};
use durably_tests::{unique, with_worker};

use super::*;

/// Runs `test` with a schedule of this policy that has started its first workflow, which waits to be told.
async fn with_schedule(
    policy: ScheduleOverlapPolicy,
    test: impl AsyncFnOnce(&Client, &ScheduleHandle<Report>, ScheduleRunningAction),
) {
    with_worker(
        |worker| worker.workflow::<Report>(),
        async |client, queue| {
            let schedule = Report::schedule(client, unique("overlaps"), unique("Ada"), 0)
                .task_queue(queue)
                .calendar(yearly())
                .overlap(policy)
                .trigger_immediately()
                .create()
                .await
                .unwrap();
            let first = next(&schedule, &[]).await;
            next_second().await;
            test(client, &schedule, first).await;
            schedule.delete().await.unwrap();
        },
    )
    .await;
}

/// The workflow that runs, once it is none of `before`.
async fn next(schedule: &ScheduleHandle<Report>, before: &[&ScheduleRunningAction]) -> ScheduleRunningAction {
    eventually(|| async {
        let running = schedule.describe().await.unwrap().running_actions();
        let next = running.into_iter().find(|action| before.iter().all(|before| before.run_id != action.run_id));
        next.ok_or("nothing else is running")
    })
    .await
}

fn report(client: &Client, action: &ScheduleRunningAction) -> ReportHandle {
    Report::handle(client, &action.workflow_id).for_run(&action.run_id)
}

/// Waits until so many starts are skipped, so many wait, and so many have been.
async fn counted(schedule: &ScheduleHandle<Report>, expected: [i64; 3]) {
    eventually(|| async {
        let info = schedule.describe().await.unwrap().raw().info.clone().unwrap();
        let counts = [info.overlap_skipped, info.buffer_size, info.action_count];
        if counts == expected { Ok(()) } else { Err(format!("{counts:?} instead of {expected:?}")) }
    })
    .await;
}

#[tokio::test]
async fn one_start_waits_with_buffer_one() {
    with_schedule(ScheduleOverlapPolicy::BufferOne, async |client, schedule, first| {
        // One after the other: a trigger may take the place of one that the schedule has not yet come to.
        for counts in [[0, 1, 1], [1, 1, 1], [2, 1, 1]] {
            schedule.trigger().await.unwrap();
            counted(schedule, counts).await;
        }
        report(client, &first).tell().await.unwrap();
        let second = next(schedule, &[&first]).await;
        counted(schedule, [2, 0, 2]).await;
        report(client, &second).tell().await.unwrap();
        report(client, &second).result().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn all_starts_wait_with_buffer_all() {
    with_schedule(ScheduleOverlapPolicy::BufferAll, async |client, schedule, first| {
        for counts in [[0, 1, 1], [0, 2, 1]] {
            schedule.trigger().await.unwrap();
            counted(schedule, counts).await;
            next_second().await;
        }
        report(client, &first).tell().await.unwrap();
        let second = next(schedule, &[&first]).await;
        counted(schedule, [0, 1, 2]).await;
        report(client, &second).tell().await.unwrap();
        let third = next(schedule, &[&first, &second]).await;
        counted(schedule, [0, 0, 3]).await;
        report(client, &third).tell().await.unwrap();
        report(client, &third).result().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_earlier_workflow_is_cancelled_with_cancel_other() {
    with_schedule(ScheduleOverlapPolicy::CancelOther, async |client, schedule, first| {
        schedule.trigger().await.unwrap();
        let second = next(schedule, &[&first]).await;
        report(client, &first).result().await.unwrap_err();
        let status = report(client, &first).describe().await.unwrap().status();
        assert_eq!(status, WorkflowExecutionStatus::Canceled);
        report(client, &second).tell().await.unwrap();
        report(client, &second).result().await.unwrap();
    })
    .await;
}
