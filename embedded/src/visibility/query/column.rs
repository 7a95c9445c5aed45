use chrono::{DateTime, Utc};

use super::{
    super::{
        attributes::{Kind, Value, datetime},
        record::{Record, micros},
    },
    operand::{Datum, Number},
};
use crate::time::Time;

/// Where a record keeps what a filter asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Column {
    WorkflowId,
    RunId,
    WorkflowType,
    ExecutionStatus,
    TaskQueue,
    StartTime,
    ExecutionTime,
    CloseTime,
    ExecutionDuration,
    HistoryLength,
    HistorySizeBytes,
    StateTransitionCount,
    ParentWorkflowId,
    ParentRunId,
    RootWorkflowId,
    RootRunId,
    /// Among its search attributes.
    Attribute(String, Kind),
}

impl Column {
    pub(super) fn new(name: String, kind: Kind) -> Self {
        match name.as_str() {
            "WorkflowId" => Self::WorkflowId,
            "RunId" => Self::RunId,
            "WorkflowType" => Self::WorkflowType,
            "ExecutionStatus" => Self::ExecutionStatus,
            "TaskQueue" => Self::TaskQueue,
            "StartTime" => Self::StartTime,
            "ExecutionTime" => Self::ExecutionTime,
            "CloseTime" => Self::CloseTime,
            "ExecutionDuration" => Self::ExecutionDuration,
            "HistoryLength" => Self::HistoryLength,
            "HistorySizeBytes" => Self::HistorySizeBytes,
            "StateTransitionCount" => Self::StateTransitionCount,
            "ParentWorkflowId" => Self::ParentWorkflowId,
            "ParentRunId" => Self::ParentRunId,
            "RootWorkflowId" => Self::RootWorkflowId,
            "RootRunId" => Self::RootRunId,
            _ => Self::Attribute(name, kind),
        }
    }

    /// Set on what is not a user's workflow; the real server hides such runs unless a filter names this.
    pub(super) fn division() -> Self {
        Self::Attribute("TemporalNamespaceDivision".to_owned(), Kind::Keyword)
    }

    /// Nothing is SQL's null.
    pub(super) fn read<'a>(&self, record: &'a Record) -> Option<Datum<'a>> {
        let closed = record.close_time.is_some();
        let count = |count| closed.then_some(Datum::Number(Number::Int(count)));
        match self {
            Self::WorkflowId => Some(Datum::Text(&record.execution.workflow_id)),
            Self::RunId => Some(Datum::Text(&record.execution.run_id)),
            Self::WorkflowType => Some(Datum::Text(&record.workflow_type)),
            // By its number, so that comparisons order statuses by it.
            Self::ExecutionStatus => Some(Datum::Number(Number::Int(i64::from(i32::from(record.status))))),
            Self::TaskQueue => Some(Datum::Text(&record.task_queue)),
            Self::StartTime => Some(Datum::Time(date(record.start_time))),
            Self::ExecutionTime => Some(Datum::Time(date(record.execution_time))),
            Self::CloseTime => record.close_time.map(|time| Datum::Time(date(time))),
            Self::ExecutionDuration => {
                count(record.duration().map_or(0, |long| i64::try_from(long.as_nanos()).unwrap_or(i64::MAX)))
            }
            Self::HistoryLength => count(record.history_length),
            Self::HistorySizeBytes => count(record.history_size_bytes),
            Self::StateTransitionCount => count(record.state_transition_count),
            Self::ParentWorkflowId => record.parent.as_ref().map(|parent| Datum::Text(&parent.workflow_id)),
            Self::ParentRunId => record.parent.as_ref().map(|parent| Datum::Text(&parent.run_id)),
            Self::RootWorkflowId => Some(Datum::Text(&record.root.workflow_id)),
            Self::RootRunId => Some(Datum::Text(&record.root.run_id)),
            Self::Attribute(name, kind) => {
                let value = record.search_attributes.get(name)?;
                // The attribute may have been removed and added as another type since.
                (value.kind() == *kind).then(|| datum(value))
            }
        }
    }

    /// Whether every open run lacks it.
    pub(super) const fn of_closed(&self) -> bool {
        matches!(
            self,
            Self::CloseTime
                | Self::ExecutionDuration
                | Self::HistoryLength
                | Self::HistorySizeBytes
                | Self::StateTransitionCount
        )
    }
}

fn datum(value: &Value) -> Datum<'_> {
    match value {
        Value::Text(text) => Datum::Words(text),
        Value::Keyword(text) => Datum::Text(text),
        Value::Int(number) => Datum::Number(Number::Int(*number)),
        Value::Double(number) => Datum::Number(Number::Float(*number)),
        Value::Bool(value) => Datum::Bool(*value),
        Value::Datetime(time) => Datum::Time(datetime::truncate(time.to_utc())),
        Value::KeywordList(list) => Datum::List(list),
    }
}

pub(super) fn date(time: Time) -> DateTime<Utc> {
    DateTime::from_timestamp_nanos(micros(time).nanos())
}
