//! The attributes of Durably. Use them through the `durably` crate, whose prelude has them all.
//!
//! Everything they do is in `durably-codegen`; here are only the doors, and what they say on the outside.

use proc_macro::TokenStream;

/// Makes a struct a workflow, and the methods of its impl the workflow's handlers.
///
/// It stands on both: on the struct with what every start begins with, on the impl to read the markers of its methods
/// ([`macro@run`], [`macro@init`], [`macro@signal`], [`macro@query`], [`macro@update`], [`macro@update_validator`]). The
/// methods stay ordinary methods.
///
/// ```
/// use durably::prelude::*;
///
/// /// Collects names until there are enough.
/// #[workflow(task_queue = "greetings", run_timeout = "1h")]
/// #[derive(Default)]
/// pub struct Greeting { names: Vec<String> }
///
/// #[workflow]
/// impl Greeting {
///     #[run(id = "greeting-{host}")]
///     async fn run(ctx: &WorkflowContext<Self>, host: String, enough: usize) -> WorkflowResult<String> {
///         ctx.wait_condition(|w| w.names.len() >= enough).await?;
///         Ok(format!("{host} greets {}", ctx.state(|w| w.names.join(" and "))))
///     }
///
///     #[signal]
///     fn submit(&mut self, name: String) { self.names.push(name) }
/// }
///
/// # async fn example(client: Client, ctx: &WorkflowContext<Greeting>) -> Result<(), Box<dyn std::error::Error>> {
/// // On the type: starts, and handles of what was started elsewhere. They take the arguments of `run`.
/// let greeting: GreetingHandle = Greeting::start(&client, "Ada", 2).await?;
/// let greeting: GreetingHandle = Greeting::handle(&client, "greeting-Ada");
/// // On the handles: a method for each handler.
/// greeting.submit("Grace").await?;
/// // In other workflows:
/// let child: GreetingChild = Greeting::child(ctx, "Ada", 2).await?;
/// let other: GreetingExternal = Greeting::external(ctx, "greeting-Ada");
/// other.submit("Hedy").await?;
/// # Ok(()) }
/// ```
///
/// What it adds to a struct `Greeting`:
///
/// | name | is |
/// | --- | --- |
/// | `Greeting::start(&client, ..)` | a start: await it for a handle, or `.execute()` it for the result |
/// | `Greeting::handle(&client, id)` | a handle of a workflow by its id |
/// | `Greeting::child(ctx, ..)` | a start as a child of a workflow |
/// | `Greeting::external(ctx, id)` | another workflow, to signal or cancel it from a workflow |
/// | `Greeting::continue_as_new(ctx, ..)` | the end of a run that goes on as a new one |
/// | `Greeting::schedule(&client, id, ..)` | a schedule that starts it; `schedule_handle` and `arguments` to work with it later |
/// | `GreetingHandle`, `GreetingChild`, `GreetingExternal` | what these give, with a method for each handler that can be called from there |
/// | `Greeting::TABLE` | its names, arguments, docs and defaults, as constant data |
///
/// The types have the visibility of the struct. They dereference to [`WorkflowHandle`], [`ChildHandle`] and [`ExternalHandle`],
/// which have what every workflow has: results, cancellation and more.
///
/// [`WorkflowHandle`]: https://docs.rs/durably/latest/durably/struct.WorkflowHandle.html
/// [`ChildHandle`]: https://docs.rs/durably/latest/durably/struct.ChildHandle.html
/// [`ExternalHandle`]: https://docs.rs/durably/latest/durably/struct.ExternalHandle.html
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
/// | `cron_schedule = "0 * * * *"` | when to run again and again; what the server would refuse does not compile |
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
/// | `non_retryable_error_types(PaymentError::Declined, "Other")` | failures after which there is no retry: variants of a type that derives [`macro@Failure`], or types on the wire |
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
/// ```
/// use durably::prelude::*;
///
/// #[activity(start_to_close_timeout = "10s", retry_policy(maximum_attempts = 5))]
/// async fn compose_greeting(host: String, name: String) -> ActivityResult<String> {
///     Ok(format!("{host} greets {name}"))
/// }
///
/// /// Plain, and without a timeout of its own.
/// #[activity]
/// fn render(ctx: &ActivityContext, text: String) -> Vec<u8> {
///     format!("attempt {}: {text}", ctx.info().attempt).into_bytes()
/// }
///
/// # #[workflow] #[derive(Default)] struct Greeting;
/// # async fn example(ctx: &WorkflowContext<Greeting>) -> WorkflowResult<()> {
/// let text = compose_greeting::execute(ctx, "Ada", "Grace").await?;
/// let page = render::execute(ctx, text).start_to_close_timeout(Duration::from_secs(5)).await?;
/// # Ok(()) }
/// # async fn test() -> ActivityResult<()> {
/// assert_eq!(compose_greeting("Ada".into(), "Grace".into()).await?, "Ada greets Grace");
/// # Ok(()) }
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
/// ```
/// use durably::prelude::*;
///
/// struct Mailer { sender: String }
///
/// #[activities]
/// impl Mailer {
///     #[activity(start_to_close_timeout = "30s")]
///     async fn send(&self, to: String) -> ActivityResult<String> {
///         Ok(format!("from {} to {to}", self.sender))
///     }
/// }
///
/// # #[workflow] #[derive(Default)] struct Greeting;
/// # async fn example(client: Client, ctx: &WorkflowContext<Greeting>) -> Result<(), Box<dyn std::error::Error>> {
/// // A worker has one `Mailer` for all calls.
/// let worker = Worker::new(&client, "mail").activities(Mailer { sender: "Ada".to_owned() }).start()?;
/// // A workflow calls them on the type.
/// let sent = Mailer::activities(ctx).send("Grace").await?;
/// # Ok(()) }
/// # async fn finish(client: Client, token: Vec<u8>) -> Result<(), Box<dyn std::error::Error>> {
/// // Whoever has the task token of one that is finished from elsewhere does so with its own output type.
/// Mailer::async_handle(&client, token).send().complete("sent by hand".to_owned()).await?;
/// # Ok(()) }
/// # fn in_a_test(env: &durably::testing::TestEnv) {
/// // A test answers their calls itself.
/// Mailer::mocks(env).send(|to: String| Ok(format!("to {to}"))).times(1);
/// # }
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
/// ```
/// # use durably::prelude::*;
/// # #[derive(serde::Serialize, serde::Deserialize)]
/// # struct Order { number: u32 }
/// # #[workflow]
/// # #[derive(Default)]
/// # struct Greeting { paid: bool }
/// # #[workflow]
/// # impl Greeting {
/// #[run(id = "order-{order.number}")]
/// async fn run(ctx: &WorkflowContext<Self>, order: Order) -> WorkflowResult<u32> {
///     ctx.wait_condition(|w| w.paid).await?;
///     Ok(order.number)
/// }
/// # }
/// ```
///
/// It may return any type that can travel, or a `Result` of one whose error converts into `WorkflowTermination`. The context,
/// which is the parameter taken by reference, may be left out.
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
/// ```
/// # use durably::prelude::*;
/// # #[workflow]
/// # struct Greeting { pages: u32, id: String }
/// # #[workflow]
/// # impl Greeting {
/// #[init]
/// fn new(ctx: &WorkflowContextView, pages: u32) -> Self {
///     Self { pages, id: ctx.workflow_id().to_owned() }
/// }
/// # #[run] async fn run(pages: u32) {}
/// # }
/// ```
#[proc_macro_attribute]
pub fn init(attr: TokenStream, item: TokenStream) -> TokenStream {
    durably_codegen::orphan("init", attr.into(), item.into()).into()
}

/// Marks a handler that changes the state and has no reply.
///
/// A plain one takes `&mut self`; an async one takes no `self` and reaches the state through its context.
///
/// ```
/// # use durably::prelude::*;
/// # #[workflow]
/// # #[derive(Default)]
/// # struct Greeting { names: Vec<String>, closed: bool }
/// # #[workflow]
/// # impl Greeting {
/// #[signal(name = "exit")]
/// fn close(&mut self) {
///     self.closed = true;
/// }
///
/// #[signal]
/// async fn submit_later(ctx: &WorkflowContext<Self>, name: String, pause: Duration) {
///     ctx.timer(pause).await;
///     ctx.state_mut(|w| w.names.push(name));
/// }
///
/// #[signal(dynamic)]
/// fn any(&mut self, name: String, args: RawValue) {
///     self.names.push(format!("{name} with {} payloads", args.payloads.len()));
/// }
/// # #[run] async fn run() {}
/// # }
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
/// ```
/// # use durably::prelude::*;
/// # #[workflow]
/// # #[derive(Default)]
/// # struct Greeting { names: Vec<String>, closed: bool }
/// # #[workflow]
/// # impl Greeting {
/// #[query]
/// fn pending(&self) -> usize {
///     self.names.len()
/// }
///
/// #[query]
/// fn name(&self, index: usize) -> Result<String, ApplicationFailure> {
///     self.names.get(index).cloned().ok_or_else(|| ApplicationFailure::new("there is no such name"))
/// }
/// # #[run] async fn run() {}
/// # }
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
/// ```
/// # use durably::prelude::*;
/// # #[workflow]
/// # #[derive(Default)]
/// # struct Greeting { names: Vec<String>, closed: bool }
/// # #[workflow]
/// # impl Greeting {
/// #[update]
/// fn rename(&mut self, index: usize, to: String) -> Result<String, ApplicationFailure> {
///     let name = self.names.get_mut(index).ok_or_else(|| ApplicationFailure::new("there is no such name"))?;
///     Ok(std::mem::replace(name, to))
/// }
///
/// #[update]
/// async fn expect(ctx: &WorkflowContext<Self>, count: usize) -> Result<(), ApplicationFailure> {
///     ctx.wait_condition(|w| w.names.len() >= count).await.map_err(ApplicationFailure::new)
/// }
/// # #[run] async fn run() {}
/// # }
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
/// ```
/// # use durably::prelude::*;
/// # #[workflow]
/// # #[derive(Default)]
/// # struct Greeting { names: Vec<String>, closed: bool }
/// # #[workflow]
/// # impl Greeting {
/// #[update_validator(rename)]
/// fn check_rename(&self, index: &usize, to: &str) -> Result<(), ApplicationFailure> {
///     match to {
///         "" => Err(ApplicationFailure::non_retryable("nobody has an empty name")),
///         _ => Ok(()),
///     }
/// }
///
/// #[update]
/// fn rename(&mut self, index: usize, to: String) {
///     self.names[index] = to;
/// }
/// # #[run] async fn run() {}
/// # }
/// ```
#[proc_macro_attribute]
pub fn update_validator(attr: TokenStream, item: TokenStream) -> TokenStream {
    durably_codegen::orphan("update_validator", attr.into(), item.into()).into()
}

/// Makes an async function a test that has a Temporal service of its own, whose time skips.
///
/// The function takes a `&TestEnv`, which has everything: the client, workers, mocks of activities, the time. Afterwards the
/// mocks are asked whether they were called as expected, and every run of a workflow is replayed. What that means is told in
/// the module [`testing`]. Write it with its path, `#[durably::test]`: it is not in the prelude, where it would hide Rust's own.
///
/// ```
/// use durably::{prelude::*, testing::TestEnv};
///
/// # #[workflow]
/// # #[derive(Default)]
/// # struct Patient;
/// # #[workflow]
/// # impl Patient {
/// #     #[run]
/// #     async fn run(ctx: &WorkflowContext<Self>, days: u64) -> WorkflowResult<u64> {
/// #         ctx.timer(Duration::from_secs(days * 86_400)).await;
/// #         Ok(days)
/// #     }
/// # }
/// # fn main() -> Result<(), durably::testing::TestFailure> { durably::__::TestCase::new().run(a_year_is_over_at_once) }
/// # /*
/// #[durably::test]
/// # */
/// async fn a_year_is_over_at_once(env: &TestEnv) -> Result<(), Box<dyn std::error::Error>> {
///     env.worker().workflow::<Patient>().start()?;
///     let patient = Patient::start(env.client(), 365_u64).id("patient").task_queue(env.task_queue());
///     assert_eq!(patient.execute().await?, 365);
///     Ok(())
/// }
/// ```
///
/// It returns nothing, or a `Result<(), E>` whose error is shown with its `Display`. `#[ignore]`, `#[should_panic]` and all
/// other attributes are those of the test.
///
/// | option | means |
/// | --- | --- |
/// | `flavor = "multi_thread"` | the test, its service and its activities run on several threads; otherwise, and with `"current_thread"`, on that of the test |
/// | `worker_threads = 2` | how many; one for each core unless given |
/// | `client = function` | a `fn(ClientBuilder) -> ClientBuilder` that gives the client options, such as a codec |
/// | `crate = "path::to::durably"` | where the `durably` crate is, if it was renamed or re-exported |
///
/// [`testing`]: https://docs.rs/durably/latest/durably/testing/index.html
#[proc_macro_attribute]
pub fn test(attr: TokenStream, item: TokenStream) -> TokenStream {
    durably_codegen::test(attr.into(), item.into()).into()
}

/// Lifts the checks of determinism from a statement, a method or a field of a workflow, and says why.
///
/// What a workflow's code does has to be the same at each replay, and the compiler refuses what shows that it is not: clocks,
/// randomness, files, threads, iterating over a `HashMap` and so on. Where it does replay nonetheless, this says so. The reason
/// is asked for, and one that lifts nothing is an error.
///
/// It is written with its path, since `#[allow(..)]` is the compiler's; so import names of `durably` one by one, or its prelude.
///
/// ```
/// use durably::prelude::*;
///
/// #[workflow]
/// #[derive(Default)]
/// struct Poll { votes: std::collections::HashMap<String, u32> }
///
/// #[workflow]
/// impl Poll {
///     #[run]
///     async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<u32> {
///         ctx.timer(Duration::from_secs(60)).await;
///         #[durably::allow(nondeterminism, reason = "a sum is the same in any order")]
///         let sum = ctx.state(|w| w.votes.values().sum());
///         Ok(sum)
///     }
/// }
/// ```
#[proc_macro_attribute]
pub fn allow(attr: TokenStream, item: TokenStream) -> TokenStream {
    durably_codegen::orphan_allow(attr.into(), item.into()).into()
}

/// Makes the variants of an enum failures that callers get back as they were.
///
/// A variant is an application failure on the wire, with a type of its own; its fields are the details, one payload each.
/// What returns a `Result` with the enum declares it, be it an activity, a run method or an update:
///
/// ```
/// use durably::prelude::*;
///
/// #[derive(Debug, Failure)]
/// enum PaymentError {
///     #[failure(name = "CardDeclined", non_retryable, message = "declined: {reason}")]
///     Declined { reason: String, code: u32 },
///     #[failure(next_retry_delay = "30s", category = Benign, message = "the bank is busy")]
///     Busy,
///     #[failure(message = "over the limit of {0}")]
///     Limit(u32),
/// }
///
/// #[activity(start_to_close_timeout = "10s")]
/// async fn charge(card: String) -> Result<u32, PaymentError> {
///     match card.len() {
///         16 => Ok(7),
///         _ => Err(PaymentError::Declined { reason: "there is no such card".to_owned(), code: 14 }),
///     }
/// }
///
/// # #[workflow] #[derive(Default)] struct Order;
/// # async fn example(ctx: &WorkflowContext<Order>, card: String) -> WorkflowResult<String> {
/// Ok(match charge::execute(ctx, card).await {
///     Ok(receipt) => format!("receipt {receipt}"),
///     Err(Failed::Declared(PaymentError::Declined { reason, code })) => format!("{reason} ({code})"),
///     Err(Failed::Declared(other)) => other.to_string(),
///     // A timeout, a cancellation, a failure of another type.
///     Err(Failed::Other(error)) => return Err(error.into()),
/// })
/// # }
/// # async fn test() {
/// assert!(matches!(charge("".into()).await, Err(PaymentError::Declined { code: 14, .. })));
/// # }
/// ```
///
/// To use `?` for other errors too, return a `Result` with `WorkflowFailed<PaymentError>`, `ActivityFailed<PaymentError>` or
/// `UpdateFailed<PaymentError>`. In a function that declares nothing, `?` takes the failure as well: a run method fails
/// with its type and its details, while an activity or an update would keep no more than its message, so let them declare it.
///
/// On a variant, or on a struct, which is a failure of one kind:
///
/// | option | means |
/// | --- | --- |
/// | `name = ".."` | the type of the failure on the wire; otherwise the name of the variant |
/// | `message = ".."` | what it says, a format string of its fields: `{field}`, `{0}` for one without a name, `{field:?}` |
/// | `non_retryable` | there is no retry after it |
/// | `next_retry_delay = "30s"` | how long to wait before the next retry, whatever the retry policy says |
/// | `category = Benign` | expected: the worker does not log it as a warning, the server does not count it as a failure |
///
/// With messages on all variants, the derive also writes `Display` and `std::error::Error`. With messages on none these are
/// yours, by hand or by another derive.
///
/// On an enum:
///
/// | option | means |
/// | --- | --- |
/// | `rename_all = "snake_case"` | the case of all names on the wire that are not given one by one, see [`macro@workflow`] |
/// | `crate = "path::to::durably"` | where the `durably` crate is, if it was renamed or re-exported; also on a struct |
///
/// A field must be serializable, and be what it was after a round trip. One that is an `Option` may be absent on the wire
/// if nothing follows it. A failure whose type matches and whose details do not is not a declared one: the call fails with an
/// error of conversion.
#[proc_macro_derive(Failure, attributes(failure))]
pub fn failure(item: TokenStream) -> TokenStream {
    durably_codegen::failure(item.into()).into()
}
