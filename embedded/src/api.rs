//! The messages of Temporal's API that this crate speaks, by their own names.

pub(crate) use temporalio_protos::temporal::api::{
    command::v1 as command,
    common::v1::{
        Header, Link, Memo, Payloads, Priority, RetryPolicy, SearchAttributes, WorkflowExecution, WorkflowType,
    },
    enums::v1 as enums,
    failure::v1 as failure,
    failure::v1::{Failure, failure::FailureInfo},
    history::v1::{self as history, History, HistoryEvent, history_event::Attributes},
    query::v1 as query,
    sdk::v1::UserMetadata,
    taskqueue::v1::TaskQueue,
    update::v1 as update,
    workflow::v1 as workflow,
    workflowservice::v1 as service,
};
