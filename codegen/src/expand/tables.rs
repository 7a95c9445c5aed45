//! Tables as constant expressions.

use std::time::Duration;

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Ident, ext::IdentExt};

use super::{arguments, attrs, failure, text::output_text};
use crate::model::{
    Activity, ActivityDefaults, Argument, Handler, Method, RetryPolicy, Run, Spanned, WireName, WorkflowDefaults,
    WorkflowStruct,
};

/// `&WorkflowTypeTable { .. }`
pub(super) fn workflow_type(workflow: &WorkflowStruct) -> TokenStream {
    let name = &workflow.name;
    let ident = workflow.item.ident.unraw().to_string();
    let docs = attrs::docs_text(&workflow.attrs);
    let defaults = workflow_defaults(&workflow.defaults);
    quote_spanned! {Span::mixed_site()=>
        &__::WorkflowTypeTable {
            name: #name,
            rust_path: __::concat!(__::module_path!(), "::", #ident),
            docs: #docs,
            defaults: #defaults,
        }
    }
}

fn workflow_defaults(defaults: &WorkflowDefaults) -> TokenStream {
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
    given(
        "WorkflowDefaults",
        [
            ("task_queue", some(task_queue.as_ref())),
            ("execution_timeout", duration(execution_timeout)),
            ("run_timeout", duration(run_timeout)),
            ("task_timeout", duration(task_timeout)),
            ("retry_policy", some(retry_policy.as_ref().map(retry_policy_table))),
            ("id_reuse_policy", id_reuse_policy.as_ref().map(|policy| quote!(__::WorkflowIdReusePolicy::#policy))),
            (
                "id_conflict_policy",
                id_conflict_policy.as_ref().map(|policy| quote!(__::WorkflowIdConflictPolicy::#policy)),
            ),
            ("cron_schedule", some(cron_schedule.as_ref())),
        ],
    )
}

/// `HandlerTable { .. }` of the run method, with the arguments of the workflow.
pub(super) fn run(run: &Run, arguments: &[Argument]) -> TokenStream {
    method(&run.method, arguments, &quote!(__::None), false)
}

/// `HandlerTable { .. }` of a signal, a query or an update.
pub(super) fn handler(handler: &Handler, validated: bool) -> TokenStream {
    let name = match &handler.name {
        WireName::Named(name) => quote!(__::Some(#name)),
        WireName::Dynamic(_) => quote!(__::None),
    };
    method(&handler.method, &handler.method.arguments, &name, validated)
}

fn method(method: &Method, arguments: &[Argument], name: &TokenStream, validated: bool) -> TokenStream {
    let ident = method.ident.unraw().to_string();
    let arguments = arguments::table(arguments);
    let output = output_text(&method.output);
    let docs = attrs::docs_text(&method.attrs);
    quote_spanned! {Span::mixed_site()=>
        __::HandlerTable {
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
pub(super) fn activity(activity: &Activity, owner: Option<String>) -> TokenStream {
    let Activity { method, name, defaults } = activity;
    let ident = method.ident.unraw().to_string();
    let path = owner.map_or(ident.clone(), |owner| format!("{owner}::{ident}"));
    let docs = attrs::docs_text(&method.attrs);
    let arguments = arguments::table(&method.arguments);
    let output = output_text(&method.output);
    let blocking = method.asyncness.is_none();
    let defaults = activity_defaults(defaults);
    quote_spanned! {Span::mixed_site()=>
        &__::ActivityTable {
            name: #name,
            rust_path: __::concat!(__::module_path!(), "::", #path),
            docs: #docs,
            arguments: #arguments,
            output: #output,
            blocking: #blocking,
            defaults: #defaults,
        }
    }
}

fn activity_defaults(defaults: &ActivityDefaults) -> TokenStream {
    let ActivityDefaults {
        schedule_to_close_timeout,
        schedule_to_start_timeout,
        start_to_close_timeout,
        heartbeat_timeout,
        retry_policy,
        task_queue,
    } = defaults;
    given(
        "ActivityDefaults",
        [
            ("schedule_to_close_timeout", duration(schedule_to_close_timeout)),
            ("schedule_to_start_timeout", duration(schedule_to_start_timeout)),
            ("start_to_close_timeout", duration(start_to_close_timeout)),
            ("heartbeat_timeout", duration(heartbeat_timeout)),
            ("retry_policy", some(retry_policy.as_ref().map(retry_policy_table))),
            ("task_queue", some(task_queue.as_ref())),
        ],
    )
}

fn retry_policy_table(policy: &RetryPolicy) -> TokenStream {
    let RetryPolicy {
        initial_interval,
        backoff_coefficient,
        maximum_interval,
        maximum_attempts,
        non_retryable_error_types,
    } = policy;
    let types = non_retryable_error_types.iter().map(failure::name);
    let types = (!non_retryable_error_types.is_empty()).then(|| quote!(&[#(#types),*]));
    given(
        "RetryPolicyTable",
        [
            ("initial_interval", duration(initial_interval)),
            (
                "backoff_coefficient",
                some(backoff_coefficient.map(|coefficient| Literal::f64_unsuffixed(coefficient.value))),
            ),
            ("maximum_interval", duration(maximum_interval)),
            ("maximum_attempts", some(maximum_attempts.map(|attempts| Literal::u32_unsuffixed(attempts.value)))),
            ("non_retryable_error_types", types),
        ],
    )
}

/// `Type { what: is, given: here, ..Type::NONE }`
fn given<const COUNT: usize>(ty: &str, fields: [(&str, Option<TokenStream>); COUNT]) -> TokenStream {
    let ty = Ident::new(ty, Span::mixed_site());
    let given: Vec<TokenStream> = fields
        .into_iter()
        .filter_map(|(name, value)| {
            let name = Ident::new(name, Span::mixed_site());
            value.map(|value| quote!(#name: #value))
        })
        .collect();
    match given.len() {
        0 => quote!(__::#ty::NONE),
        count if count == COUNT => quote!(__::#ty { #(#given),* }),
        _ => quote!(__::#ty { #(#given,)* ..__::#ty::NONE }),
    }
}

pub(super) fn duration(duration: &Option<Spanned<Duration>>) -> Option<TokenStream> {
    some(duration.map(|Spanned { value, .. }| match (value.as_secs(), value.subsec_nanos()) {
        (seconds, 0) => {
            let seconds = Literal::u64_unsuffixed(seconds);
            quote!(__::Duration::from_secs(#seconds))
        }
        (seconds, nanos) => {
            let (seconds, nanos) = (Literal::u64_unsuffixed(seconds), Literal::u32_unsuffixed(nanos));
            quote!(__::Duration::new(#seconds, #nanos))
        }
    }))
}

fn some(value: Option<impl ToTokens>) -> Option<TokenStream> {
    value.map(|value| quote!(__::Some(#value)))
}
