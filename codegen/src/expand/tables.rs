//! Tables as constant expressions.

use std::time::Duration;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;

use super::{arguments, attrs, text::output_text};
use crate::model::{
    Activity, ActivityDefaults, Handler, Method, RetryPolicy, Run, Spanned, Update, WireName, WorkflowDefaults,
    WorkflowStruct,
};

/// `&WorkflowTypeTable { .. }`
pub(super) fn workflow_type(workflow: &WorkflowStruct, support: &TokenStream) -> TokenStream {
    let name = &workflow.name;
    let ident = workflow.item.ident.unraw().to_string();
    let docs = attrs::docs_text(&workflow.attrs, support);
    let defaults = workflow_defaults(&workflow.defaults, support);
    quote_spanned! {Span::mixed_site()=>
        &#support::WorkflowTypeTable {
            name: #name,
            rust_path: #support::std::concat!(#support::std::module_path!(), "::", #ident),
            docs: #docs,
            defaults: #defaults,
        }
    }
}

fn workflow_defaults(defaults: &WorkflowDefaults, support: &TokenStream) -> TokenStream {
    let WorkflowDefaults {
        task_queue,
        execution_timeout,
        run_timeout,
        task_timeout,
        retry_policy,
        id_reuse_policy,
        id_conflict_policy,
        cron_schedule,
    } = defaults;
    let task_queue = option(task_queue.as_ref().map(|queue| quote!(#queue)), support);
    let execution_timeout = duration(execution_timeout, support);
    let run_timeout = duration(run_timeout, support);
    let task_timeout = duration(task_timeout, support);
    let retry_policy = option(retry_policy.as_ref().map(|policy| retry_policy_table(policy, support)), support);
    let unspecified = || quote!(Unspecified);
    let id_reuse_policy = id_reuse_policy.as_ref().map_or_else(unspecified, |policy| quote!(#policy));
    let id_conflict_policy = id_conflict_policy.as_ref().map_or_else(unspecified, |policy| quote!(#policy));
    let cron_schedule = option(cron_schedule.as_ref().map(|schedule| quote!(#schedule)), support);
    quote_spanned! {Span::mixed_site()=>
        #support::WorkflowDefaults {
            task_queue: #task_queue,
            execution_timeout: #execution_timeout,
            run_timeout: #run_timeout,
            task_timeout: #task_timeout,
            retry_policy: #retry_policy,
            id_reuse_policy: #support::WorkflowIdReusePolicy::#id_reuse_policy,
            id_conflict_policy: #support::WorkflowIdConflictPolicy::#id_conflict_policy,
            cron_schedule: #cron_schedule,
        }
    }
}

/// `HandlerTable { .. }` of the run method, with the arguments of the workflow.
pub(super) fn run(run: &Run, arguments: &[crate::model::Argument], support: &TokenStream) -> TokenStream {
    method(&run.method, arguments, &quote!(#support::std::option::Option::None), false, support)
}

/// `HandlerTable { .. }` of a signal or a query.
pub(super) fn handler(handler: &Handler, validated: bool, support: &TokenStream) -> TokenStream {
    let name = match &handler.name {
        WireName::Named(name) => quote!(#support::std::option::Option::Some(#name)),
        WireName::Dynamic(_) => quote!(#support::std::option::Option::None),
    };
    method(&handler.method, &handler.method.arguments, &name, validated, support)
}

/// `HandlerTable { .. }` of an update.
pub(super) fn update(update: &Update, support: &TokenStream) -> TokenStream {
    handler(&update.handler, update.validator.is_some(), support)
}

fn method(
    method: &Method,
    arguments: &[crate::model::Argument],
    name: &TokenStream,
    validated: bool,
    support: &TokenStream,
) -> TokenStream {
    let ident = method.ident.unraw().to_string();
    let arguments = arguments::table(arguments, support);
    let output = output_text(&method.output);
    let docs = attrs::docs_text(&method.attrs, support);
    quote_spanned! {Span::mixed_site()=>
        #support::HandlerTable {
            name: #name,
            method: #ident,
            arguments: #arguments,
            output: #output,
            docs: #docs,
            validated: #validated,
        }
    }
}

/// `&ActivityTable { .. }`; `owner` is the type an activity is a method of.
pub(super) fn activity(activity: &Activity, owner: Option<String>, support: &TokenStream) -> TokenStream {
    let Activity { method, name, defaults } = activity;
    let ident = method.ident.unraw().to_string();
    let path = owner.map_or(ident.clone(), |owner| format!("{owner}::{ident}"));
    let docs = attrs::docs_text(&method.attrs, support);
    let arguments = arguments::table(&method.arguments, support);
    let output = output_text(&method.output);
    let blocking = method.asyncness.is_none();
    let defaults = activity_defaults(defaults, support);
    quote_spanned! {Span::mixed_site()=>
        &#support::ActivityTable {
            name: #name,
            rust_path: #support::std::concat!(#support::std::module_path!(), "::", #path),
            docs: #docs,
            arguments: #arguments,
            output: #output,
            blocking: #blocking,
            defaults: #defaults,
        }
    }
}

fn activity_defaults(defaults: &ActivityDefaults, support: &TokenStream) -> TokenStream {
    let ActivityDefaults {
        schedule_to_close_timeout,
        schedule_to_start_timeout,
        start_to_close_timeout,
        heartbeat_timeout,
        retry_policy,
        task_queue,
    } = defaults;
    let schedule_to_close_timeout = duration(schedule_to_close_timeout, support);
    let schedule_to_start_timeout = duration(schedule_to_start_timeout, support);
    let start_to_close_timeout = duration(start_to_close_timeout, support);
    let heartbeat_timeout = duration(heartbeat_timeout, support);
    let retry_policy = option(retry_policy.as_ref().map(|policy| retry_policy_table(policy, support)), support);
    let task_queue = option(task_queue.as_ref().map(|queue| quote!(#queue)), support);
    quote_spanned! {Span::mixed_site()=>
        #support::ActivityDefaults {
            schedule_to_close_timeout: #schedule_to_close_timeout,
            schedule_to_start_timeout: #schedule_to_start_timeout,
            start_to_close_timeout: #start_to_close_timeout,
            heartbeat_timeout: #heartbeat_timeout,
            retry_policy: #retry_policy,
            task_queue: #task_queue,
        }
    }
}

fn retry_policy_table(policy: &RetryPolicy, support: &TokenStream) -> TokenStream {
    let RetryPolicy {
        initial_interval,
        backoff_coefficient,
        maximum_interval,
        maximum_attempts,
        non_retryable_error_types,
    } = policy;
    let initial_interval = duration(initial_interval, support);
    let backoff_coefficient = option(backoff_coefficient.map(|Spanned { value, .. }| quote!(#value)), support);
    let maximum_interval = duration(maximum_interval, support);
    let maximum_attempts = option(maximum_attempts.map(|Spanned { value, .. }| quote!(#value)), support);
    quote_spanned! {Span::mixed_site()=>
        #support::RetryPolicyTable {
            initial_interval: #initial_interval,
            backoff_coefficient: #backoff_coefficient,
            maximum_interval: #maximum_interval,
            maximum_attempts: #maximum_attempts,
            non_retryable_error_types: &[#(#non_retryable_error_types),*],
        }
    }
}

fn duration(duration: &Option<Spanned<Duration>>, support: &TokenStream) -> TokenStream {
    let value = duration.map(|Spanned { value, .. }| match (value.as_secs(), value.subsec_nanos()) {
        (seconds, 0) => quote!(#support::std::time::Duration::from_secs(#seconds)),
        (seconds, nanos) => quote!(#support::std::time::Duration::new(#seconds, #nanos)),
    });
    option(value, support)
}

fn option(value: Option<TokenStream>, support: &TokenStream) -> TokenStream {
    match value {
        Some(value) => quote!(#support::std::option::Option::Some(#value)),
        None => quote!(#support::std::option::Option::None),
    }
}
