//! Updates.

use durably_tests::unique;

use super::{Guestbook, json, no_cli, refused, text, with_cli};

#[tokio::test]
async fn the_command_line_updates() {
    with_cli(
        |worker| worker.workflow::<Guestbook>(),
        async |client, queue| {
            let book = Guestbook::start(client).id(unique("guestbook")).task_queue(queue).await.unwrap();
            let id = book.workflow_id();
            text(&["workflow", "signal", "-w", id, "--name", "sign", "--input", "\"Ada\"", "--input", "2"]).await;
            let strike = |verb| ["workflow", "update", verb, "-w", id, "--name", "strike", "--input", "\"Ada\""];
            let executed = json(&[&strike("execute")[..], &["--update-id", "first"]].concat()).await;
            assert_eq!(executed["result"], 2, "{executed}");
            let described = json(&["workflow", "update", "describe", "-w", id, "--update-id", "first"]).await;
            assert_eq!(described["result"], 2, "{described}");

            let failed = refused(&strike("execute")).await;
            assert!(failed.contains("Ada has not signed"), "{failed}");
            text(&["workflow", "signal", "-w", id, "--name", "sign", "--input", "\"Ada\"", "--input", "1"]).await;
            let start = [&strike("start")[..], &["--update-id", "second", "--wait-for-stage", "accepted"]].concat();
            let started = json(&start).await;
            assert_eq!(started["updateId"], "second", "{started}");
            let result = json(&["workflow", "update", "result", "-w", id, "--update-id", "second"]).await;
            assert_eq!(result["result"], 1, "{result}");
            let missing = refused(&["workflow", "update", "describe", "-w", id, "--update-id", "never"]).await;
            assert!(missing.contains("not found"), "{missing}");

            let other = unique("guestbook");
            let with_start = [
                "workflow",
                "execute-update-with-start",
                "-w",
                &other,
                "--type",
                "Guestbook",
                "--task-queue",
                queue,
                "--id-conflict-policy",
                "Fail",
                "--update-name",
                "strike",
                "--update-input",
                "\"Ada\"",
            ];
            let failed = refused(&with_start).await;
            assert!(failed.contains("Ada has not signed"), "{failed}");
            for id in [id, &other] {
                text(&["workflow", "signal", "-w", id, "--name", "Close the book"]).await;
            }
        },
    )
    .await;
}

#[tokio::test]
async fn the_command_line_changes_options() {
    if no_cli().await {
        return;
    }
    let (id, nobody) = (unique("options"), unique("nobody"));
    json(&["workflow", "start", "-w", &id, "--type", "Hello", "--task-queue", &nobody]).await;
    let update = ["workflow", "update-options", "-w", &id, "--versioning-override-behavior"];
    text(&[&update[..], &["auto_upgrade"]].concat()).await;
    let described = json(&["workflow", "describe", "-w", &id]).await;
    let info = &described["workflowExecutionInfo"]["versioningInfo"]["versioningOverride"];
    assert_eq!(info["autoUpgrade"], true, "{described}");
    text(&[&update[..], &["unspecified"]].concat()).await;
    let kinds = super::events(&id).await;
    assert_eq!(kinds[2..], ["EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED"; 2]);
    text(&["workflow", "terminate", "-w", &id]).await;
}
