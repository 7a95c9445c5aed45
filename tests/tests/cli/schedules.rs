//! Schedules.

use durably_tests::unique;

use super::{Hello, json, refused, text, until, with_cli};

#[tokio::test]
async fn the_command_line_schedules() {
    with_cli(
        |worker| worker.workflow::<Hello>(),
        async |_, queue| {
            let (schedule, id) = (unique("schedule"), unique("hello"));
            let action = ["-w", &id, "--type", "Hello", "--task-queue", queue, "--input", "\"Ada\""];
            let create =
                [&["schedule", "create", "-s", &schedule, "--interval", "24h", "--notes", "daily"][..], &action];
            text(&create.concat()).await;
            let taken = refused(&create.concat()).await;
            assert!(taken.contains("already") || taken.contains("exists"), "{taken}");

            let describe = ["schedule", "describe", "-s", &schedule];
            let described = json(&describe).await;
            assert_eq!(described["schedule"]["state"]["notes"], "daily", "{described}");
            let listed = |printed: &serde_json::Value| printed.to_string().contains(schedule.as_str());
            until(&["schedule", "list"], listed).await;

            text(&["schedule", "toggle", "-s", &schedule, "--pause", "--reason", "holidays"]).await;
            let described = json(&describe).await;
            assert_eq!(described["schedule"]["state"]["paused"], true, "{described}");
            assert_eq!(described["schedule"]["state"]["notes"], "holidays");
            text(&["schedule", "toggle", "-s", &schedule, "--unpause", "--reason", "back"]).await;

            text(&["schedule", "trigger", "-s", &schedule]).await;
            let acted =
                |count: &'static str| move |printed: &serde_json::Value| printed["info"]["actionCount"] == count;
            let described = until(&describe, acted("1")).await;
            let started = &described["info"]["recentActions"][0]["startWorkflowResult"]["workflowId"];
            let result = json(&["workflow", "result", "-w", started.as_str().unwrap()]).await;
            assert_eq!(result["result"], "hello Ada");

            let span = ["--start-time", "2024-01-01T12:00:00Z", "--end-time", "2024-01-03T12:00:00Z"];
            let backfill = ["schedule", "backfill", "-s", &schedule, "--overlap-policy", "AllowAll"];
            text(&[&backfill[..], &span].concat()).await;
            until(&describe, acted("3")).await;

            let update = [&["schedule", "update", "-s", &schedule, "--cron", "0 5 * * *"][..], &action].concat();
            text(&update).await;
            let described = json(&describe).await;
            assert!(!described["schedule"]["spec"].to_string().contains("86400s"), "{described}");

            text(&["schedule", "delete", "-s", &schedule]).await;
            refused(&describe).await;
        },
    )
    .await;
}
