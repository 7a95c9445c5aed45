//! Names on the wire: not reserved, and no two of a kind alike.

use syn::LitStr;

use super::handler::kind;
use crate::{
    model::WireName,
    parse::{Marked, Role},
    report::Report,
};

/// Names with two leading underscores are Temporal's own, such as `__stack_trace`.
pub(super) fn check_name(name: &LitStr, report: &mut Report) {
    if name.value().starts_with("__") {
        let message =
            format!("the name `{}` is reserved, since Temporal's own begin with `__`: choose another", name.value());
        report.error(name, message);
    }
}

/// Checks the names of all handlers or activities of an impl.
pub(super) fn check_handler_names(methods: &[Marked], report: &mut Report) {
    for (index, marked) in methods.iter().enumerate() {
        match name_of(&marked.role) {
            Some(Name::Wire(name)) => check_name(name, report),
            Some(Name::Dynamic) => {}
            None => continue,
        }
        let first = methods.iter().take(index).find(|earlier| collide(earlier, marked));
        if let Some(first) = first {
            report_duplicate(first, marked, report);
        }
    }
}

/// What a method answers to.
enum Name<'a> {
    Wire(&'a LitStr),
    Dynamic,
}

fn name_of(role: &Role) -> Option<Name<'_>> {
    match role {
        Role::Signal(name) | Role::Query(name) | Role::Update(name) => Some(match name {
            WireName::Named(name) => Name::Wire(name),
            WireName::Dynamic(_) => Name::Dynamic,
        }),
        Role::Activity { name, .. } => Some(Name::Wire(name)),
        Role::Run { .. } | Role::Init | Role::Validator(_) => None,
    }
}

/// Whether two methods answer to the same call. Under `cfg` at most one of them may be there.
fn collide(one: &Marked, other: &Marked) -> bool {
    let cfg = !one.method.attrs.cfg.is_empty() || !other.method.attrs.cfg.is_empty();
    let alike = match (name_of(&one.role), name_of(&other.role)) {
        (Some(Name::Wire(one)), Some(Name::Wire(other))) => one.value() == other.value(),
        (Some(Name::Dynamic), Some(Name::Dynamic)) => true,
        _ => false,
    };
    kind(&one.role) == kind(&other.role) && alike && !cfg
}

fn report_duplicate(first: &Marked, second: &Marked, report: &mut Report) {
    let kind = kind(&second.role);
    let (first_ident, second_ident) = (&first.method.ident, &second.method.ident);
    match (name_of(&first.role), name_of(&second.role)) {
        (Some(Name::Wire(earlier)), Some(Name::Wire(later))) => {
            let name = later.value();
            let message =
                format!("{kind} `{second_ident}` is named `{name}` on the wire, like `{first_ident}`: rename one");
            report.error(later, message);
            report.error(earlier, format!("the first {kind} named `{name}` is `{first_ident}`"));
        }
        _ => {
            let message =
                format!("dynamic {kind} `{second_ident}` is one more after `{first_ident}`: only one can catch all");
            report.error(&second.attribute, message);
            report.error(&first.attribute, format!("the first dynamic {kind} is `{first_ident}`"));
        }
    }
}
