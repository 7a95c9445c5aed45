//! Temporal's command line does what it does, on whatever server the tests run, and finds workflows, signals, queries and
//! updates by the names they have on the wire.

mod batches;
mod ends;
mod messages;
mod operator;
mod queues;
mod schedules;
mod shows;
mod starts;
mod updates;

use std::{ffi::OsStr, fmt::Debug};

use durably::prelude::*;
use durably_tests::{address, temporal_cli, with_worker};
use serde_json::Value;
use tokio::process::Command;

#[workflow]
#[derive(Default)]
pub(super) struct Guestbook {
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

    #[update]
    fn strike(&mut self, name: String) -> Result<usize, ApplicationFailure> {
        let before = self.names.len();
        self.names.retain(|signed| *signed != name);
        match before - self.names.len() {
            0 => Err(ApplicationFailure::builder(format!("{name} has not signed")).build()),
            struck => Ok(struck),
        }
    }
}

/// Says hello to whoever is given, at once.
#[workflow]
#[derive(Default)]
pub(super) struct Hello;

#[workflow]
impl Hello {
    #[run]
    async fn run(_ctx: &WorkflowContext<Self>, name: String) -> WorkflowResult<String> {
        Ok(format!("hello {name}"))
    }
}

/// Whether the test that asks is to be skipped.
async fn no_cli() -> bool {
    temporal_cli().await.is_none()
}

/// Runs `test` with a worker that `register` has filled, where there is a command line.
async fn with_cli(register: impl FnOnce(Worker) -> Worker, test: impl AsyncFnOnce(&Client, &str)) {
    if !no_cli().await {
        with_worker(register, test).await;
    }
}

/// What `temporal ..` prints about the shared server, and whether it succeeds.
async fn run(args: &[impl AsRef<OsStr> + Debug], output: &str) -> (bool, String) {
    let mut command = Command::new(temporal_cli().await.expect("the test has asked for it"));
    command.args(args).args(["--address", address(), "--output", output]);
    let output = command.output().await.unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned() + &errors)
}

/// What `temporal ..` prints, which succeeds.
async fn text(args: &[&str]) -> String {
    let (succeeds, printed) = run(args, "text").await;
    assert!(succeeds, "{args:?}: {printed}");
    printed
}

/// What `temporal ..` prints as JSON.
async fn json(args: &[&str]) -> Value {
    let mut command = Command::new(temporal_cli().await.expect("the test has asked for it"));
    command.args(args).args(["--address", address(), "--output", "json"]);
    let output = command.output().await.unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {}{errors}", String::from_utf8_lossy(&output.stdout));
    match output.stdout.is_empty() {
        true => Value::Null,
        false => serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{args:?} prints {}: {error}", String::from_utf8_lossy(&output.stdout))),
    }
}

/// What `temporal ..` says, which fails.
async fn refused(args: &[&str]) -> String {
    let (succeeds, printed) = run(args, "text").await;
    assert!(!succeeds, "{args:?}: {printed}");
    printed
}

/// The status of a workflow, in the words of `temporal workflow describe`.
async fn status(id: &str) -> String {
    let described = json(&["workflow", "describe", "-w", id]).await;
    described["workflowExecutionInfo"]["status"].as_str().unwrap_or_default().to_owned()
}

/// Waits until `temporal ..` prints what is wanted: the real server tells lists of workflows in its own time.
async fn until(args: &[&str], wanted: impl Fn(&Value) -> bool) -> Value {
    let once = || async {
        let printed = json(args).await;
        if wanted(&printed) { Ok(printed) } else { Err(format!("{args:?} prints {printed}")) }
    };
    durably_tests::eventually::eventually(once).await
}

/// The event types of a history, in order.
async fn events(id: &str) -> Vec<String> {
    let shown = json(&["workflow", "show", "-w", id]).await;
    let events = shown["events"].as_array().cloned().unwrap_or_default();
    events.iter().map(|event| event["eventType"].as_str().unwrap_or_default().to_owned()).collect()
}
