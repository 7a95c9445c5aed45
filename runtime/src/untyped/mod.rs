//! Workflows and activities by name, for whoever does not have their types: a gateway, a tool, a program whose other half is
//! in another language.
//!
//! The calls are those of typed workflows, with the same options; only the names and the types of arguments and results are
//! the caller's word. Arguments are a tuple, one payload for each: `()`, `("fig",)`, `("pear", 2)`; or a [`RawValue`] of
//! payloads as they are. A result, an answer of a query or of an update may be of any type that decodes, [`RawValue`] among
//! them.
//!
//! ```
//! use durably::{prelude::*, untyped};
//!
//! # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
//! let basket = untyped::start::<Vec<String>>(&client, "Basket", ("fig",)).id("basket-1").task_queue("baskets").await?;
//! basket.signal("put in", ("pear", 2)).await?;
//! let pears: usize = basket.query("count", ("pear",)).await?;
//! let left: usize = basket.update("take out", ("fig",)).await?;
//! let items: Vec<String> = basket.result().await?;
//!
//! // Started before, or elsewhere.
//! let basket = untyped::handle::<RawValue>(&client, "basket-1");
//! let payloads = basket.result().await?.payloads;
//! # Ok(()) }
//! ```
//!
//! In a workflow:
//!
//! ```
//! use durably::{prelude::*, untyped};
//!
//! # #[workflow]
//! # #[derive(Default)]
//! # struct Clerk;
//! #[workflow]
//! impl Clerk {
//!     #[run]
//!     async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<String> {
//!         let limit = Duration::from_secs(10);
//!         let weight: u32 = untyped::activity(ctx, "weigh", ("pear", 2)).start_to_close_timeout(limit).await?;
//!         let price: u32 = untyped::activity(ctx, "price", (weight,)).start_to_close_timeout(limit).local().await?;
//!
//!         let basket = untyped::child::<Vec<String>>(ctx, "Basket", ("fig",)).id("basket-2").await?;
//!         basket.signal("put in", ("pear", 2)).await?;
//!         let items = basket.result().await?;
//!
//!         let other = untyped::external(ctx, "basket-1");
//!         other.signal("close", ()).await?;
//!         Ok(format!("{items:?} for {price}"))
//!     }
//! }
//! ```

mod activity;
mod arguments;
mod decode;
mod handles;
mod workflow;

pub use activity::UntypedActivity;
pub use arguments::{IntoArguments, UntypedArguments};
pub use decode::DecodePayloads;
pub use handles::{UntypedChild, UntypedExternal, UntypedHandle};
pub use workflow::UntypedWorkflow;

use crate::{
    Client, RawValue, ScheduleHandle, WorkflowContext, WorkflowHandle,
    arguments::ArgumentValue,
    calls::{Commands, ContinueAsNew, ExecuteActivity, ExternalHandle, Start, StartChild},
    schedule::CreateSchedule,
    typestate::MissingTimeout,
    workflow::{RunInput, Workflow},
};

/// A start of the workflow type `name`, whose result is an `O`.
pub fn start<O: ArgumentValue>(
    client: &Client,
    name: impl Into<String>,
    arguments: impl IntoArguments,
) -> Start<UntypedWorkflow<O>> {
    Start::new(client, input(name, arguments))
}

/// The workflow with this id, whatever its type, whose result is an `O`.
pub fn handle<O: ArgumentValue>(client: &Client, workflow_id: impl Into<String>) -> UntypedHandle<O> {
    WorkflowHandle::by_id(client, workflow_id).into()
}

/// A start of the workflow type `name` as a child, whose result is an `O`.
pub fn child<'a, O: ArgumentValue>(
    context: &'a impl Commands,
    name: impl Into<String>,
    arguments: impl IntoArguments,
) -> StartChild<'a, UntypedWorkflow<O>> {
    StartChild::new(context, input(name, arguments))
}

/// The running workflow with this id, whatever its type, to signal or cancel from another workflow.
pub fn external(context: &impl Commands, workflow_id: impl Into<String>) -> UntypedExternal {
    ExternalHandle::by_id(context, workflow_id).into()
}

/// A call of the activity type `name`, whose result is an `O`. It lacks a close timeout.
pub fn activity<'a, O: ArgumentValue>(
    context: &'a impl Commands,
    name: impl Into<String>,
    arguments: impl IntoArguments,
) -> ExecuteActivity<'a, UntypedActivity<O>, MissingTimeout> {
    ExecuteActivity::new(context, arguments.into_arguments().named(name))
}

/// Ends the run of a workflow and goes on as the workflow type `name`: return what awaiting gives.
pub fn continue_as_new<'a, W: Workflow>(
    context: &'a WorkflowContext<W>,
    name: impl Into<String>,
    arguments: impl IntoArguments,
) -> ContinueAsNew<'a, W> {
    ContinueAsNew::new(context, input::<RawValue>(name, arguments))
}

/// A schedule that starts the workflow type `name` by the clock: say when, then call `.create()`.
pub fn schedule(
    client: &Client,
    schedule_id: impl Into<String>,
    name: impl Into<String>,
    arguments: impl IntoArguments,
) -> CreateSchedule<UntypedWorkflow> {
    CreateSchedule::new(client, schedule_id, input(name, arguments))
}

/// The schedule with this id, whatever it starts.
pub fn schedule_handle(client: &Client, schedule_id: impl Into<String>) -> ScheduleHandle<UntypedWorkflow> {
    ScheduleHandle::by_id(client, schedule_id)
}

fn input<O: ArgumentValue>(name: impl Into<String>, arguments: impl IntoArguments) -> RunInput<UntypedWorkflow<O>> {
    RunInput::new(arguments.into_arguments().named(name))
}
