//! What tests of workflows need.

use temporalio_client::WorkflowHistory;
use temporalio_sdk::workflow_replayer::{
    WorkflowReplayError, WorkflowReplayWorkerError, WorkflowReplayer, WorkflowReplayerOptions,
};

use crate::workflow::Workflow;

/// Replays a history against the workflow `W`: whether its code still does what a run that began with older code did.
///
/// Nothing is sent anywhere and activities do not run. Keep histories of the runs that matter as files and replay them in
/// tests: a change that would break a run in production then fails there.
///
/// ```
/// use durably::{WorkflowHistory, prelude::*, testing};
///
/// #[workflow]
/// #[derive(Default)]
/// struct Patient;
///
/// #[workflow]
/// impl Patient {
///     #[run]
///     async fn run(ctx: &WorkflowContext<Self>, days: u64) -> WorkflowResult<()> {
///         ctx.timer(Duration::from_secs(days * 86_400)).await;
///         Ok(())
///     }
/// }
///
/// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
/// // Once: of a run that is done, or is still going on.
/// let history = Patient::handle(&client, "patient-7").history().to_json().await?;
/// std::fs::write("patient.json", history)?;
///
/// // In each test run:
/// let history = WorkflowHistory::from_json(&std::fs::read("patient.json")?)?;
/// testing::replay::<Patient>(history).await?;
/// # Ok(()) }
/// ```
///
/// Several histories at once, a data converter of one's own or interceptors: [`WorkflowReplayer`] takes a Durably workflow
/// like any other. The future stays on its thread, as workflows do.
///
/// Errors: [`WorkflowReplayFailure::Nondeterminism`](crate::WorkflowReplayFailure::Nondeterminism) if the code does
/// something else than it did; other failures if the history is incomplete or of another workflow.
pub async fn replay<W: Workflow>(history: impl Into<WorkflowHistory>) -> Result<(), WorkflowReplayError> {
    let options = WorkflowReplayerOptions::new()
        .register_workflow::<W>()
        .map_err(|error| WorkflowReplayWorkerError::Initialization { message: error.to_string() })?;
    WorkflowReplayer::new(options.build())?.replay_workflow(history.into()).await
}
