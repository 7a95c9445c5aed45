//! What a workflow or an activity is, as constant data.
//!
//! The attributes emit one table for each workflow ([`Workflow::TABLE`](crate::Workflow::TABLE)) and each activity
//! ([`Activity::TABLE`](crate::Activity::TABLE)). Workers register from them, calls take their defaults from them, and
//! whatever describes a program to other programs can read them. More fields may be added.

use std::time::Duration;

use temporalio_common::error::ApplicationErrorCategory;

use crate::{RetryPolicy, WorkflowIdConflictPolicy, WorkflowIdReusePolicy};

/// A workflow type: its name and the defaults of every start, from `#[workflow]` on the struct.
#[derive(Debug, Clone)]
pub struct WorkflowTypeTable {
    /// The workflow type on the wire.
    pub name: &'static str,
    /// Where the struct is: module path and name.
    pub rust_path: &'static str,
    /// The doc comment of the struct.
    pub docs: &'static str,
    /// What a start uses unless the call says otherwise.
    pub defaults: WorkflowDefaults,
}

/// A workflow: its type and everything it answers to.
///
/// ```
/// use durably::prelude::*;
///
/// /// Waits to be told to stop.
/// #[workflow]
/// #[derive(Default)]
/// struct Patient { stopped: bool }
///
/// #[workflow]
/// impl Patient {
///     #[run]
///     async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
///         Ok(ctx.wait_condition(|w| w.stopped).await?)
///     }
///     #[signal(name = "Stop")]
///     fn stop(&mut self, _reason: String) { self.stopped = true }
/// }
///
/// assert_eq!(Patient::TABLE.workflow.name, "Patient");
/// assert_eq!(Patient::TABLE.workflow.docs, "Waits to be told to stop.");
/// assert_eq!(Patient::TABLE.signals[0].name, Some("Stop"));
/// assert_eq!(Patient::TABLE.signals[0].arguments[0].ty, "String");
/// ```
#[derive(Debug, Clone)]
pub struct WorkflowTable {
    /// The workflow type and the defaults of a start.
    pub workflow: &'static WorkflowTypeTable,
    /// The run method. Its arguments are those of the workflow.
    pub run: HandlerTable,
    /// Signal handlers, in source order.
    pub signals: &'static [HandlerTable],
    /// Query handlers, in source order.
    pub queries: &'static [HandlerTable],
    /// Update handlers, in source order.
    pub updates: &'static [HandlerTable],
}

/// A method of a workflow that is called over the wire.
#[derive(Debug, Clone)]
pub struct HandlerTable {
    /// What it answers to; `None` for a dynamic handler, and for the run method, which answers to the workflow type.
    pub name: Option<&'static str>,
    /// The name of the method.
    pub method: &'static str,
    /// Its arguments, one payload each.
    pub arguments: &'static [ArgumentTable],
    /// Its return type, as written; `()` if none is written.
    pub output: &'static str,
    /// Its doc comment.
    pub docs: &'static str,
    /// For an update: whether a validator runs before it.
    pub validated: bool,
}

impl HandlerTable {
    /// Its name on the wire; of a dynamic one, which has none, the name of the method.
    pub(crate) fn wire_name(&self) -> &'static str {
        self.name.unwrap_or(self.method)
    }
}

/// An argument: one payload on the wire.
#[derive(Debug, Clone, Copy)]
pub struct ArgumentTable {
    /// Its name.
    pub name: &'static str,
    /// Its type, as written.
    pub ty: &'static str,
    /// Whether its type is an `Option`: it may be absent on the wire if nothing follows it.
    pub optional: bool,
}

/// An activity: its name, its arguments and the defaults of every call.
///
/// ```
/// use durably::prelude::*;
///
/// #[activity(start_to_close_timeout = "10s")]
/// async fn charge(card: String, cents: u32, memo: Option<String>) -> ActivityResult<bool> {
///     Ok(cents > 0)
/// }
///
/// let table = charge::TABLE;
/// assert_eq!((table.name, table.output), ("charge", "ActivityResult<bool>"));
/// assert_eq!(table.defaults.start_to_close_timeout, Some(Duration::from_secs(10)));
/// assert!(table.arguments[2].optional);
/// ```
#[derive(Debug, Clone)]
pub struct ActivityTable {
    /// The activity type on the wire.
    pub name: &'static str,
    /// Where the function or method is: module path and name.
    pub rust_path: &'static str,
    /// Its doc comment.
    pub docs: &'static str,
    /// Its arguments, one payload each.
    pub arguments: &'static [ArgumentTable],
    /// Its return type, as written; `()` if none is written.
    pub output: &'static str,
    /// Whether it is a plain function, run on the blocking pool.
    pub blocking: bool,
    /// What a call uses unless it says otherwise.
    pub defaults: ActivityDefaults,
}

/// A type that derives [`Failure`](crate::Failure): what can fail.
///
/// ```
/// use durably::prelude::*;
///
/// #[derive(Debug, Failure)]
/// enum PaymentError {
///     #[failure(name = "CardDeclined", non_retryable, message = "declined: {reason}")]
///     Declined { reason: String },
/// }
///
/// let declined = &PaymentError::TABLE.variants[0];
/// assert_eq!((declined.name, declined.variant), ("CardDeclined", "Declined"));
/// assert!(declined.non_retryable);
/// assert_eq!((declined.details[0].name, declined.details[0].ty), ("reason", "String"));
/// ```
#[derive(Debug, Clone)]
pub struct FailureTable {
    /// Where the type is: module path and name.
    pub rust_path: &'static str,
    /// Its doc comment.
    pub docs: &'static str,
    /// Its variants, in source order; of a struct, the struct itself.
    pub variants: &'static [FailureVariantTable],
}

/// A variant of a failure: an application failure of a type of its own.
#[derive(Debug, Clone)]
pub struct FailureVariantTable {
    /// The type on the wire.
    pub name: &'static str,
    /// The name of the variant.
    pub variant: &'static str,
    /// Its doc comment.
    pub docs: &'static str,
    /// Its fields, which are the details of the failure, one payload each. Those without a name are numbered.
    pub details: &'static [ArgumentTable],
    /// Whether there is no retry after it.
    pub non_retryable: bool,
    /// The pause before the next retry, whatever the retry policy says.
    pub next_retry_delay: Option<Duration>,
    /// How it is logged and counted.
    pub category: ApplicationErrorCategory,
}

/// Options of `#[workflow(..)]` that every start begins with. What is `None` is left to the server.
#[derive(Debug, Clone)]
pub struct WorkflowDefaults {
    /// The task queue to run on.
    pub task_queue: Option<&'static str>,
    /// The limit for the whole execution, retries and continue-as-new included.
    pub execution_timeout: Option<Duration>,
    /// The limit for one run.
    pub run_timeout: Option<Duration>,
    /// The limit for one workflow task.
    pub task_timeout: Option<Duration>,
    /// How a failed run is retried.
    pub retry_policy: Option<RetryPolicyTable>,
    /// Whether the id of a closed workflow may be used again.
    pub id_reuse_policy: WorkflowIdReusePolicy,
    /// What happens if a workflow of this id is running.
    pub id_conflict_policy: WorkflowIdConflictPolicy,
    /// The cron schedule to run on.
    pub cron_schedule: Option<&'static str>,
}

impl WorkflowDefaults {
    /// Nothing is given.
    pub const NONE: Self = Self {
        task_queue: None,
        execution_timeout: None,
        run_timeout: None,
        task_timeout: None,
        retry_policy: None,
        id_reuse_policy: WorkflowIdReusePolicy::Unspecified,
        id_conflict_policy: WorkflowIdConflictPolicy::Unspecified,
        cron_schedule: None,
    };
}

/// Options of `#[activity(..)]` that every call begins with. What is `None` is left to the server.
#[derive(Debug, Clone)]
pub struct ActivityDefaults {
    /// The limit from scheduling to the end, retries included.
    pub schedule_to_close_timeout: Option<Duration>,
    /// The limit from scheduling until a worker takes it.
    pub schedule_to_start_timeout: Option<Duration>,
    /// The limit for one attempt.
    pub start_to_close_timeout: Option<Duration>,
    /// The limit between two heartbeats.
    pub heartbeat_timeout: Option<Duration>,
    /// How a failed attempt is retried.
    pub retry_policy: Option<RetryPolicyTable>,
    /// The task queue to run on; the workflow's own if `None`.
    pub task_queue: Option<&'static str>,
}

impl ActivityDefaults {
    /// Nothing is given.
    pub const NONE: Self = Self {
        schedule_to_close_timeout: None,
        schedule_to_start_timeout: None,
        start_to_close_timeout: None,
        heartbeat_timeout: None,
        retry_policy: None,
        task_queue: None,
    };
}

/// `retry_policy(..)` in an attribute.
#[derive(Debug, Clone)]
pub struct RetryPolicyTable {
    /// The pause before the first retry.
    pub initial_interval: Option<Duration>,
    /// What each pause is multiplied by to get the next.
    pub backoff_coefficient: Option<f64>,
    /// The longest pause.
    pub maximum_interval: Option<Duration>,
    /// How often it is tried in all.
    pub maximum_attempts: Option<u32>,
    /// Failure types that are not retried.
    pub non_retryable_error_types: &'static [&'static str],
}

impl RetryPolicyTable {
    /// Nothing is given.
    pub const NONE: Self = Self {
        initial_interval: None,
        backoff_coefficient: None,
        maximum_interval: None,
        maximum_attempts: None,
        non_retryable_error_types: &[],
    };
}

impl From<&RetryPolicyTable> for RetryPolicy {
    fn from(table: &RetryPolicyTable) -> Self {
        let mut policy = RetryPolicy::default();
        if let Some(interval) = table.initial_interval {
            policy.set_initial_interval(interval);
        }
        if let Some(coefficient) = table.backoff_coefficient {
            policy.set_backoff_coefficient(coefficient);
        }
        if let Some(attempts) = table.maximum_attempts {
            policy.set_maximum_attempts(attempts);
        }
        policy.set_maximum_interval(table.maximum_interval);
        policy.set_non_retryable_error_types(table.non_retryable_error_types.iter().copied());
        policy
    }
}
