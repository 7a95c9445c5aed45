//! Whether the code of a workflow does the same at each replay, as far as it shows.
//!
//! What is written out whole, or imported in the body, is told by its path ([`table`], [`scope`]). What only the compiler can
//! resolve becomes a question to it ([`probe`]), which the expansion puts beside the item, or for a variable into the body
//! ([`iteration`]). `#[durably::allow(nondeterminism, reason = "..")]` is taken off here, and lifts what is under it.

mod allow;
mod attributes;
mod expressions;
mod fields;
mod findings;
mod iteration;
mod macros;
mod probe;
mod scope;
mod table;
mod visit;

pub(super) use allow::refuse_allows;
pub(super) use fields::check_fields;

use syn::{FnArg, GenericParam, ImplItem, ImplItemFn, Pat};

use crate::{
    model::Questions,
    parse::{Role, WorkflowDraft, reference},
    report::Report,
};
use visit::Visitor;

/// Checks every body of the impl, those of unmarked methods too.
pub(super) fn check_bodies(draft: &mut WorkflowDraft, report: &mut Report) -> Questions {
    let mut questions = Questions::default();
    let outer: Vec<_> = type_parameters(&draft.item.generics.params).cloned().collect();
    if let Some(attribute) = crate::parse::take_allow(&mut draft.item.attrs, &draft.krate, report) {
        allow::refuse(&attribute, report);
    }
    for member in &mut draft.item.items {
        let ImplItem::Fn(function) = member else {
            allow::refuse_member(member, &draft.krate, report);
            continue;
        };
        let ident = &function.sig.ident;
        let looks_only = draft
            .methods
            .iter()
            .filter(|marked| marked.method.ident == *ident)
            .any(|marked| matches!(marked.role, Role::Query(_) | Role::Validator(_)));
        let mut visitor = Visitor::new(&draft.krate, looks_only, report, &mut questions);
        visitor.method(function, &outer);
    }
    questions
}

fn type_parameters<'a>(parameters: impl IntoIterator<Item = &'a GenericParam>) -> impl Iterator<Item = &'a syn::Ident> {
    parameters.into_iter().filter_map(|parameter| match parameter {
        GenericParam::Type(parameter) => Some(&parameter.ident),
        GenericParam::Const(parameter) => Some(&parameter.ident),
        GenericParam::Lifetime(_) => None,
    })
}

/// What a method calls its context: the first parameter by reference.
fn context_name(function: &ImplItemFn) -> Option<syn::Ident> {
    function.sig.inputs.iter().find_map(|input| match input {
        FnArg::Typed(parameter) => match (&*parameter.pat, reference(&parameter.ty)) {
            (Pat::Ident(pattern), Some(_)) => Some(pattern.ident.clone()),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    })
}
