//! Ends of workflows, and other beginnings: cancel, terminate, delete, reset.

use durably_tests::{eventually::eventually, unique};

use super::{Guestbook, events, json, run, status, text, with_cli};

#[tokio::test]
async fn the_command_line_cancels_terminates_and_deletes() {
    with_cli(
        |worker| worker.workflow::<Guestbook>(),
        async |client, queue| {
            let cancelled = Guestbook::start(client).id(unique("guestbook")).task_queue(queue).await.unwrap();
            text(&["workflow", "cancel", "-w", cancelled.workflow_id()]).await;
            assert!(cancelled.result().await.is_err());
            assert_eq!(status(cancelled.workflow_id()).await, "WORKFLOW_EXECUTION_STATUS_CANCELED");

            let terminated = Guestbook::start(client).id(unique("guestbook")).task_queue(queue).await.unwrap();
            let id = terminated.workflow_id();
            text(&["workflow", "terminate", "-w", id, "--reason", "enough"]).await;
            assert_eq!(status(id).await, "WORKFLOW_EXECUTION_STATUS_TERMINATED");
            let shown = json(&["workflow", "show", "-w", id]).await;
            let last = shown["events"].as_array().unwrap().last().unwrap();
            assert_eq!(last["workflowExecutionTerminatedEventAttributes"]["reason"], "enough");

            text(&["workflow", "delete", "-w", id, "--yes"]).await;
            eventually(|| async {
                let (still, printed) = run(&["workflow", "describe", "-w", id], "text").await;
                if still { Err(printed) } else { Ok(()) }
            })
            .await;
        },
    )
    .await;
}

#[tokio::test]
async fn the_command_line_resets() {
    with_cli(
        |worker| worker.workflow::<Guestbook>(),
        async |client, queue| {
            let book = Guestbook::start(client).id(unique("guestbook")).task_queue(queue).await.unwrap();
            let id = book.workflow_id();
            text(&["workflow", "signal", "-w", id, "--name", "sign", "--input", "\"Ada\"", "--input", "1"]).await;
            let query = ["workflow", "query", "-w", id, "--type", "Signed by", "--input", "\"Ada\""];
            assert_eq!(json(&query).await["queryResult"], serde_json::json!([1]));
            let reset = ["workflow", "reset", "-w", id, "--reason", "again", "--type", "FirstWorkflowTask"];
            let again = json(&reset).await;
            assert!(again["runId"].is_string(), "{again}");
            // The signal is told again.
            text(&["workflow", "signal", "-w", id, "--name", "Close the book"]).await;
            let result = json(&["workflow", "result", "-w", id]).await;
            assert_eq!(result["result"], serde_json::json!(["Ada"]));
            assert_eq!(events(id).await[3], "EVENT_TYPE_WORKFLOW_TASK_FAILED");
        },
    )
    .await;
}
