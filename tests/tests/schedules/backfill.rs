//! Starting what was missed.

use durably::schedule::{ScheduleBackfill, ScheduleOverlapPolicy};
use durably_tests::{client, unique};

use super::*;

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
