//! Starting workflows, and waiting for their results.

use durably_tests::unique;

use super::{Guestbook, Hello, json, no_cli, refused, text, with_cli};

#[tokio::test]
async fn the_command_line_starts_and_executes() {
    with_cli(
        |worker| worker.workflow::<Hello>().workflow::<Guestbook>(),
        async |_, queue| {
            let id = unique("hello");
            let what = ["--type", "Hello", "--task-queue", queue, "--input", "\"Ada\""];
            let started = json(&[&["workflow", "start", "-w", &id][..], &what].concat()).await;
            assert_eq!(started["workflowId"], id.as_str());
            let result = json(&["workflow", "result", "-w", &id]).await;
            assert_eq!(result["result"], "hello Ada");

            let id = unique("hello");
            let executed = json(&[&["workflow", "execute", "-w", &id][..], &what].concat()).await;
            assert_eq!((&executed["status"], &executed["result"]), (&"COMPLETED".into(), &"hello Ada".into()));

            let id = unique("guestbook");
            let start = ["workflow", "start", "-w", &id, "--type", "Guestbook", "--task-queue", queue];
            json(&start).await;
            let taken = refused(&[&start[..], &["--fail-existing"]].concat()).await;
            assert!(taken.contains("already running"), "{taken}");
            json(&[&start[..], &["--id-conflict-policy", "UseExisting"]].concat()).await;
            let sign = ["--signal-name", "sign", "--signal-input", "\"Ada\"", "--signal-input", "1"];
            let with = ["workflow", "signal-with-start", "-w", &id, "--type", "Guestbook", "--task-queue", queue];
            json(&[&with[..], &sign].concat()).await;
            text(&["workflow", "signal", "-w", &id, "--name", "Close the book"]).await;
            let result = json(&["workflow", "result", "-w", &id]).await;
            assert_eq!(result["result"], serde_json::json!(["Ada"]));
        },
    )
    .await;
}

#[tokio::test]
async fn the_command_line_starts_with_options() {
    if no_cli().await {
        return;
    }
    let id = unique("later");
    let nobody = unique("nobody");
    let start = ["workflow", "start", "-w", &id, "--type", "Hello", "--task-queue", &nobody];
    let options = ["--start-delay", "1h", "--run-timeout", "2h", "--memo", "note=\"why\"", "--static-summary", "what"];
    json(&[&start[..], &options].concat()).await;
    let described = json(&["workflow", "describe", "-w", &id]).await;
    assert_eq!(described["executionConfig"]["workflowRunTimeout"], "7200s");
    assert_eq!(described["workflowExecutionInfo"]["memo"]["fields"]["note"], "why", "{described}");
    text(&["workflow", "terminate", "-w", &id]).await;
}
