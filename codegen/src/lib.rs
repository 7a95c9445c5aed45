//! Turns annotated Rust source into the code that Durably generates.
//!
//! A plain library: it takes and gives `proc_macro2` tokens, so it is tested without a compiler and can be shared by other
//! front ends. One direction only: [`parse`] reads syntax into the [`model`], [`check`] is the one place that rejects, and
//! [`expand`] prints a model that passed and cannot fail.
//!
//! The functions here are the attributes. Whatever is wrong is reported all at once, and the user's item is always part of
//! the output: an error never takes away what the rest of the program uses.

pub mod check;
pub mod expand;
mod fallback;
pub mod model;
pub mod parse;
mod report;
mod suggest;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Item;

pub use report::Report;

/// `#[workflow]`: on the struct that is a workflow's state, and on the impl with its handlers.
pub fn workflow(attr: TokenStream, item: TokenStream) -> TokenStream {
    expand_or_report(attr, item, |attr, item, report| match item {
        Item::Struct(item) => {
            let workflow = parse::parse_workflow_struct(attr, item, report);
            check::check_workflow_struct(workflow, report).map(|workflow| expand::workflow_struct(&workflow))
        }
        Item::Impl(item) => {
            let draft = parse::parse_workflow_impl(attr, item, report);
            check::check_workflow_impl(draft, report).map(|workflow| expand::workflow_impl(&workflow))
        }
        other => {
            check::reject_workflow_item(&other, report);
            None
        }
    })
}

/// `#[activity]`: on a function.
pub fn activity(attr: TokenStream, item: TokenStream) -> TokenStream {
    expand_or_report(attr, item, |attr, item, report| match item {
        Item::Fn(item) => {
            let activity = parse::parse_activity_fn(attr, item, report);
            check::check_activity_fn(activity, report).map(|activity| expand::activity_fn(&activity))
        }
        other => {
            check::reject_activity_item(&other, report);
            None
        }
    })
}

/// `#[activities]`: on an impl whose methods are activities.
pub fn activities(attr: TokenStream, item: TokenStream) -> TokenStream {
    expand_or_report(attr, item, |attr, item, report| match item {
        Item::Impl(item) => {
            let draft = parse::parse_activities_impl(attr, item, report);
            check::check_activities_impl(draft, report).map(|activities| expand::activities_impl(&activities))
        }
        other => {
            check::reject_activities_item(&other, report);
            None
        }
    })
}

/// `#[durably::test]`: on an async function.
pub fn test(attr: TokenStream, item: TokenStream) -> TokenStream {
    expand_or_report(attr, item, |attr, item, report| match item {
        Item::Fn(item) => {
            let test = parse::parse_test(attr, item, report);
            check::check_test(test, report).map(|test| expand::test(&test))
        }
        other => {
            check::reject_test_item(&other, report);
            None
        }
    })
}

/// `#[derive(Failure)]`: on an enum or a struct. The output is what stands beside the type.
pub fn failure(item: TokenStream) -> TokenStream {
    let mut report = Report::default();
    let expansion = match syn::parse2(item) {
        Ok(input) => {
            let draft = parse::parse_failure(input, &mut report);
            check::check_failure(draft, &mut report).map(|failure| expand::failure(&failure))
        }
        Err(error) => {
            report.absorb(error);
            None
        }
    };
    let errors = report.to_tokens();
    quote!(#errors #expansion)
}

/// A marker such as `#[signal]` that was expanded on its own, since no `#[workflow]` on its impl has read it. `kind` is the
/// marker's name.
pub fn orphan(kind: &str, _attr: TokenStream, item: TokenStream) -> TokenStream {
    let message = format!(
        "`#[{kind}]` belongs on a method inside an impl marked `#[workflow]`: mark the impl, or remove `#[{kind}]` here"
    );
    let error = syn::Error::new(proc_macro2::Span::call_site(), message).to_compile_error();
    quote!(#error #item)
}

/// `#[durably::allow(nondeterminism, reason = "..")]` that was expanded on its own, since nothing around it has read it.
pub fn orphan_allow(_attr: TokenStream, item: TokenStream) -> TokenStream {
    let message = "`#[durably::allow]` belongs on a statement or a method inside an impl marked `#[workflow]`, or on a field of the \
                   struct: move it there, below `#[workflow]`";
    let error = syn::Error::new(proc_macro2::Span::call_site(), message).to_compile_error();
    quote!(#error #item)
}

/// Runs the stages. Where they end without an expansion, the item is left as the user wrote it.
fn expand_or_report(
    attr: TokenStream,
    item: TokenStream,
    stages: impl FnOnce(TokenStream, Item, &mut Report) -> Option<TokenStream>,
) -> TokenStream {
    let mut report = Report::default();
    if attr.is_empty() {
        parse::refuse_empty_parentheses(&mut report);
    }
    let expansion = match syn::parse2(item.clone()) {
        Ok(parsed) => stages(attr.clone(), parsed, &mut report),
        Err(error) => {
            report.absorb(error);
            None
        }
    };
    let errors = report.to_tokens();
    let output = expansion.unwrap_or_else(|| fallback::strip_markers(item, &parse::parse_crate_path(attr)));
    quote!(#errors #output)
}
