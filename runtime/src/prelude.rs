//! What workflow and activity code needs: `use durably::prelude::*;`.

pub use std::time::Duration;

pub use durably_macros::{activities, activity, init, query, run, signal, update, update_validator, workflow};
pub use temporalio_workflow::{join, join_all, select};

pub use crate::{
    Activity, ActivityContext, ActivityError, ActivityFailed, ActivityResult, ApplicationFailure, Client, Failed,
    Failure, Heartbeat, RawValue, RetryPolicy, SyncWorkflowContext, UpdateFailed, Worker, Workflow, WorkflowContext,
    WorkflowContextView, WorkflowFailed, WorkflowResult, WorkflowTermination,
};
