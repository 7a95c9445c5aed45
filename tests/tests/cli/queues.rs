//! Task queues and the workers at them.

use super::{Guestbook, json, no_cli, text, until, with_cli};

#[tokio::test]
async fn the_command_line_describes_task_queues_and_finds_workers() {
    with_cli(
        |worker| worker.workflow::<Guestbook>(),
        async |_, queue| {
            let describe = ["task-queue", "describe", "--task-queue", queue, "--legacy-mode"];
            let polled =
                |printed: &serde_json::Value| printed["pollers"].as_array().is_some_and(|pollers| !pollers.is_empty());
            until(&describe, polled).await;
            let described = text(&["task-queue", "describe", "--task-queue", queue]).await;
            assert!(described.contains("workflow"), "{described}");

            // The worker says that it is there.
            let filter = format!("TaskQueue = '{queue}'");
            let list = ["worker", "list", "--query", &filter];
            let listed = until(&list, |printed| printed.as_array().is_some_and(|all| all.len() == 1)).await;
            let key = listed[0]["workerHeartbeat"]["workerInstanceKey"].as_str().unwrap();
            let described = json(&["worker", "describe", "--worker-instance-key", key]).await;
            assert!(described.to_string().contains(queue), "{described}");
        },
    )
    .await;
}

#[tokio::test]
async fn the_command_line_asks_for_the_health_of_the_server() {
    if no_cli().await {
        return;
    }
    let health = text(&["operator", "cluster", "health"]).await;
    assert!(health.contains("SERVING"), "{health}");
    let described = json(&["operator", "cluster", "describe"]).await;
    assert!(described["serverVersion"].is_string(), "{described}");
    let system = json(&["operator", "cluster", "system"]).await;
    assert!(system["serverVersion"].is_string(), "{system}");
}
