//! The options of each attribute: which there are, and how a list of them is read.

use darling::{FromMeta, ast::NestedMeta};
use proc_macro2::TokenStream;
use syn::{Path, parse_quote};

use super::{
    list::parse_options,
    place,
    rename::RenameAll,
    value::{
        Category, ConflictPolicy, Count, CratePath, Decimal, ErrorTypes, Flavor, FunctionPath, Nested, Period,
        ReusePolicy, Text, TypeName, Word,
    },
};
use crate::{
    model::{ActivityDefaults, RetryPolicy, WorkflowDefaults},
    report::Report,
};

/// `#[workflow(..)]` on a struct.
#[derive(Debug, Default, FromMeta)]
#[darling(default)]
pub(crate) struct StructOptions {
    pub(crate) name: Option<Text>,
    task_queue: Option<Text>,
    execution_timeout: Option<Period>,
    run_timeout: Option<Period>,
    task_timeout: Option<Period>,
    retry_policy: Option<Nested>,
    id_reuse_policy: Option<ReusePolicy>,
    id_conflict_policy: Option<ConflictPolicy>,
    cron_schedule: Option<Text>,
    #[darling(rename = "crate")]
    pub(crate) krate: Option<CratePath>,
}

/// `#[workflow(..)]` or `#[activities(..)]` on an impl.
#[derive(Debug, Default, FromMeta)]
#[darling(default)]
pub(crate) struct ImplOptions {
    pub(crate) rename_all: Option<RenameAll>,
    #[darling(rename = "crate")]
    pub(crate) krate: Option<CratePath>,
}

/// `#[run(..)]`
#[derive(Debug, Default, FromMeta)]
#[darling(default)]
pub(crate) struct RunOptions {
    pub(crate) id: Option<Text>,
}

/// `#[signal(..)]`, `#[query(..)]` or `#[update(..)]`
#[derive(Debug, Default, FromMeta)]
#[darling(default)]
pub(crate) struct HandlerOptions {
    pub(crate) name: Option<Text>,
    pub(crate) dynamic: Option<Word>,
}

/// `#[activity(..)]`
#[derive(Debug, Default, FromMeta)]
#[darling(default)]
pub(crate) struct ActivityOptions {
    pub(crate) name: Option<Text>,
    pub(crate) stub: Option<TypeName>,
    #[darling(rename = "crate")]
    pub(crate) krate: Option<CratePath>,
    task_queue: Option<Text>,
    schedule_to_close_timeout: Option<Period>,
    schedule_to_start_timeout: Option<Period>,
    start_to_close_timeout: Option<Period>,
    heartbeat_timeout: Option<Period>,
    retry_policy: Option<Nested>,
}

/// `retry_policy(..)`
#[derive(Debug, Default, FromMeta)]
#[darling(default)]
struct RetryOptions {
    initial_interval: Option<Period>,
    backoff_coefficient: Option<Decimal>,
    maximum_interval: Option<Period>,
    maximum_attempts: Option<Count>,
    non_retryable_error_types: Option<ErrorTypes>,
}

/// `#[failure(..)]` on an enum
#[derive(Debug, Default, FromMeta)]
#[darling(default)]
pub(crate) struct FailureEnumOptions {
    pub(crate) rename_all: Option<RenameAll>,
    #[darling(rename = "crate")]
    pub(crate) krate: Option<CratePath>,
}

/// `#[failure(..)]` on a variant or on a struct
#[derive(Debug, Default, FromMeta)]
#[darling(default)]
pub(crate) struct FailureOptions {
    pub(crate) name: Option<Text>,
    pub(crate) message: Option<Text>,
    pub(crate) non_retryable: Option<Word>,
    pub(crate) next_retry_delay: Option<Period>,
    pub(crate) category: Option<Category>,
    #[darling(rename = "crate")]
    pub(crate) krate: Option<CratePath>,
}

/// `#[durably::test(..)]`
#[derive(Debug, Default, FromMeta)]
#[darling(default)]
pub(crate) struct TestOptions {
    pub(crate) flavor: Option<Flavor>,
    pub(crate) worker_threads: Option<Count>,
    pub(crate) client: Option<FunctionPath>,
    #[darling(rename = "crate")]
    pub(crate) krate: Option<CratePath>,
}

/// No options at all.
#[derive(Debug, Default, FromMeta)]
#[darling(default)]
pub(crate) struct NoOptions {}

impl StructOptions {
    /// What the options say about every start.
    pub(crate) fn into_defaults(self, report: &mut Report) -> WorkflowDefaults {
        WorkflowDefaults {
            task_queue: self.task_queue.map(|text| text.0),
            execution_timeout: self.execution_timeout.map(|period| period.0),
            run_timeout: self.run_timeout.map(|period| period.0),
            task_timeout: self.task_timeout.map(|period| period.0),
            retry_policy: self.retry_policy.map(|policy| parse_retry_policy(policy, report)),
            id_reuse_policy: self.id_reuse_policy.map(|policy| policy.0),
            id_conflict_policy: self.id_conflict_policy.map(|policy| policy.0),
            cron_schedule: self.cron_schedule.map(|text| text.0),
        }
    }
}

impl ActivityOptions {
    /// What the options say about every call.
    pub(crate) fn into_defaults(self, report: &mut Report) -> ActivityDefaults {
        ActivityDefaults {
            schedule_to_close_timeout: self.schedule_to_close_timeout.map(|period| period.0),
            schedule_to_start_timeout: self.schedule_to_start_timeout.map(|period| period.0),
            start_to_close_timeout: self.start_to_close_timeout.map(|period| period.0),
            heartbeat_timeout: self.heartbeat_timeout.map(|period| period.0),
            retry_policy: self.retry_policy.map(|policy| parse_retry_policy(policy, report)),
            task_queue: self.task_queue.map(|text| text.0),
        }
    }
}

fn parse_retry_policy(policy: Nested, report: &mut Report) -> RetryPolicy {
    let options: RetryOptions = parse_options(policy.0, &place::RETRY_POLICY, report);
    RetryPolicy {
        initial_interval: options.initial_interval.map(|period| period.0),
        backoff_coefficient: options.backoff_coefficient.map(|decimal| decimal.0),
        maximum_interval: options.maximum_interval.map(|period| period.0),
        maximum_attempts: options.maximum_attempts.map(|count| count.0),
        non_retryable_error_types: options.non_retryable_error_types.map_or_else(Vec::new, |types| types.0),
    }
}

/// The path of our crate: the one given, else the name under which everyone depends on it.
pub(crate) fn crate_path(given: Option<CratePath>) -> Path {
    given.map_or_else(|| parse_quote!(::durably), |path| path.0)
}

/// The crate path among the options of an attribute of which nothing else may be readable.
pub fn parse_crate_path(attr: TokenStream) -> Path {
    let items = NestedMeta::parse_meta_list(attr).unwrap_or_default();
    let given = items.into_iter().find_map(|item| match item {
        NestedMeta::Meta(meta) if meta.path().is_ident("crate") => CratePath::from_meta(&meta).ok(),
        _ => None,
    });
    crate_path(given)
}
