//! Pausing schedules, and going on.

use durably_tests::{unique, with_worker};

use super::*;

#[tokio::test]
async fn nothing_starts_while_it_is_paused() {
    with_worker(
        |worker| worker.workflow::<Report>(),
        async |client, queue| {
            let create = Report::schedule(client, unique("paused"), unique("Ada"), 7).task_queue(queue).every(SECOND);
            let schedule = create.note("every second").create().await.unwrap();
            started(&schedule, 1).await;
            schedule.pause("for the holidays").await.unwrap();
            let described = schedule.describe().await.unwrap();
            assert_eq!((described.paused(), described.note()), (true, Some("for the holidays")));
            // What was about to start as the pause came may still be counted.
            tokio::time::sleep(SECOND / 2).await;
            let before = schedule.describe().await.unwrap().action_count();
            tokio::time::sleep(2 * SECOND).await;
            assert_eq!(schedule.describe().await.unwrap().action_count(), before);

            schedule.unpause("back to work").await.unwrap();
            let described = schedule.describe().await.unwrap();
            assert_eq!((described.paused(), described.note()), (false, Some("back to work")));
            eventually(|| async {
                let count = schedule.describe().await.unwrap().action_count();
                if count > before { Ok(()) } else { Err("nothing starts") }
            })
            .await;
            schedule.delete().await.unwrap();
        },
    )
    .await;
}

#[tokio::test]
async fn it_pauses_itself_when_a_workflow_fails() {
    with_worker(
        |worker| worker.workflow::<Report>(),
        async |client, queue| {
            let schedule = Report::schedule(client, unique("fails"), unique("Ada"), 0)
                .task_queue(queue)
                .calendar(yearly())
                .run_timeout(SECOND)
                .pause_on_failure(true)
                .trigger_immediately()
                .create()
                .await
                .unwrap();
            let described = eventually(|| async {
                let described = schedule.describe().await.unwrap();
                if described.paused() { Ok(described) } else { Err("it is not paused") }
            })
            .await;
            assert!(described.note().unwrap().contains("timeout"), "{:?}", described.note());
            schedule.delete().await.unwrap();
        },
    )
    .await;
}
