//! What the workflows of a test have done.

use temporalio_client::{Client, WorkflowExecutionStatus};
use temporalio_common::protos::temporal::api::{
    enums::v1::WorkflowTaskFailedCause,
    history::v1::{HistoryEvent, history_event::Attributes},
};

use crate::{untyped, visibility};

/// One run.
pub(super) struct Recorded {
    pub(super) workflow_type: String,
    pub(super) workflow_id: String,
    pub(super) run_id: String,
    pub(super) status: WorkflowExecutionStatus,
    pub(super) events: Vec<HistoryEvent>,
}

/// Every run of the service, the earliest first.
pub(super) async fn fetch(client: &Client) -> Result<Vec<Recorded>, Box<dyn std::error::Error>> {
    let mut runs = Vec::new();
    for found in visibility::list_workflows(client).all().await? {
        let handle = untyped::handle::<crate::RawValue>(client, found.id()).for_run(found.run_id());
        runs.push(Recorded {
            workflow_type: found.workflow_type().to_owned(),
            workflow_id: found.id().to_owned(),
            run_id: found.run_id().to_owned(),
            status: found.status(),
            events: handle.history().into_events().await?,
        });
    }
    runs.reverse();
    Ok(runs)
}

impl Recorded {
    /// What a workflow task of it failed with.
    pub(super) fn failed_task(&self) -> Option<String> {
        self.events.iter().find_map(|event| match &event.attributes {
            Some(Attributes::WorkflowTaskFailedEventAttributes(failed)) if is_a_fault(failed.cause()) => {
                let reason =
                    failed.failure.as_ref().map_or("for no reason that is recorded", |failure| &failure.message);
                Some(format!("a workflow task of {self} failed at event {}: {reason}", event.event_id))
            }
            _ => None,
        })
    }
}

/// Some tasks fail as a matter of course.
fn is_a_fault(cause: WorkflowTaskFailedCause) -> bool {
    !matches!(
        cause,
        WorkflowTaskFailedCause::UnhandledCommand
            | WorkflowTaskFailedCause::UnhandledUpdate
            | WorkflowTaskFailedCause::ResetWorkflow
            | WorkflowTaskFailedCause::ForceCloseCommand
    )
}

impl std::fmt::Display for Recorded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` (workflow `{}`, run `{}`)", self.workflow_type, self.workflow_id, self.run_id)
    }
}
