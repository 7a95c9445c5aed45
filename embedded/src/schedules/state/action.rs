//! What a schedule wants done.

use std::{collections::HashMap, time::Duration};

use chrono::{DateTime, SecondsFormat};
use temporalio_protos::temporal::api::{
    common::v1::{Payload, SearchAttributes, WorkflowExecution},
    enums::v1::{ScheduleOverlapPolicy, WorkflowIdReusePolicy},
    schedule::v1::schedule_action,
    workflow::v1::NewWorkflowExecutionInfo,
    workflowservice::v1::StartWorkflowExecutionRequest,
};

use super::{Schedule, buffer::Start};
use crate::time::Time;

/// Names a start until it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct StartId(pub(super) u64);

/// What the engine does for a schedule. The schedule goes on whether it succeeds or not.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// To be answered by [`Schedule::started`] or [`Schedule::start_failed`].
    ///
    /// The request lacks its id, which the engine makes up.
    Start { id: StartId, request: Box<StartWorkflowExecutionRequest> },
    /// The latest run of the chain of this workflow whose first run this is. If there is none, nothing.
    Cancel { execution: WorkflowExecution, identity: String, reason: &'static str },
    /// Likewise.
    Terminate { execution: WorkflowExecution, identity: String, reason: &'static str },
}

const CANCELLED: &str = "cancelled by schedule overlap policy";
const TERMINATED: &str = "terminated by schedule overlap policy";

impl Schedule {
    pub(super) fn stop(&self, terminate: bool) -> impl Iterator<Item = Action> {
        self.running.iter().map(move |execution| {
            let (execution, identity) = (execution.clone(), self.identity());
            if terminate {
                Action::Terminate { execution, identity, reason: TERMINATED }
            } else {
                Action::Cancel { execution, identity, reason: CANCELLED }
            }
        })
    }

    pub(super) fn new_workflow(&self) -> Option<&NewWorkflowExecutionInfo> {
        let schedule_action::Action::StartWorkflow(new) = self.schedule.action.as_ref()?.action.as_ref()?;
        Some(new)
    }

    pub(super) fn request(&self, start: &Start) -> StartWorkflowExecutionRequest {
        let new = self.new_workflow().cloned().unwrap_or_default();
        let nominal = rfc3339(start.nominal);
        // Runs that may overlap have no predecessor.
        let alone = self.overlap(start.overlap) != ScheduleOverlapPolicy::AllowAll;
        let reuse =
            if start.manual { WorkflowIdReusePolicy::AllowDuplicate } else { WorkflowIdReusePolicy::RejectDuplicate };
        StartWorkflowExecutionRequest {
            namespace: self.namespace.clone(),
            workflow_id: format!("{}-{nominal}", new.workflow_id),
            workflow_type: new.workflow_type,
            task_queue: new.task_queue,
            input: new.input,
            workflow_execution_timeout: new.workflow_execution_timeout,
            workflow_run_timeout: new.workflow_run_timeout,
            workflow_task_timeout: new.workflow_task_timeout,
            identity: self.identity(),
            workflow_id_reuse_policy: reuse.into(),
            retry_policy: new.retry_policy,
            memo: new.memo,
            search_attributes: Some(self.marks(new.search_attributes, &nominal)),
            header: new.header,
            last_completion_result: self.last_completion_result.clone().filter(|_| alone),
            continued_failure: self.continued_failure.clone().filter(|_| alone),
            user_metadata: new.user_metadata,
            priority: new.priority,
            ..Default::default()
        }
    }

    fn identity(&self) -> String {
        format!("temporal-scheduler-{}-{}", self.namespace, self.id)
    }

    /// The search attributes by which runs of schedules are found.
    fn marks(&self, attributes: Option<SearchAttributes>, nominal: &str) -> SearchAttributes {
        let mut attributes = attributes.unwrap_or_default();
        let mut mark = |name: &str, kind: &str, value: &str| {
            let metadata = [("encoding", "json/plain"), ("type", kind)];
            let metadata: HashMap<_, _> = metadata.map(|(key, value)| (key.to_owned(), value.into())).into();
            let data = serde_json::to_vec(value).unwrap_or_default();
            attributes.indexed_fields.insert(name.into(), Payload { metadata, data, ..Default::default() });
        };
        mark("TemporalScheduledStartTime", "Datetime", nominal);
        mark("TemporalScheduledById", "Keyword", &self.id);
        attributes
    }
}

/// In UTC, without fractions.
fn rfc3339(time: Time) -> String {
    DateTime::from_timestamp(time.secs(), 0)
        .map_or_else(String::new, |time| time.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// How long a backfill rests between two slices of starts that nothing else holds up.
pub(super) const SLICE_PAUSE: Duration = Duration::from_secs(1);
