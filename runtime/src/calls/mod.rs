//! Calls: values with options that are awaited.
//!
//! A call does nothing until it is polled first. From a client it is a `Send` future; inside a workflow it is also a
//! `FusedFuture`, so that it composes with `join!`, `select!` and `join_all` of the prelude. An option that is set after
//! the first poll has no effect.
//!
//! What is called from a client fails with a [`CallError`], which names the call and the workflow.
//!
//! | written in a client | is |
//! | --- | --- |
//! | `Greeting::start(&client, ..)` | [`Start`]; with `.execute()` an [`Execute`], with `.with_update(..)` a [`StartWithUpdate`] |
//! | `greeting.submit(..)`, of a signal | [`Signal`] |
//! | `greeting.pending()`, of a query | [`Query`] |
//! | `greeting.rename(..)`, of an update | [`Update`] |
//! | `greeting.reset(..)` | [`Reset`] |
//! | `greeting.result()`, `cancel()`, `terminate()`, `describe()`, `history()` | [`GetResult`], [`Cancel`], [`Terminate`], [`Describe`], [`History`] |
//!
//! | written in a workflow | is |
//! | --- | --- |
//! | `compose::execute(ctx, ..)`, `Mailer::activities(ctx).send(..)` | [`ExecuteActivity`]; with `.local()` an [`ExecuteLocalActivity`], with `.start()` an [`ActivityHandle`] |
//! | `Greeting::child(ctx, ..)` | [`StartChild`]; with `.execute()` an [`ExecuteChild`] |
//! | `child.submit(..)`, `external.submit(..)` | [`SignalWorkflow`] |
//! | `child.result()` | [`ChildResult`] |
//! | `external.cancel()` | [`CancelExternal`] |
//! | `Greeting::continue_as_new(ctx, ..)` | [`ContinueAsNew`] |

mod lazy;

pub(crate) use lazy::Lazy;

mod activity;
mod child;
mod command;
mod continue_as_new;
mod error;
mod external;
mod handle;
mod history;
mod local_activity;
mod local_failure;
mod query;
mod reset;
mod result;
mod signal;
mod start;
mod start_delayed;
mod start_with_update;
mod update;
mod workflow_signal;

pub use activity::{ActivityHandle, ExecuteActivity};
pub use child::{ChildHandle, ChildResult, ChildWorkflowError, ExecuteChild, StartChild};
pub use command::Commands;
pub(crate) use command::Schedules;
pub use continue_as_new::ContinueAsNew;
pub use error::{Call, CallError, CallErrorKind, StartWithUpdateError, UpdateError, Verb};
pub(crate) use error::{Said, missing_namespace};
pub use external::{CancelExternal, ExternalHandle};
pub use handle::{Cancel, Describe, Terminate, WorkflowHandle};
pub use history::History;
pub use local_activity::ExecuteLocalActivity;
pub use query::Query;
pub use reset::{Reset, ResetPoint};
pub use result::GetResult;
pub use signal::Signal;
pub use start::{Execute, ExecuteError, Start};
pub use start_with_update::{StartUpdate, StartWithUpdate};
pub use update::{Accepted, Completed, Update, UpdateHandle};
pub use workflow_signal::{SignalTarget, SignalWorkflow};
