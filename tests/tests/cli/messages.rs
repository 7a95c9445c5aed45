//! Signals and queries.

use durably_tests::unique;

use super::{Guestbook, json, refused, text, with_cli};

#[tokio::test]
async fn the_command_line_signals_queries_and_describes() {
    with_cli(
        |worker| worker.workflow::<Guestbook>(),
        async |client, queue| {
            let book = Guestbook::start(client).id(unique("guestbook")).task_queue(queue).await.unwrap();
            let id = book.workflow_id();
            text(&["workflow", "signal", "-w", id, "--name", "sign", "--input", "\"Ada\"", "--input", "2"]).await;
            let query = ["workflow", "query", "-w", id, "--type", "Signed by", "--input", "\"Ada\""];
            assert_eq!(json(&query).await["queryResult"], serde_json::json!([2]));
            let described = json(&["workflow", "describe", "-w", id]).await;
            assert_eq!(described["workflowExecutionInfo"]["type"]["name"], "Guestbook");
            let missing = refused(&["workflow", "query", "-w", id, "--type", "No such query"]).await;
            assert!(missing.contains("No such query"), "{missing}");
            text(&["workflow", "signal", "-w", id, "--name", "Close the book"]).await;
            assert_eq!(book.result().await.unwrap(), ["Ada", "Ada"]);
            // Temporal's SDK for Rust has no such query; that the command line asks for it is what counts.
            let stack = refused(&["workflow", "stack", "-w", id]).await;
            assert!(stack.contains("No query handler for '__stack_trace'"), "{stack}");
            let closed = refused(&["workflow", "signal", "-w", id, "--name", "sign"]).await;
            assert!(closed.contains("workflow execution already completed"), "{closed}");
        },
    )
    .await;
}
