//! What has come out of a program.

use durably::{
    Client,
    temporal::common::protos::temporal::api::{
        history::v1::{HistoryEvent, history_event::Attributes},
        workflowservice::v1::DescribeWorkflowExecutionResponse as Description,
    },
};

use super::{
    interpret::Interpreter,
    outcome::{Outcome, failed},
};

/// What has come out of a program on one server.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// What the client has seen.
    pub(crate) seen: Vec<String>,
    /// Each workflow, the first one first, with its runs.
    pub(crate) runs: Vec<Run>,
}

impl Record {
    /// Whether a server, or this process, was too slow: no program means a workflow task to time out.
    pub(crate) fn is_disturbed(&self) -> bool {
        let events = self.runs.iter().flat_map(|run| &run.events).filter_map(|event| event.attributes.as_ref());
        events.into_iter().any(|event| match event {
            Attributes::WorkflowTaskTimedOutEventAttributes(_) => true,
            Attributes::WorkflowTaskScheduledEventAttributes(task) => task.attempt > 2,
            _ => false,
        })
    }
}

#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) workflow_id: String,
    pub(crate) events: Vec<HistoryEvent>,
    pub(crate) description: Description,
}

/// All runs of all workflows, from the first ones on.
pub(crate) async fn collect(client: &Client, workflows: &[String]) -> Outcome<Vec<Run>> {
    let mut runs = Vec::new();
    for workflow_id in workflows {
        let handle = Interpreter::handle(client, workflow_id);
        let mut chain = Vec::new();
        let description = handle.describe().await.map_err(failed("a description"))?;
        let info = description.raw().workflow_execution_info.clone().unwrap_or_default();
        let mut next = Some(info.first_run_id).filter(|run_id| !run_id.is_empty());
        while let Some(run_id) = next {
            let handle = handle.for_run(&run_id);
            let events = handle.history().into_events().await.map_err(failed("a history"))?;
            let description = handle.describe().await.map_err(failed("a description"))?.raw().clone();
            next = next_run(&events);
            chain.push(Run { workflow_id: workflow_id.clone(), events, description });
        }
        runs.extend(chain);
    }
    Ok(runs)
}

fn next_run(events: &[HistoryEvent]) -> Option<String> {
    let next = match events.last()?.attributes.as_ref()? {
        Attributes::WorkflowExecutionContinuedAsNewEventAttributes(event) => &event.new_execution_run_id,
        Attributes::WorkflowExecutionFailedEventAttributes(event) => &event.new_execution_run_id,
        Attributes::WorkflowExecutionTimedOutEventAttributes(event) => &event.new_execution_run_id,
        Attributes::WorkflowExecutionCompletedEventAttributes(event) => &event.new_execution_run_id,
        _ => return None,
    };
    Some(next.clone()).filter(|run_id| !run_id.is_empty())
}
