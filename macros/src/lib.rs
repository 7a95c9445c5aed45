//! The attributes of Durably. Use them through the `durably` crate, whose prelude has them all.
//!
//! Everything they do is in `durably-codegen`; here are only the doors.

use proc_macro::TokenStream;

/// Makes a struct a workflow, and the methods of its impl the workflow's handlers.
///
/// It stands on both: on the struct with what every start begins with, on the impl to read the markers of its methods
/// ([`macro@run`], [`macro@init`], [`macro@signal`], [`macro@query`], [`macro@update`], [`macro@update_validator`]). The
/// methods stay ordinary methods.
///
/// ```text
/// #[workflow(task_queue = "greetings", run_timeout = "1h")]
/// #[derive(Default)]
/// pub struct Greeting { pending: Vec<String> }
///
/// #[workflow]
/// impl Greeting {
///     #[run(id = "greeting-{host}")]
///     async fn run(ctx: &WorkflowContext<Self>, host: String) -> WorkflowResult<usize> { .. }
///
///     #[signal]
///     fn submit(&mut self, name: String) { self.pending.push(name) }
/// }
/// ```
///
/// On the struct:
///
/// | option | means |
/// | --- | --- |
/// | `name = ".."` | the workflow type on the wire; otherwise the name of the struct |
/// | `task_queue = ".."` | the task queue of its workers |
/// | `execution_timeout = "1h"` | how long the workflow may take, retries and continued runs included |
/// | `run_timeout = "10m"` | how long a single run may take |
/// | `task_timeout = "10s"` | how long a single workflow task may take |
/// | `retry_policy(..)` | whether and how a failed run is tried again, see below |
/// | `id_reuse_policy = AllowDuplicate` | whether the id of a closed run may be used again; or `AllowDuplicateFailedOnly`, `RejectDuplicate` |
/// | `id_conflict_policy = UseExisting` | what a start does while the id is running; or `Fail`, `TerminateExisting` |
/// | `cron_schedule = "0 * * * *"` | when to run again and again |
/// | `crate = "path::to::durably"` | where the `durably` crate is, if it was renamed or re-exported |
///
/// On the impl:
///
/// | option | means |
/// | --- | --- |
/// | `rename_all = "PascalCase"` | the case of all names on the wire that are not given one by one; or `camelCase`, `snake_case`, `kebab-case`, `SCREAMING_SNAKE_CASE`, `lowercase`, `UPPERCASE` |
/// | `crate = "path::to::durably"` | as above |
///
/// In `retry_policy(..)`, what is left out is left to the server:
///
/// | option | means |
/// | --- | --- |
/// | `initial_interval = "1s"` | how long to wait before the first retry |
/// | `backoff_coefficient = 2.0` | by what to multiply the wait each time, at least 1.0 |
/// | `maximum_interval = "1m"` | the longest wait |
/// | `maximum_attempts = 5` | how often to try in all; without it there is no limit |
/// | `non_retryable_error_types("A", "B")` | types of errors after which there is no retry |
///
/// Durations are strings such as `"500ms"`, `"10s"`, `"5m"` or `"1h30m"`, read at compile time.
#[proc_macro_attribute]
pub fn workflow(attr: TokenStream, item: TokenStream) -> TokenStream {
    durably_codegen::workflow(attr.into(), item.into()).into()
}

/// Makes a function an activity: `f(..)` still calls it, `f::execute(ctx, ..)` in a workflow schedules it.
///
/// The function may be async, or plain to run on the blocking pool. A parameter taken by reference is the context; all others
/// are arguments and travel over the wire one by one. On methods it stands inside an impl marked [`macro@activities`].
///
/// ```text
/// #[activity(start_to_close_timeout = "10s", retry_policy(maximum_attempts = 5))]
/// async fn compose_greeting(host: String, name: String) -> ActivityResult<String> {
///     Ok(format!("{host} greets {name}"))
/// }
/// ```
///
/// | option | means |
/// | --- | --- |
/// | `name = ".."` | the activity type on the wire; otherwise the name of the function |
/// | `task_queue = ".."` | where to schedule it; otherwise where the workflow runs |
/// | `start_to_close_timeout = "10s"` | how long a single attempt may take |
/// | `schedule_to_close_timeout = "1m"` | how long all attempts together may take |
/// | `schedule_to_start_timeout = "5s"` | how long it may wait for a worker |
/// | `heartbeat_timeout = "2s"` | the longest silence between two heartbeats |
/// | `retry_policy(..)` | how a failed attempt is tried again, see [`macro@workflow`] |
/// | `stub = "Name"` | the name of the emitted type, where that of the function is taken (functions only) |
/// | `crate = "path::to::durably"` | where the `durably` crate is, if it was renamed or re-exported (functions only) |
#[proc_macro_attribute]
pub fn activity(attr: TokenStream, item: TokenStream) -> TokenStream {
    durably_codegen::activity(attr.into(), item.into()).into()
}

/// Makes the methods of an impl that are marked [`macro@activity`] activities which share `&self`.
///
/// ```text
/// #[activities]
/// impl Mailer {
///     #[activity(start_to_close_timeout = "30s")]
///     async fn send(&self, to: String) -> ActivityResult<()> { .. }
/// }
/// ```
///
/// | option | means |
/// | --- | --- |
/// | `rename_all = "PascalCase"` | the case of all names on the wire that are not given one by one, see [`macro@workflow`] |
/// | `crate = "path::to::durably"` | where the `durably` crate is, if it was renamed or re-exported |
#[proc_macro_attribute]
pub fn activities(attr: TokenStream, item: TokenStream) -> TokenStream {
    durably_codegen::activities(attr.into(), item.into()).into()
}

/// Marks the method that is the workflow: async, without `self`, exactly one in an impl marked [`macro@workflow`].
///
/// ```text
/// #[run(id = "order-{order.number}")]
/// async fn run(ctx: &WorkflowContext<Self>, order: Order) -> WorkflowResult<Receipt> { .. }
/// ```
///
/// | option | means |
/// | --- | --- |
/// | `id = "order-{order.number}"` | the id of a workflow that is started without one; placeholders are arguments of the method or their fields, `{{` and `}}` are braces |
#[proc_macro_attribute]
pub fn run(attr: TokenStream, item: TokenStream) -> TokenStream {
    durably_codegen::orphan("run", attr.into(), item.into()).into()
}

/// Marks the function that makes a workflow's first state. Without it, that is the type's `Default`.
///
/// It takes the arguments of the [`macro@run`] method or none, may take a view of the context by reference, and returns `Self`.
/// Where the run method takes none, the arguments of a start are those of this function. It has no options.
///
/// ```text
/// #[init]
/// fn new(ctx: &WorkflowContextView, order: Order) -> Self { .. }
/// ```
#[proc_macro_attribute]
pub fn init(attr: TokenStream, item: TokenStream) -> TokenStream {
    durably_codegen::orphan("init", attr.into(), item.into()).into()
}

/// Marks a handler that changes the state and has no reply.
///
/// A plain one takes `&mut self`; an async one takes no `self` and reaches the state through its context.
///
/// ```text
/// #[signal(name = "exit")]
/// fn close(&mut self) { self.closed = true }
///
/// #[signal(dynamic)]
/// fn any(&mut self, name: String, args: RawValue) { .. }
/// ```
///
/// | option | means |
/// | --- | --- |
/// | `name = ".."` | the signal on the wire; otherwise the name of the method |
/// | `dynamic` | answers to every signal that has no handler of its own |
#[proc_macro_attribute]
pub fn signal(attr: TokenStream, item: TokenStream) -> TokenStream {
    durably_codegen::orphan("signal", attr.into(), item.into()).into()
}

/// Marks a handler that answers from the state without changing it: it takes `&self` and is not async.
///
/// ```text
/// #[query]
/// fn pending(&self) -> usize { self.pending.len() }
/// ```
///
/// | option | means |
/// | --- | --- |
/// | `name = ".."` | the query on the wire; otherwise the name of the method |
/// | `dynamic` | answers to every query that has no handler of its own; takes the name and the payloads |
#[proc_macro_attribute]
pub fn query(attr: TokenStream, item: TokenStream) -> TokenStream {
    durably_codegen::orphan("query", attr.into(), item.into()).into()
}

/// Marks a handler that changes the state and replies.
///
/// A plain one takes `&mut self`; an async one takes no `self` and reaches the state through its context.
///
/// ```text
/// #[update]
/// fn rename(&mut self, from: String, to: String) -> Result<usize, ApplicationFailure> { .. }
/// ```
///
/// | option | means |
/// | --- | --- |
/// | `name = ".."` | the update on the wire; otherwise the name of the method |
#[proc_macro_attribute]
pub fn update(attr: TokenStream, item: TokenStream) -> TokenStream {
    durably_codegen::orphan("update", attr.into(), item.into()).into()
}

/// Marks a method that accepts or rejects an [`macro@update`] before it is written to history.
///
/// It takes `&self` and the arguments of the update by reference; one more reference before them is the context. The update's
/// method is named in parentheses.
///
/// ```text
/// #[update_validator(rename)]
/// fn check_rename(&self, from: &String, to: &String) -> Result<(), ApplicationFailure> { .. }
/// ```
#[proc_macro_attribute]
pub fn update_validator(attr: TokenStream, item: TokenStream) -> TokenStream {
    durably_codegen::orphan("update_validator", attr.into(), item.into()).into()
}
