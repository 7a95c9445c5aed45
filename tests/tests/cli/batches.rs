//! The same thing done to many workflows.

use durably_tests::unique;

use super::{Guestbook, json, status, until, with_cli};

#[tokio::test]
async fn the_command_line_deals_with_what_a_query_finds() {
    with_cli(
        |worker| worker.workflow::<Guestbook>(),
        async |client, queue| {
            let mut books = Vec::new();
            for _ in 0..3 {
                books.push(Guestbook::start(client).id(unique("guestbook")).task_queue(queue).await.unwrap());
            }
            let filter = format!("TaskQueue = '{queue}'");
            until(&["workflow", "count", "--query", &filter], |counted| counted["count"] == "3").await;
            let over = |job: &serde_json::Value| {
                job["state"] == "Completed" || job["state"] == "BATCH_OPERATION_STATE_COMPLETED"
            };
            let sign = ["--name", "sign", "--input", "\"Ada\"", "--input", "1"];
            let signal = [&["workflow", "signal", "--query", &filter, "--yes", "--reason", "why"][..], &sign].concat();
            let started = json(&signal).await;
            let job = started["batchJobId"].as_str().unwrap_or_else(|| panic!("{started}")).to_owned();
            let described = until(&["batch", "describe", "--job-id", &job], over).await;
            assert!(described.to_string().contains("why"), "{described}");
            for book in &books {
                assert_eq!(book.signed_by("Ada").await.unwrap(), 1);
            }
            let listed = json(&["batch", "list"]).await;
            assert!(listed.to_string().contains(&job), "{listed}");

            let started = json(&["workflow", "terminate", "--query", &filter, "--yes", "--reason", "enough"]).await;
            let job = started["batchJobId"].as_str().unwrap_or_else(|| panic!("{started}")).to_owned();
            until(&["batch", "describe", "--job-id", &job], over).await;
            for book in &books {
                assert_eq!(status(book.workflow_id()).await, "WORKFLOW_EXECUTION_STATUS_TERMINATED");
            }
        },
    )
    .await;
}
