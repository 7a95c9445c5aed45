//! What expansions name: nothing else of this crate, and no other crate.

pub use std;
pub use std::{
    any::Any,
    boxed::Box,
    clone::Clone,
    concat,
    convert::{From, Into},
    error::Error,
    fmt::{self, Debug, Display},
    format, module_path,
    ops::Deref,
    option::Option::{self, None, Some},
    result::Result::{self, Ok},
    string::String,
    sync::Arc,
    time::Duration,
    vec::Vec,
    write,
};
pub use tracing;

pub use futures_util::future::{BoxFuture, LocalBoxFuture};
pub use temporalio_client::{WorkflowIdConflictPolicy, WorkflowIdReusePolicy};
pub use temporalio_common::{
    ActivityError,
    data_converters::PayloadConverter,
    error::{ApplicationErrorCategory, ApplicationFailure},
    protos::temporal::api::common::v1::Payloads,
};
pub use temporalio_sdk::activities::ActivityContext;
pub use temporalio_workflow::{
    SyncWorkflowContext, WorkflowContext, WorkflowContextView, WorkflowTermination,
    workflow_interceptors::WorkflowOutputValue,
    workflows::{ExecutableSyncSignal, WorkflowDefinitionDescriptor, WorkflowError, WorkflowImplementation},
};

pub use crate::{
    Client,
    activity::{
        Activities, Activity, ActivityMethod, ActivityRegistry, AsyncActivity, AsyncActivityHandle, Method,
        asynchronous, blocking,
    },
    arguments::{ArgumentError, Checked, Decoder, IntoArgument, Travels},
    calls::{
        ChildHandle, ChildResult, Commands, ContinueAsNew, ExecuteActivity, ExternalHandle, Query, Signal,
        SignalWorkflow, Start, StartChild, Update, WorkflowHandle,
    },
    determinism::{
        Iterated, IteratedDefaults, Nature, Stored, StoredDefaults, absent, in_order, keeps, lifts, replays,
    },
    failure::{Detail, Details, Failure, FailureNames, application_failure, termination},
    outcome::{Outcome, Probe, ProbeDefaults, Split},
    schedule::{CreateSchedule, ScheduleHandle},
    table::{
        ActivityDefaults, ActivityTable, ArgumentTable, FailureTable, FailureVariantTable, HandlerTable,
        RetryPolicyTable, WorkflowDefaults, WorkflowTable, WorkflowTypeTable,
    },
    typestate::{Given, MissingId, MissingTaskQueue, MissingTimeout},
    workflow::{
        DynamicArguments, Handler, Incoming, QueryHandler, QueryMethod, RunInput, SignalHandler, SignalMethod,
        SyncCall, SyncHandler, UpdateHandler, UpdateMethod, Workflow, WorkflowOf, WorkflowType, call_async, call_sync,
        decode_query, decode_signal, decode_update, default_state, definition, dispatch_query, dispatch_signal,
        dispatch_update, init_arguments, run, run_without_arguments, validate_update, validated,
    },
};

pub use crate::__if_testing as if_testing;
#[cfg(feature = "embedded")]
pub use crate::activity::Returned;
#[cfg(feature = "embedded")]
pub use crate::testing::{
    Answers, Mock, TestEnv,
    case::{TestCase, TestResult},
};

/// The arguments of a call, their type forgotten.
pub type Input = Box<dyn Any>;
/// What decoding a call gives; nothing if no handler answers to its name.
pub type Decoded = Result<Option<Input>, WorkflowError>;
/// What a query or an update answers.
pub type Answer = Result<Box<dyn WorkflowOutputValue>, WorkflowError>;
/// A run method at work.
pub type Running = LocalBoxFuture<'static, Result<Box<dyn WorkflowOutputValue>, WorkflowTermination>>;
/// A signal handler or an update handler at work, that returns `R`.
pub type Calling<R> = LocalBoxFuture<'static, Result<R, WorkflowError>>;
/// An update handler at work, its answer ready to be sent.
pub type Updating = LocalBoxFuture<'static, Answer>;
/// An activity at work.
pub type Acting<O> = BoxFuture<'static, Result<O, ActivityError>>;

/// Items that tests use, where this crate can test.
#[cfg(feature = "embedded")]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_testing {
    ($($items:tt)*) => { $($items)* };
}

/// Items that tests use, where this crate can test.
#[cfg(not(feature = "embedded"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_testing {
    ($($items:tt)*) => {};
}
