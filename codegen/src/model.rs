//! What the annotations say, as plain data.
//!
//! [`crate::parse`] fills these types, [`crate::check`] rejects what makes no sense, [`crate::expand`] prints them. Every
//! node keeps the tokens (and so the spans) it came from: an error points at what the user wrote.

mod failure;

use std::time::Duration;

pub use failure::{ErrorType, Failure, FailureVariant, Field, Message, MessagePiece, Shape};
use proc_macro2::Span;

use syn::{Attribute, Expr, Ident, ItemFn, ItemImpl, ItemStruct, LitStr, Path, ReturnType, Type, Visibility};

/// `#[workflow]` on a struct: the type, its wire name and the defaults of every start.
#[derive(Debug)]
pub struct WorkflowStruct {
    /// The user's struct without our attributes; emitted as it is.
    pub item: ItemStruct,
    /// The path of the `durably` crate in the user's code.
    pub krate: Path,
    /// Docs, `cfg` and lint attributes of the struct.
    pub attrs: Attrs,
    /// The workflow type on the wire.
    pub name: LitStr,
    /// What a start uses unless the call says otherwise.
    pub defaults: WorkflowDefaults,
    /// Its fields, but for those that certainly replay.
    pub fields: Vec<StateField>,
}

/// Options of `#[workflow(..)]` on a struct that every start of the workflow begins with.
#[derive(Debug, Default)]
pub struct WorkflowDefaults {
    /// `task_queue = ".."`
    pub task_queue: Option<LitStr>,
    /// `execution_timeout = ".."`
    pub execution_timeout: Option<Spanned<Duration>>,
    /// `run_timeout = ".."`
    pub run_timeout: Option<Spanned<Duration>>,
    /// `task_timeout = ".."`
    pub task_timeout: Option<Spanned<Duration>>,
    /// `retry_policy(..)`
    pub retry_policy: Option<RetryPolicy>,
    /// `id_reuse_policy = AllowDuplicate`: an identifier of the runtime's enum.
    pub id_reuse_policy: Option<Ident>,
    /// `id_conflict_policy = UseExisting`: an identifier of the runtime's enum.
    pub id_conflict_policy: Option<Ident>,
    /// `cron_schedule = ".."`
    pub cron_schedule: Option<LitStr>,
}

/// `#[workflow]` on an impl: the handlers of a workflow.
#[derive(Debug)]
pub struct WorkflowImpl {
    /// The user's impl without our attributes; emitted as it is.
    pub item: ItemImpl,
    /// The path of the `durably` crate in the user's code.
    pub krate: Path,
    /// `cfg` and lint attributes of the impl.
    pub attrs: Attrs,
    /// The workflow type, as the user wrote it after `impl`.
    pub self_ty: Path,
    /// The method marked `#[run]`.
    pub run: Run,
    /// The method marked `#[init]`, if there is one.
    pub init: Option<Method>,
    /// Methods marked `#[signal]`, in source order.
    pub signals: Vec<Handler>,
    /// Methods marked `#[query]`, in source order.
    pub queries: Vec<Handler>,
    /// Methods marked `#[update]`, in source order.
    pub updates: Vec<Update>,
    /// What the compiler is asked about the bodies.
    pub questions: Questions,
}

/// What tokens do not tell about the bodies of an impl, and the compiler does.
#[derive(Debug, Default)]
pub struct Questions {
    /// Calls of what may be the standard library's.
    pub calls: Vec<CallQuestion>,
    /// Fields of the state that are iterated, and may be maps without an order.
    pub iterations: Vec<Iteration>,
}

/// Whether what is called is forbidden in a workflow.
#[derive(Debug)]
pub struct CallQuestion {
    /// `cfg` of what is around the call.
    pub cfg: Vec<Attribute>,
    /// What tells.
    pub witness: Witness,
    /// The path as written.
    pub path: Path,
    /// What to say if it is.
    pub message: String,
}

/// A type by which the compiler tells where a path leads.
#[derive(Debug)]
pub enum Witness {
    /// The type whose function is called.
    Type(Path),
    /// A type that the module is asked for.
    Module {
        /// The module.
        path: Path,
        /// The type's name.
        member: &'static str,
        /// Whether the type has a parameter.
        generic: bool,
    },
    /// The constant or the static itself, that a method is called on.
    Static,
}

/// A field of the state that is iterated.
#[derive(Debug)]
pub struct Iteration {
    /// `cfg` of what is around the place.
    pub cfg: Vec<Attribute>,
    /// The field, where it is iterated.
    pub field: Ident,
    /// What to say if it has no order.
    pub message: String,
}

/// A field of the state, as far as its type tells whether it replays.
#[derive(Debug)]
pub struct StateField {
    /// `cfg` of the field.
    pub cfg: Vec<Attribute>,
    /// What messages call it.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Types inside of its type, itself included, that the compiler is asked about.
    pub parts: Vec<Type>,
    /// `#[durably::allow]` on it.
    pub allow: Option<Attribute>,
}

/// The method marked `#[run]`.
#[derive(Debug)]
pub struct Run {
    /// The method itself.
    pub method: Method,
    /// `id = "greeting-{host}"`: how a start derives the workflow id.
    pub id: Option<IdTemplate>,
}

/// A workflow id with placeholders for arguments of the run method.
#[derive(Debug)]
pub struct IdTemplate {
    /// The whole literal, for its span.
    pub literal: LitStr,
    /// Its text and placeholders in order.
    pub pieces: Vec<IdPiece>,
}

/// A piece of an [`IdTemplate`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdPiece {
    /// Literal text, with `{{` and `}}` already unescaped.
    Text(String),
    /// `{argument}` or `{argument.field.field}`.
    Placeholder {
        /// The name of the argument.
        argument: String,
        /// Fields below it, outermost first.
        fields: Vec<String>,
    },
}

/// A method marked `#[signal]`, `#[query]` or `#[update]`.
#[derive(Debug)]
pub struct Handler {
    /// The method itself.
    pub method: Method,
    /// What it answers to.
    pub name: WireName,
}

/// A method marked `#[update]`, with its validator.
#[derive(Debug)]
pub struct Update {
    /// The update handler.
    pub handler: Handler,
    /// The method marked `#[update_validator(..)]` for it.
    pub validator: Option<Validator>,
}

/// A method marked `#[update_validator(update)]`.
#[derive(Debug)]
pub struct Validator {
    /// The method itself. Its arguments are references to the update's.
    pub method: Method,
    /// The name of the update method it validates, as written in the attribute.
    pub update: Ident,
}

/// What a handler answers to.
#[derive(Debug)]
pub enum WireName {
    /// One name, given or derived from the method.
    Named(LitStr),
    /// `dynamic`: every name that no other handler has; the span is that of the word.
    Dynamic(Span),
}

/// A method or function as the expansion calls it.
#[derive(Debug)]
pub struct Method {
    /// Docs, `cfg` and lint attributes.
    pub attrs: Attrs,
    /// Its visibility.
    pub vis: Visibility,
    /// Its name, `r#` included where it was written.
    pub ident: Ident,
    /// The span of `async`, if it is there.
    pub asyncness: Option<Span>,
    /// Its receiver.
    pub receiver: Receiver,
    /// The parameter taken by reference, if there is one.
    pub context: Option<Context>,
    /// All other parameters, in order.
    pub arguments: Vec<Argument>,
    /// Its return type.
    pub output: ReturnType,
}

/// How a method takes `self`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receiver {
    /// No `self`.
    None,
    /// `&self`
    Ref,
    /// `&mut self`
    Mut,
    /// `self`, `self: Arc<Self>` or any other form.
    Other(SpanEq),
}

/// A span that compares equal to every other one, so that what holds it stays comparable.
#[derive(Debug, Clone, Copy)]
pub struct SpanEq(pub Span);

impl PartialEq for SpanEq {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for SpanEq {}

/// The parameter taken by reference: the context, whatever its type is called.
#[derive(Debug)]
pub struct Context {
    /// Its place among the parameters, the receiver not counted.
    pub position: usize,
    /// Whether it is taken by `&mut`.
    pub mutable: bool,
    /// Its type, the reference included.
    pub ty: Type,
}

/// A parameter that travels over the wire as a payload of its own.
#[derive(Debug)]
pub struct Argument {
    /// Its name, `r#` included where it was written.
    pub ident: Ident,
    /// Its type as written. For a validator this is the type behind the reference.
    pub ty: Type,
}

/// `#[activity]` on a function.
#[derive(Debug)]
pub struct ActivityFn {
    /// The user's function without our attributes; emitted as it is.
    pub item: ItemFn,
    /// The path of the `durably` crate in the user's code.
    pub krate: Path,
    /// The activity itself.
    pub activity: Activity,
    /// The name of the emitted type: `stub = ".."`, else that of the function.
    pub stub: Ident,
}

/// `#[activities]` on an impl: activities that share `&self`.
#[derive(Debug)]
pub struct ActivitiesImpl {
    /// The user's impl without our attributes; emitted as it is.
    pub item: ItemImpl,
    /// The path of the `durably` crate in the user's code.
    pub krate: Path,
    /// `cfg` and lint attributes of the impl.
    pub attrs: Attrs,
    /// The type, as the user wrote it after `impl`.
    pub self_ty: Path,
    /// Visibility of the emitted stub type; the widest of its activities.
    pub vis: Visibility,
    /// Its methods marked `#[activity]`, in source order.
    pub activities: Vec<Activity>,
}

/// One activity, a function or a method.
#[derive(Debug)]
pub struct Activity {
    /// The function or method.
    pub method: Method,
    /// The activity type on the wire.
    pub name: LitStr,
    /// What a call uses unless it says otherwise.
    pub defaults: ActivityDefaults,
}

/// Options of `#[activity(..)]` that every call of the activity begins with.
#[derive(Debug, Default)]
pub struct ActivityDefaults {
    /// `schedule_to_close_timeout = ".."`
    pub schedule_to_close_timeout: Option<Spanned<Duration>>,
    /// `schedule_to_start_timeout = ".."`
    pub schedule_to_start_timeout: Option<Spanned<Duration>>,
    /// `start_to_close_timeout = ".."`
    pub start_to_close_timeout: Option<Spanned<Duration>>,
    /// `heartbeat_timeout = ".."`
    pub heartbeat_timeout: Option<Spanned<Duration>>,
    /// `retry_policy(..)`
    pub retry_policy: Option<RetryPolicy>,
    /// `task_queue = ".."`
    pub task_queue: Option<LitStr>,
}

/// `retry_policy(..)`: what is not given is left to the server.
#[derive(Debug, Default)]
pub struct RetryPolicy {
    /// `initial_interval = ".."`
    pub initial_interval: Option<Spanned<Duration>>,
    /// `backoff_coefficient = 2.0`
    pub backoff_coefficient: Option<Spanned<f64>>,
    /// `maximum_interval = ".."`
    pub maximum_interval: Option<Spanned<Duration>>,
    /// `maximum_attempts = 5`
    pub maximum_attempts: Option<Spanned<u32>>,
    /// `non_retryable_error_types(PaymentError::Declined, "B")`
    pub non_retryable_error_types: Vec<ErrorType>,
}

/// A value and where it was written.
#[derive(Debug, Clone, Copy)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

/// Attributes of the user's item that generated items carry too, sorted once.
#[derive(Debug, Default, Clone)]
pub struct Attrs {
    /// The text of each doc line: a literal, or another expression such as `include_str!(..)`.
    pub docs: Vec<Expr>,
    /// `#[cfg(..)]`
    pub cfg: Vec<Attribute>,
    /// `#[allow]`, `#[expect]`, `#[warn]`, `#[deny]`, `#[forbid]`
    pub lint: Vec<Attribute>,
    /// `#[deprecated]`
    pub deprecated: Vec<Attribute>,
}

/// `#[durably::test]` on a function.
#[derive(Debug)]
pub struct TestFn {
    /// The user's function without our attribute.
    pub item: ItemFn,
    /// The path of the `durably` crate in the user's code.
    pub krate: Path,
    /// `flavor = "multi_thread"`: a name of tokio's.
    pub flavor: Option<Ident>,
    /// `worker_threads = 2`
    pub worker_threads: Option<Spanned<u32>>,
    /// `client = function`: what adds options to the client.
    pub client: Option<Path>,
}
