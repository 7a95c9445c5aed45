//! Workflows as the attributes describe them, executed through Temporal's own traits.

mod definition;
mod dispatch;
mod handlers;
mod init;
mod run;

pub(crate) use definition::Named;
pub use definition::{RunInput, WorkflowOf};
pub use dispatch::{
    DynamicArguments, decode_query, decode_signal, decode_update, definition, dispatch_query, dispatch_signal,
    dispatch_update, validate_update,
};
pub use handlers::{
    Handler, Incoming, QueryHandler, QueryMethod, SignalHandler, SignalMethod, SyncCall, SyncHandler, UpdateHandler,
    UpdateMethod, call_async, call_sync, validated,
};
pub use init::{default_state, init_arguments};
pub use run::{run, run_without_arguments};

use temporalio_workflow::workflows::{ExecutableSyncSignal, WorkflowImplementation};

use crate::{
    arguments::{ArgumentList, ArgumentValue},
    determinism::Nature,
    failure::FailureType,
    outcome::{Outcome, RunError},
    table::{WorkflowTable, WorkflowTypeTable},
};

/// A struct marked `#[workflow]`: the workflow type and what callers hold.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `#[workflow]` on its struct",
    label = "the struct `{Self}` is not a workflow",
    note = "put `#[workflow]` on the struct as well as on the impl"
)]
pub trait WorkflowType: Sized + 'static {
    /// The workflow type and the defaults of every start.
    const TYPE: &'static WorkflowTypeTable;
    /// Whether the attribute gives a task queue.
    type TaskQueue;
    /// What a client holds.
    type Handle: From<crate::WorkflowHandle<Self>>;
    /// What a parent workflow holds.
    type Child: From<crate::ChildHandle<Self>>;
    /// What another workflow holds.
    type External: From<crate::ExternalHandle<Self>>;
    /// The fields of the state whose types are something to a workflow.
    #[doc(hidden)]
    const FIELDS: &'static [(&'static str, Nature)] = &[];
}

/// A workflow: a struct and an impl marked `#[workflow]`.
///
/// The attributes implement it, and Temporal's `WorkflowImplementation` with it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a workflow",
    label = "no impl of `{Self}` is marked `#[workflow]`",
    note = "mark the struct and the impl that holds its `#[run]` method with `#[workflow]`"
)]
pub trait Workflow:
    WorkflowType + WorkflowImplementation<Run = WorkflowOf<Self>> + ExecutableSyncSignal<SyncHandler<Self>>
{
    /// The workflow and everything it answers to.
    const TABLE: &'static WorkflowTable;
    /// Whether the attribute gives a workflow id.
    #[doc(hidden)]
    type Id;
    /// What a start takes, as a list: `(first, (second, ()))`.
    type Arguments: ArgumentList;
    /// What it results in.
    type Output: ArgumentValue;
    /// The failure type its callers can match on.
    type Failure: FailureType;
    /// What else it may fail with.
    #[doc(hidden)]
    type Error: RunError;
    /// What the run method returns.
    #[doc(hidden)]
    type Outcome: Outcome<Output = Self::Output, Failure = Self::Failure, Error = Self::Error> + 'static;

    /// The workflow id of a start, unless the call gives one.
    // Not `id`: the compiler would propose it for every call that has no such option.
    #[doc(hidden)]
    fn id_of(_arguments: &Self::Arguments) -> Option<String> {
        None
    }

    /// The name on the wire, where the arguments bring it along instead of the table.
    #[doc(hidden)]
    fn called(_arguments: &Self::Arguments) -> Option<String> {
        None
    }

    /// Signal handlers, in the order of the table.
    #[doc(hidden)]
    const SIGNALS: &'static [&'static dyn SignalHandler<Self>];
    /// Query handlers, in the order of the table.
    #[doc(hidden)]
    const QUERIES: &'static [&'static dyn QueryHandler<Self>];
    /// Update handlers, in the order of the table.
    #[doc(hidden)]
    const UPDATES: &'static [&'static dyn UpdateHandler<Self>];
}
