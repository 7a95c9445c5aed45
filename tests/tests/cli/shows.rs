//! What is known of workflows: lists, counts, descriptions, histories.

use durably_tests::unique;

use super::{Guestbook, events, json, text, until, with_cli};

#[tokio::test]
async fn the_command_line_lists_counts_describes_and_shows() {
    with_cli(
        |worker| worker.workflow::<Guestbook>(),
        async |client, queue| {
            let first = Guestbook::start(client).id(unique("guestbook")).task_queue(queue).await.unwrap();
            let second = Guestbook::start(client).id(unique("guestbook")).task_queue(queue).await.unwrap();
            let filter = format!("TaskQueue = '{queue}'");
            let list = ["workflow", "list", "--query", &filter];
            let listed = until(&list, |listed| listed.as_array().is_some_and(|all| all.len() == 2)).await;
            assert_eq!(listed[0]["type"]["name"], "Guestbook");
            let counted = json(&["workflow", "count", "--query", &filter]).await;
            assert_eq!(counted["count"], "2", "{counted}");
            let limited = json(&[&list[..], &["--limit", "1"]].concat()).await;
            assert_eq!(limited.as_array().unwrap().len(), 1);
            let listed = text(&list).await;
            assert!(listed.contains(first.workflow_id()) && listed.contains("Running"), "{listed}");

            first.close().await.unwrap();
            first.result().await.unwrap();
            let open = format!("{filter} AND ExecutionStatus = 'Running'");
            let list = ["workflow", "list", "--query", &open];
            let listed = until(&list, |listed| listed.as_array().is_some_and(|all| all.len() == 1)).await;
            assert_eq!(listed[0]["execution"]["workflowId"], second.workflow_id());
            let groups = format!("{filter} GROUP BY ExecutionStatus");
            let counted = json(&["workflow", "count", "--query", &groups]).await;
            assert_eq!(counted["groups"].as_array().map(Vec::len), Some(2), "{counted}");

            let shown = text(&["workflow", "show", "-w", first.workflow_id()]).await;
            assert!(shown.contains("WorkflowExecutionStarted") && shown.contains("COMPLETED"), "{shown}");
            let kinds = events(first.workflow_id()).await;
            assert_eq!(kinds.last().map(String::as_str), Some("EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED"));
            let followed = text(&["workflow", "show", "-w", first.workflow_id(), "--follow"]).await;
            assert!(followed.contains("WorkflowExecutionCompleted"), "{followed}");
            let described = text(&["workflow", "describe", "-w", first.workflow_id()]).await;
            assert!(described.contains("Guestbook") && described.contains("COMPLETED"), "{described}");
            let trace = text(&["workflow", "trace", "-w", first.workflow_id(), "--no-fold"]).await;
            assert!(trace.contains("Guestbook"), "{trace}");
            second.close().await.unwrap();
        },
    )
    .await;
}
