//! Typed workflows for Temporal.
//!
//! You annotate a struct and its impl; the compiler checks every start, signal, query, update, activity and child workflow
//! call. Temporal's own SDK executes it: whatever the official crates can do, a Durably program can do too.
//!
//! ```
//! use durably::prelude::*;
//!
//! #[workflow(task_queue = "greetings")]
//! #[derive(Default)]
//! pub struct Greeting {
//!     names: Vec<String>,
//!     closed: bool,
//! }
//!
//! #[workflow]
//! impl Greeting {
//!     #[run(id = "greeting-{host}")]
//!     async fn run(ctx: &WorkflowContext<Self>, host: String) -> WorkflowResult<String> {
//!         ctx.wait_condition(|w| w.closed).await?;
//!         let names = ctx.state(|w| w.names.join(" and "));
//!         Ok(compose_greeting::execute(ctx, host, names).await?)
//!     }
//!
//!     #[signal]
//!     fn submit_greeting(&mut self, name: String) {
//!         self.names.push(name);
//!     }
//!
//!     #[signal(name = "exit")]
//!     fn close(&mut self) {
//!         self.closed = true;
//!     }
//!
//!     #[query]
//!     fn pending(&self) -> usize {
//!         self.names.len()
//!     }
//! }
//!
//! #[activity(start_to_close_timeout = "10s")]
//! async fn compose_greeting(host: String, names: String) -> ActivityResult<String> {
//!     Ok(format!("{host} greets {names}"))
//! }
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = durably::client().await?;
//! let worker = Worker::new(&client, "greetings").workflow::<Greeting>().activity::<compose_greeting>().start()?;
//!
//! let greeting = Greeting::start(&client, "Ada").await?;
//! greeting.submit_greeting("Grace").await?;
//! let waiting: usize = greeting.pending().await?;
//! greeting.close().await?;
//! let sent: String = greeting.result().await?;
//! # Ok(()) }
//! ```
//!
//! # Where to begin
//!
//! | to | see |
//! | --- | --- |
//! | write a workflow | [`workflow`](macro@workflow), [`run`](macro@run), [`signal`](macro@signal), [`query`](macro@query), [`update`](macro@update), [`WorkflowContext`] |
//! | write an activity | [`activity`](macro@activity), [`activities`](macro@activities), [`ActivityContext`], [`Heartbeat`] |
//! | connect to a service | [`client()`] |
//! | run workflows and activities | [`Worker`] |
//! | call a workflow from a client | [`calls::Start`], [`WorkflowHandle`], [`calls::Signal`], [`calls::Query`], [`calls::Update`] |
//! | tell why a call failed | [`CallError`] |
//! | declare what can fail, and match on it | [`Failure`](macro@Failure), [`Failed`] |
//! | call from a workflow | [`calls::ExecuteActivity`], [`calls::StartChild`], [`ExternalHandle`], [`calls::ContinueAsNew`] |
//! | call what you have no types for, by name | [`untyped`] |
//! | start workflows by the clock | [`schedule`] |
//! | find workflows | [`visibility`], [`search_attributes`] |
//! | log from a workflow | [`log`] |
//! | encrypt, compress or convert what is sent | [`ClientBuilder::codec`], [`CodecChain`], [`ClientBuilder::data_converter`] |
//! | finish an activity from outside | [`AsyncActivityHandle`] |
//! | test | [`testing`], with a service for each test; handlers are methods and activities are functions, so a unit test calls them |
//! | describe a program to another one | [`table`] |
//! | use something of Temporal's that is not here | [`temporal`] |
//!
//! # Features
//!
//! `embedded` is on unless `default-features = false`; the others are off unless asked for.
//!
//! | feature | adds |
//! | --- | --- |
//! | `embedded` | a Temporal service inside the process, for tests and development: `#[durably::test]` and [`testing`] |
//! | `experimental` | what Temporal's SDK calls experimental, such as plugins: `ClientBuilder::plugin` |
//! | `opentelemetry` | `temporal::sdk::opentelemetry`, whose plugin makes spans of calls, workflows and activities; with `experimental` |

mod activity;
mod arguments;
pub mod calls;
mod client;
mod determinism;
mod failure;
pub mod log;
pub mod namespace;
mod outcome;
pub mod prelude;
mod rpc;
pub mod schedule;
pub mod search_attributes;
mod shown;
pub mod table;
pub mod testing;
pub mod typestate;
pub mod untyped;
pub mod visibility;
mod wire;
mod worker;
mod workflow;

#[doc(hidden)]
pub mod __;

#[cfg(feature = "embedded")]
pub use durably_macros::test;
pub use durably_macros::{
    Failure, activities, activity, allow, init, query, run, signal, update, update_validator, workflow,
};

pub use activity::{Activities, Activity, ActivityInput, ActivityOf, AsyncActivityHandle, Heartbeat};
pub use arguments::{ArgumentError, ArgumentList, ArgumentValue, Arguments, Callee, IntoArgument};
#[doc(inline)]
pub use calls::{
    CallError, ChildHandle, ChildWorkflowError, ExecuteError, ExternalHandle, ResetPoint, StartWithUpdateError,
    UpdateError, UpdateHandle, WorkflowHandle,
};
pub use client::{ClientBuilder, CodecChain, ConnectError, client};
pub use failure::{
    ActivityFailed, Failed, FailedCall, Failure, FailureMessage, FailureType, Undeclared, UpdateFailed, WorkflowFailed,
};
#[doc(inline)]
pub use namespace::namespace;
#[doc(inline)]
pub use schedule::ScheduleHandle;
#[doc(inline)]
pub use search_attributes::{SearchAttributeKey, SearchAttributeUpdate, SearchAttributes};
pub use worker::{RunningWorker, Worker, WorkerError};
pub use workflow::{RunInput, Workflow, WorkflowOf, WorkflowType};

/// Temporal's own crates, for whatever is not named here.
pub mod temporal {
    pub use temporalio_client as client;
    pub use temporalio_common as common;
    pub use temporalio_sdk as sdk;
    pub use temporalio_workflow as workflow;
}

pub use temporalio_client::{
    Client, GrpcCompression, Priority, QueryRejectCondition, RpcMetadata, RpcOptions, TlsOptions,
    WorkflowExecutionDescription, WorkflowExecutionStatus, WorkflowHistory, WorkflowHistoryError,
    WorkflowIdConflictPolicy, WorkflowIdReusePolicy,
    errors::{
        AsyncActivityError, WorkflowGetResultError, WorkflowInteractionError, WorkflowQueryError, WorkflowStartError,
    },
};
pub use temporalio_common::{
    ActivityError, MemoValue, MemoValues, RetryPolicy, VersioningOverride,
    data_converters::{DataConverter, PayloadCodec, PayloadConversionError, PayloadConverter, RawValue},
    error::{
        ActivityExecutionError, ApplicationErrorCategory, ApplicationFailure, CancelExternalWorkflowError,
        ChildWorkflowExecutionError, ChildWorkflowStartError, IncomingError, TimeoutType, WorkflowSignalError,
    },
    protos::temporal::api::enums::v1::ResetReapplyExcludeType,
    worker::{VersioningBehavior, WorkerDeploymentOptions, WorkerDeploymentVersion},
};
pub use temporalio_sdk::workflow_replayer::{
    WorkflowReplayError, WorkflowReplayFailure, WorkflowReplayer, WorkflowReplayerOptions,
};
pub use temporalio_sdk::{
    Runtime,
    activities::{ActivityContext, ActivityInfo},
    runtime::PollerBehavior,
};
pub use temporalio_workflow::{
    ActivityCancellationType, CancellableFuture, ChildWorkflowCancellationType, ParentClosePolicy, SyncWorkflowContext,
    TimerOptions, TimerResult, WaitConditionOptions, WorkflowCancellationToken, WorkflowContext, WorkflowContextView,
    WorkflowResult, WorkflowTermination, join, join_all, select,
};

/// What an activity returns: its result, or why it failed.
///
/// Any error that implements `std::error::Error` turns into an [`ActivityError`] with `?`.
pub type ActivityResult<T> = Result<T, ActivityError>;

/// What README.md shows compiles.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
