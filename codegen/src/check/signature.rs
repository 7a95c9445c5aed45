//! What holds for the signature of every handler and activity.

use std::fmt;

use syn::{Ident, ReturnType, Safety, Signature, Type};

use super::parameters::{owned_form, source};
use crate::{
    parse::{has_impl_trait, reference, typed_parameters},
    report::Report,
};

/// How messages call a method: "signal `close`".
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) kind: &'static str,
    pub(super) ident: &'a Ident,
}

impl fmt::Display for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`", self.kind, self.ident)
    }
}

/// No generics, nothing that only the caller of a plain function could supply.
pub(super) fn check_shape(sig: &Signature, subject: Subject<'_>, report: &mut Report) {
    if !sig.generics.params.is_empty() {
        let caller =
            if subject.kind == "test" { "it is called as it is" } else { "it is called by its name on the wire" };
        let message =
            format!("{subject} cannot have generic parameters or named lifetimes, since {caller}: remove them");
        report.error(&sig.generics.params, message);
    }
    if let Some(clause) = &sig.generics.where_clause {
        report.error(clause, format!("{subject} cannot have a `where` clause: remove it"));
    }
    if let Safety::Unsafe(keyword) = &sig.safety {
        report.error(keyword, format!("{subject} cannot be `unsafe`: keep the unsafe part inside its body"));
    }
    if let Some(abi) = &sig.abi {
        report.error(abi, format!("{subject} cannot be `extern`: write a plain `fn`"));
    }
    if let Some(variadic) = &sig.variadic {
        report.error(variadic, format!("{subject} cannot be variadic: take a `Vec` instead"));
    }
    for parameter in typed_parameters(sig) {
        if let Some(cfg) =
            parameter.attrs.iter().find(|attr| attr.path().is_ident("cfg") || attr.path().is_ident("cfg_attr"))
        {
            let message =
                format!("{subject} has a parameter under `cfg`: put the `cfg` on the method and write it twice");
            report.error(cfg, message);
        }
    }
}

/// What is returned goes over the wire, so its type must be one that can be named and owned.
pub(super) fn check_output(sig: &Signature, subject: Subject<'_>, report: &mut Report) {
    let ReturnType::Type(_, ty) = &sig.output else {
        return;
    };
    if let Some(reference) = reference(ty) {
        let owned = owned_form(&reference.elem).unwrap_or_else(|| source(&reference.elem));
        report.error(
            ty,
            format!("{subject} returns a reference, but what it returns goes over the wire: write `-> {owned}`"),
        );
    } else if has_impl_trait(ty) {
        report.error(ty, format!("{subject} returns `impl Trait`, but callers need the type itself: name it"));
    }
}

/// "1 argument", "2 arguments"
pub(super) fn arguments(count: usize) -> String {
    format!("{count} argument{}", if count == 1 { "" } else { "s" })
}

/// Whether there is a value to return.
pub(super) fn returns_nothing(output: &ReturnType) -> bool {
    match output {
        ReturnType::Default => true,
        ReturnType::Type(_, ty) => matches!(&**ty, Type::Tuple(tuple) if tuple.elems.is_empty()),
    }
}
