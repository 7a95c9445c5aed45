//! What expansions name: nothing else of this crate, and no other crate.

pub use std;

pub use futures_util::future::{BoxFuture, LocalBoxFuture};
pub use temporalio_client::{WorkflowIdConflictPolicy, WorkflowIdReusePolicy};
pub use temporalio_common::{
    ActivityError, data_converters::PayloadConverter, protos::temporal::api::common::v1::Payloads,
};
pub use temporalio_sdk::activities::ActivityContext;
pub use temporalio_workflow::{
    SyncWorkflowContext, WorkflowContext, WorkflowContextView, WorkflowTermination,
    workflow_interceptors::WorkflowOutputValue,
    workflows::{ExecutableSyncSignal, WorkflowDefinitionDescriptor, WorkflowError, WorkflowImplementation},
};

pub use crate::{
    Client,
    activity::{Activities, Activity, ActivityMethod, ActivityRegistry, Method, asynchronous, blocking},
    arguments::ArgumentValue,
    calls::{
        ChildHandle, ChildResult, Commands, ContinueAsNew, ExecuteActivity, ExternalHandle, Query as QueryCall, Signal,
        SignalWorkflow, Start, StartChild, Update, WorkflowHandle,
    },
    outcome::{Outcome, Probe, ProbeDefaults, Split},
    schedule::{CreateSchedule, ScheduleHandle},
    table::{
        ActivityDefaults, ActivityTable, ArgumentTable, HandlerTable, RetryPolicyTable, WorkflowDefaults,
        WorkflowTable, WorkflowTypeTable,
    },
    typestate::{Given, MissingId, MissingTaskQueue, MissingTimeout},
    workflow::{
        AsyncSignal, AsyncUpdate, DynamicArguments, Query, QueryHandler, RunInput, SignalHandler, SyncCall,
        SyncHandler, SyncSignal, SyncUpdate, UpdateHandler, Validated, Workflow, WorkflowOf, WorkflowType,
        decode_query, decode_signal, decode_update, default_state, definition, dispatch_query, dispatch_signal,
        dispatch_update, init_arguments, run, run_without_arguments, validate_update,
    },
};

/// `T`, which has to be an argument: an error where it is written if it is not, and silence about what follows.
pub type Argument<T> = <T as ArgumentValue>::Itself;

/// What a function that returns `R` results in. A success that cannot travel is an error where this is written.
pub type Returns<R, const IS_RESULT: bool> = <Split<R, IS_RESULT> as Outcome>::Itself;
