//! What holds for the parameters of every handler and activity.

use quote::ToTokens;
use syn::{Lifetime, Pat, PatType, Signature, Type, visit_mut::VisitMut};

use super::signature::Subject;
use crate::{
    parse::{has_impl_trait, reference, typed_parameters},
    report::Report,
};

/// One parameter at most by reference, the context; all others owned and named.
pub(super) fn check_parameters(sig: &Signature, subject: Subject<'_>, report: &mut Report) {
    let mut context = None;
    for parameter in typed_parameters(sig) {
        let name = parameter.pat.to_token_stream();
        let Some(reference) = reference(&parameter.ty) else {
            check_argument(parameter, subject, report);
            continue;
        };
        if let Some(owned) = owned_form(&reference.elem) {
            let message = format!(
                "argument `{name}` of {subject} is borrowed, but arguments arrive owned: write `{name}: {owned}`"
            );
            report.error(&parameter.ty, message);
        } else if let Some(context) = &context {
            let message = format!(
                "{subject} takes both `{context}` and `{name}` by reference, but only its context is borrowed: write `{name}: {}`",
                source(&reference.elem)
            );
            report.error(&parameter.ty, message);
        } else {
            if let Some(lifetime) = reference.lifetime.as_ref().filter(|lifetime| lifetime.ident == "static") {
                report.error(
                    lifetime,
                    format!("the context of {subject} lives no longer than the call: remove `{lifetime}`"),
                );
            }
            context = Some(name);
        }
    }
}

/// Arguments of validators are all borrowed.
pub(super) fn check_borrowed_parameters(sig: &Signature, subject: Subject<'_>, report: &mut Report) {
    for parameter in typed_parameters(sig) {
        let name = parameter.pat.to_token_stream();
        let Some(reference) = reference(&parameter.ty) else {
            let message = format!(
                "argument `{name}` of {subject} is owned, but the update still needs it: write `{name}: &{}`",
                source(&parameter.ty)
            );
            report.error(&parameter.ty, message);
            continue;
        };
        if reference.mutability.is_some() {
            let message = format!(
                "argument `{name}` of {subject} is borrowed to be changed: write `{name}: &{}`",
                source(&reference.elem)
            );
            report.error(&parameter.ty, message);
        }
    }
}

fn check_argument(parameter: &PatType, subject: Subject<'_>, report: &mut Report) {
    if has_impl_trait(&parameter.ty) {
        let name = parameter.pat.to_token_stream();
        report.error(
            &parameter.ty,
            format!("argument `{name}` of {subject} is `impl Trait`: name the type that arrives on the wire"),
        );
    }
    if let Some(borrowed) = borrowed_inside(&parameter.ty) {
        let name = parameter.pat.to_token_stream();
        let message = format!(
            "argument `{name}` of {subject} borrows inside of its type, but arguments arrive owned: write an owned type instead of \
             `{borrowed}`"
        );
        report.error(&parameter.ty, message);
    }
    match &*parameter.pat {
        Pat::Ident(pattern) if pattern.by_ref.is_none() && pattern.subpat.is_none() => {}
        Pat::Wild(wild) => {
            let message =
                format!("{subject} has an argument without a name, but it is a payload on the wire: write `_name`");
            report.error(wild, message);
        }
        pattern => {
            let message =
                format!("{subject} takes an argument apart in its signature: give it a name and do so in the body");
            report.error(pattern, message);
        }
    }
}

/// A reference or a lifetime in the type, other than `'static`.
fn borrowed_inside(ty: &Type) -> Option<String> {
    #[derive(Default)]
    struct Borrowed(Option<String>);

    impl VisitMut for Borrowed {
        fn visit_type_mut(&mut self, ty: &mut Type) {
            match ty {
                Type::Reference(reference) => {
                    self.0.get_or_insert_with(|| source(&Type::Reference(reference.clone())));
                }
                // What a function takes is not borrowed by the pointer to it.
                Type::FnPtr(_) => {}
                other => syn::visit_mut::visit_type_mut(self, other),
            }
        }

        fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
            if lifetime.ident != "static" {
                self.0.get_or_insert_with(|| lifetime.to_string());
            }
        }
    }

    let mut borrowed = Borrowed::default();
    borrowed.visit_type_mut(&mut ty.clone());
    borrowed.0
}

/// The owned form of what is never a context.
pub(super) fn owned_form(behind: &Type) -> Option<String> {
    match behind {
        Type::Path(path) if path.path.is_ident("str") => Some("String".into()),
        Type::Slice(slice) => Some(format!("Vec<{}>", source(&slice.elem))),
        _ => None,
    }
}

/// A type as one would write it.
pub(super) fn source(ty: &Type) -> String {
    let mut text = ty.to_token_stream().to_string();
    for (spaced, tight) in [(" < ", "<"), (" >", ">"), (" ::", "::"), (":: ", "::"), (" ,", ","), ("& ", "&")] {
        text = text.replace(spaced, tight);
    }
    text
}
