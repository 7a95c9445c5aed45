use std::time::Duration;

use temporalio_protos::temporal::api::{
    common::v1::{Memo, SearchAttributes, WorkflowExecution, WorkflowType},
    enums::v1::WorkflowExecutionStatus,
    workflow::v1::WorkflowExecutionInfo,
};

use super::attributes::{Attributes, Values};
use crate::time::{self, Time};

/// What is known of one run.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Record {
    pub(crate) execution: WorkflowExecution,
    pub(crate) workflow_type: String,
    pub(crate) status: WorkflowExecutionStatus,
    pub(crate) task_queue: String,
    pub(crate) start_time: Time,
    /// When its first workflow task is due: later than the start if it has a delay, a cron schedule or a backoff.
    pub(crate) execution_time: Time,
    /// Absent while the run is open.
    pub(crate) close_time: Option<Time>,
    /// Events. Like the other counts, lists and filters know it once the run is closed.
    pub(crate) history_length: i64,
    pub(crate) history_size_bytes: i64,
    pub(crate) state_transition_count: i64,
    pub(crate) parent: Option<WorkflowExecution>,
    /// The run itself where it has no parent.
    pub(crate) root: WorkflowExecution,
    pub(crate) memo: Option<Memo>,
    /// From [`Attributes::values`].
    pub(crate) search_attributes: Values,
}

impl Record {
    /// How long it ran, once it is closed.
    pub(super) fn duration(&self) -> Option<Duration> {
        self.close_time.map(|close_time| close_time.since(self.execution_time))
    }

    /// The entry of a list answer.
    pub(crate) fn info(&self, attributes: &Attributes) -> WorkflowExecutionInfo {
        let closed = self.close_time.is_some();
        let count = |count| if closed { count } else { 0 };
        WorkflowExecutionInfo {
            execution: Some(self.execution.clone()),
            r#type: Some(WorkflowType { name: self.workflow_type.clone() }),
            status: self.status.into(),
            task_queue: self.task_queue.clone(),
            start_time: Some(micros(self.start_time).proto()),
            execution_time: Some(micros(self.execution_time).proto()),
            close_time: self.close_time.map(|time| micros(time).proto()),
            execution_duration: self.duration().map(time::proto),
            history_length: count(self.history_length),
            history_size_bytes: count(self.history_size_bytes),
            state_transition_count: count(self.state_transition_count),
            parent_execution: self.parent.clone(),
            root_execution: Some(self.root.clone()),
            memo: Some(self.memo.clone().unwrap_or_default()),
            search_attributes: Some(self.payloads(attributes)),
            ..WorkflowExecutionInfo::default()
        }
    }

    /// Without those whose attribute was removed or is of another type by now.
    fn payloads(&self, attributes: &Attributes) -> SearchAttributes {
        let known = self.search_attributes.iter().filter(|(name, value)| attributes.kind(name) == Some(value.kind()));
        SearchAttributes { indexed_fields: known.map(|(name, value)| (name.clone(), value.encode())).collect() }
    }
}

/// Visibility keeps microseconds: what a list shows must be found again when a filter says it.
pub(super) fn micros(time: Time) -> Time {
    let nanos = time.nanos();
    Time::from_nanos(nanos.saturating_sub(nanos.rem_euclid(1_000)))
}
