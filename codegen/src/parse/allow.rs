//! `#[durably::allow(nondeterminism, reason = "..")]`: what lifts a check, and why.

use quote::ToTokens;
use syn::{Attribute, Expr, Lit, Meta, Path, Token, punctuated::Punctuated};

use crate::{report::Report, suggest};

const EXAMPLE: &str = "write `#[durably::allow(nondeterminism, reason = \"..\")]`";

/// What can be allowed.
const NONDETERMINISM: &str = "nondeterminism";

/// Whether a path is that of our attribute. Without `durably::` before it, it is the compiler's.
pub(crate) fn is_allow(path: &Path, krate: &Path) -> bool {
    let Some(last) = path.segments.last() else { return false };
    let parents = path.segments.len() - 1;
    let first_is_ours = path.segments.first().is_some_and(|first| first.ident == "durably");
    let below_krate = krate.segments.len() == parents
        && krate.segments.iter().zip(&path.segments).all(|(ours, theirs)| ours.ident == theirs.ident);
    last.ident == "allow" && parents > 0 && (first_is_ours || below_krate)
}

/// Takes our attribute off an item, a field or a statement. The last one counts; one that is not understood counts too, since
/// it is reported anyway.
pub(crate) fn take_allow(attrs: &mut Vec<Attribute>, krate: &Path, report: &mut Report) -> Option<Attribute> {
    let mut taken = None;
    attrs.retain(|attribute| {
        if is_allow(attribute.path(), krate) {
            check_allow(attribute, report);
        } else if allows_nondeterminism(attribute) {
            let message = format!("`nondeterminism` is not a lint of the compiler: {EXAMPLE}");
            report.error(attribute, message);
        } else {
            return true;
        }
        if taken.replace(attribute.clone()).is_some() {
            report.error(attribute, "`#[durably::allow]` stands here twice: keep one");
        }
        false
    });
    taken
}

/// `#[allow(nondeterminism)]`, which the compiler would only warn of.
fn allows_nondeterminism(attribute: &Attribute) -> bool {
    attribute.path().is_ident("allow")
        && arguments(attribute).iter().flatten().any(|one| one.path().is_ident(NONDETERMINISM))
}

fn arguments(attribute: &Attribute) -> Option<Punctuated<Meta, Token![,]>> {
    attribute.parse_args_with(Punctuated::parse_terminated).ok()
}

fn check_allow(attribute: &Attribute, report: &mut Report) {
    let arguments = match &attribute.meta {
        Meta::List(list) if !list.tokens.is_empty() => arguments(attribute),
        _ => None,
    };
    let Some(arguments) = arguments else {
        report.error(attribute, format!("`#[durably::allow]` says what it allows, and why: {EXAMPLE}"));
        return;
    };
    let (mut named, mut reasoned) = (false, false);
    for argument in &arguments {
        match argument {
            Meta::Path(path) if path.is_ident(NONDETERMINISM) => named = true,
            Meta::NameValue(pair) if pair.path.is_ident("reason") => {
                reasoned = true;
                check_reason(&pair.value, report);
            }
            Meta::Path(path) if path.is_ident("reason") => {
                reasoned = true;
                report.error(path, "`reason` takes a value: write `reason = \"..\"`");
            }
            other => {
                let written = other.path().to_token_stream().to_string().replace(' ', "");
                let hint = suggest::did_you_mean(&written, [NONDETERMINISM, "reason"]);
                report.error(
                    other,
                    format!("`#[durably::allow]` takes `nondeterminism` and a `reason`, not `{written}`{hint}"),
                );
                named = true;
            }
        }
    }
    if !named {
        report.error(attribute, format!("`#[durably::allow]` does not say what it allows: {EXAMPLE}"));
    }
    if !reasoned {
        report
            .error(attribute, format!("`#[durably::allow]` lacks the reason why this replays nonetheless: {EXAMPLE}"));
    }
}

fn check_reason(value: &Expr, report: &mut Report) {
    match value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) if text.value().trim().is_empty() => {
                report.error(text, "`reason` is empty: say why this replays nonetheless");
            }
            Lit::Str(_) => {}
            other => report.error(other, "`reason` is a string: write `reason = \"..\"`"),
        },
        other => report.error(other, "`reason` is a string: write `reason = \"..\"`"),
    }
}
