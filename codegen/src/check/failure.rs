//! What derives `Failure`.

use quote::ToTokens;
use syn::{Ident, Type, ext::IdentExt};

use super::names::check_name;
use crate::{
    model::{Failure, FailureVariant, MessagePiece},
    parse::FailureDraft,
    report::Report,
    suggest::{did_you_mean, list},
};

/// Whether the type can be a failure at all.
pub(super) fn check_item(draft: &FailureDraft, report: &mut Report) {
    let FailureDraft { failure, generics, union } = draft;
    let ident = &failure.ident;
    if let Some(union) = union {
        report.error(union, format!("`#[derive(Failure)]` belongs on an enum or a struct: write `enum {ident}`"));
        return;
    }
    if !generics.params.is_empty() {
        let message = format!(
            "the failure `{ident}` cannot be generic, since a name on the wire stands for one type: remove the parameters"
        );
        report.error(&generics.params, message);
    } else if let Some(clause) = &generics.where_clause {
        report.error(clause, format!("the failure `{ident}` cannot have a `where` clause: remove it"));
    }
    if failure.variants.is_empty() {
        report.error(ident, format!("the failure `{ident}` has no variants: write one for each thing that can fail"));
    }
}

/// What is said about its variants.
pub(super) fn check_options(failure: &Failure, report: &mut Report) {
    // Of options that could not be read, there is no telling whether a message was among them.
    let readable = report.is_empty();
    for (index, variant) in failure.variants.iter().enumerate() {
        check_name(&variant.name, report);
        let first = failure.variants.iter().take(index).find(|earlier| earlier.name.value() == variant.name.value());
        if let Some(first) = first {
            report_duplicate(first, variant, report);
        }
        check_retries(variant, report);
        check_message(variant, report);
    }
    if readable {
        check_messages(failure, report);
    }
}

fn report_duplicate(first: &FailureVariant, second: &FailureVariant, report: &mut Report) {
    let name = second.name.value();
    let (first_ident, second_ident) = (&first.ident, &second.ident);
    let message = format!("failure `{second_ident}` is named `{name}` on the wire, like `{first_ident}`: rename one");
    report.error(&second.name, message);
    report.error(&first.name, format!("the first failure named `{name}` is `{first_ident}`"));
}

fn check_retries(variant: &FailureVariant, report: &mut Report) {
    if let (Some(_), Some(delay)) = (variant.non_retryable, variant.next_retry_delay) {
        let message =
            format!("`{}` is `non_retryable`, so there is no next retry to delay: keep one of the two", variant.ident);
        report.error_at(delay.span, message);
    }
}

/// Whether its fields can be details.
pub(super) fn check_fields(failure: &Failure, report: &mut Report) {
    let fields = failure.variants.iter().flat_map(|variant| variant.fields.iter().map(move |field| (variant, field)));
    for (variant, field) in fields {
        if let Some(ident) = field.ident.as_ref().filter(|ident| *ident == "_") {
            report.error(ident, format!("a field of `{}` is called `_`: give it a name", variant.ident));
        }
        if let Type::Reference(reference) = &field.ty {
            let behind = match &*reference.elem {
                Type::Slice(slice) => format!("Vec<{}>", slice.elem.to_token_stream()),
                behind => match behind.to_token_stream().to_string().as_str() {
                    "str" => "String".to_owned(),
                    behind => behind.to_owned(),
                },
            };
            let message = format!(
                "a detail of `{}` is a reference, but who gets the failure owns what is in it: write `{behind}`",
                variant.ident
            );
            report.error(&field.ty, message);
        }
    }
}

/// Whether the fields are there that the message names.
fn check_message(variant: &FailureVariant, report: &mut Report) {
    let Some(message) = &variant.message else { return };
    for piece in &message.pieces {
        let MessagePiece::Placeholder { field, place: None, .. } = piece else { continue };
        let ident = &variant.ident;
        let names: Vec<String> =
            variant.fields.iter().enumerate().map(|(index, field)| name(index, &field.ident)).collect();
        let names = || names.iter().map(String::as_str);
        let said = match variant.fields.is_empty() {
            true => format!(
                "`{{{field}}}` is not a field of `{ident}`, which has none: write `{{{{` and `}}}}` for braces in the message"
            ),
            false => format!(
                "`{{{field}}}` is not a field of `{ident}`, which has {}{}",
                list(names()),
                did_you_mean(field, names())
            ),
        };
        report.error(&message.literal, said);
    }
}

fn name(index: usize, ident: &Option<Ident>) -> String {
    ident.as_ref().map_or_else(|| index.to_string(), |ident| ident.unraw().to_string())
}

/// With messages the derive makes it an error; without any, the user does. With some it would be neither.
fn check_messages(failure: &Failure, report: &mut Report) {
    let (with, without): (Vec<_>, Vec<_>) = failure.variants.iter().partition(|variant| variant.message.is_some());
    let (false, Some(first)) = (with.is_empty(), without.first()) else { return };
    let names: Vec<String> = without.iter().map(|variant| variant.ident.to_string()).collect();
    let message = format!(
        "{} {} no `message`, unlike other variants: write `#[failure(message = \"..\")]` on each, or on none and implement \
         `std::error::Error`",
        list(names.iter().map(String::as_str)),
        if without.len() == 1 { "has" } else { "have" }
    );
    report.error(&first.ident, message);
}
