//! Temporal's command line finds workflows, signals and queries by the names they have on the wire.

use std::path::Path;

use durably::prelude::*;
use durably_tests::{address, temporal_cli, unique, with_worker};
use tokio::process::Command;

#[workflow]
#[derive(Default)]
struct Guestbook {
    names: Vec<String>,
    closed: bool,
}

#[workflow]
impl Guestbook {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<Vec<String>> {
        ctx.wait_condition(|w| w.closed).await?;
        Ok(ctx.state(|w| w.names.clone()))
    }

    #[signal]
    fn sign(&mut self, name: String, times: u32) {
        self.names.extend((0..times).map(|_| name.clone()));
    }

    #[signal(name = "Close the book")]
    fn close(&mut self) {
        self.closed = true;
    }

    #[query(name = "Signed by")]
    fn signed_by(&self, name: String) -> usize {
        self.names.iter().filter(|signed| **signed == name).count()
    }
}

/// What `temporal workflow ..` prints of a workflow of the shared server.
async fn temporal(cli: &Path, verb: &str, workflow_id: &str, args: &[&str]) -> String {
    let mut command = Command::new(cli);
    command.args(["workflow", verb, "--address", address(), "--workflow-id", workflow_id, "--output", "json"]);
    let output = command.args(args).output().await.unwrap();
    let (printed, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{verb}: {printed}{errors}");
    printed.into_owned()
}

#[tokio::test]
async fn the_command_line_signals_queries_and_describes() {
    let Some(cli) = temporal_cli().await else { return };
    with_worker(
        |worker| worker.workflow::<Guestbook>(),
        async |client, queue| {
            let book = Guestbook::start(client).id(unique("guestbook")).task_queue(queue).await.unwrap();
            let id = book.workflow_id();
            temporal(&cli, "signal", id, &["--name", "sign", "--input", "\"Ada\"", "--input", "2"]).await;
            let answer = temporal(&cli, "query", id, &["--type", "Signed by", "--input", "\"Ada\""]).await;
            assert_eq!(answer.chars().filter(char::is_ascii_digit).collect::<String>(), "2", "{answer}");
            assert!(temporal(&cli, "describe", id, &[]).await.contains("Guestbook"));
            temporal(&cli, "signal", id, &["--name", "Close the book"]).await;
            assert_eq!(book.result().await.unwrap(), ["Ada", "Ada"]);
            assert!(temporal(&cli, "show", id, &[]).await.contains("WORKFLOW_EXECUTION_COMPLETED"));
        },
    )
    .await;
}
