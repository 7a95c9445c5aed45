//! What each kind of method in a workflow may look like.

use syn::ReturnType;

use super::{
    parameters::{check_borrowed_parameters, check_parameters},
    signature::{Subject, arguments, check_output, check_shape, returns_nothing},
};
use crate::{
    model::{Method, Receiver, WireName},
    parse::{Marked, Role},
    report::Report,
};

/// Checks a method by itself; what depends on others of the impl is checked elsewhere.
pub(super) fn check_method(marked: &Marked, report: &mut Report) {
    let subject = Subject { kind: kind(&marked.role), ident: &marked.method.ident };
    check_shape(&marked.sig, subject, report);
    if matches!(marked.role, Role::Validator(_)) {
        check_borrowed_parameters(&marked.sig, subject, report);
    } else {
        check_parameters(&marked.sig, subject, report);
    }
    match &marked.role {
        Role::Run { .. } => check_run(marked, subject, report),
        Role::Init => check_init(marked, subject, report),
        Role::Signal(name) => check_signal(marked, name, subject, report),
        Role::Query(name) => check_query(marked, name, subject, report),
        Role::Update(_) => check_update(marked, subject, report),
        Role::Validator(_) => check_validator(marked, subject, report),
        Role::Activity { .. } => {}
    }
}

/// How messages call a method of that role.
pub(super) fn kind(role: &Role) -> &'static str {
    match role {
        Role::Run { .. } => "run method",
        Role::Init => "init method",
        Role::Signal(_) => "signal",
        Role::Query(_) => "query",
        Role::Update(_) => "update",
        Role::Validator(_) => "validator",
        Role::Activity { .. } => "activity",
    }
}

fn check_run(marked: &Marked, subject: Subject<'_>, report: &mut Report) {
    if marked.method.asyncness.is_none() {
        report.error(marked.sig.fn_token, format!("{subject} must be async: write `async fn`"));
    }
    if let Some(receiver) = marked.sig.receiver() {
        let message = format!(
            "{subject} cannot take `self`, since a borrow of the state cannot live across an await: take `ctx: \
             &WorkflowContext<Self>` and reach the state through it"
        );
        report.error(receiver, message);
    }
    check_output(&marked.sig, subject, report);
}

fn check_init(marked: &Marked, subject: Subject<'_>, report: &mut Report) {
    check_sync(&marked.method, subject, "it only makes the first state", report);
    if let Some(receiver) = marked.sig.receiver() {
        report.error(receiver, format!("{subject} cannot take `self`, since it makes the state: remove it"));
    }
    if returns_nothing(&marked.sig.output) {
        report.error(&marked.sig.ident, format!("{subject} must return the state: write `-> Self`"));
    }
}

fn check_signal(marked: &Marked, name: &WireName, subject: Subject<'_>, report: &mut Report) {
    check_changing_receiver(marked, subject, report);
    if let (false, ReturnType::Type(_, ty)) = (returns_nothing(&marked.sig.output), &marked.sig.output) {
        let message =
            format!("{subject} returns a value, but a signal has no reply: remove the type, or make it an `#[update]`");
        report.error(ty, message);
    }
    check_dynamic(marked, name, subject, report);
}

fn check_query(marked: &Marked, name: &WireName, subject: Subject<'_>, report: &mut Report) {
    check_sync(&marked.method, subject, "a query answers from the state as it is", report);
    check_shared_receiver(marked, subject, "a query cannot change the state", report);
    if returns_nothing(&marked.sig.output) {
        report.error(
            &marked.sig.ident,
            format!("{subject} must return something, since a query is asked for its answer"),
        );
    }
    check_output(&marked.sig, subject, report);
    check_dynamic(marked, name, subject, report);
}

fn check_update(marked: &Marked, subject: Subject<'_>, report: &mut Report) {
    check_changing_receiver(marked, subject, report);
    check_output(&marked.sig, subject, report);
}

fn check_validator(marked: &Marked, subject: Subject<'_>, report: &mut Report) {
    check_sync(&marked.method, subject, "an update is accepted or rejected at once", report);
    check_shared_receiver(marked, subject, "a validator cannot change the state", report);
    if returns_nothing(&marked.sig.output) {
        let message =
            format!("{subject} must say whether the update is accepted: write `-> Result<(), ApplicationFailure>`");
        report.error(&marked.sig.ident, message);
    }
}

fn check_sync(method: &Method, subject: Subject<'_>, reason: &str, report: &mut Report) {
    if let Some(asyncness) = method.asyncness {
        report.error_at(asyncness, format!("{subject} cannot be async, since {reason}: remove `async`"));
    }
}

/// Signals and updates: borrow the state while they run at once, reach it through the context while they wait.
fn check_changing_receiver(marked: &Marked, subject: Subject<'_>, report: &mut Report) {
    match (marked.sig.receiver(), marked.method.receiver, marked.method.asyncness) {
        (Some(receiver), _, Some(_)) => {
            let message = format!(
                "async {subject} cannot take `self`, since a borrow of the state cannot live across an await: take `ctx: \
                 &WorkflowContext<Self>`, or remove `async`"
            );
            report.error(receiver, message);
        }
        (Some(receiver), Receiver::Other(_), None) => {
            report.error(receiver, format!("{subject} only borrows the state: write `&mut self`"));
        }
        (None, _, None) => {
            report.error(&marked.sig.ident, format!("{subject} has no `self`: write `&mut self`"));
        }
        _ => {}
    }
}

fn check_shared_receiver(marked: &Marked, subject: Subject<'_>, reason: &str, report: &mut Report) {
    match (marked.sig.receiver(), marked.method.receiver) {
        (None, _) => report.error(&marked.sig.ident, format!("{subject} has no `self`: write `&self`")),
        (Some(_), Receiver::Ref) => {}
        (Some(receiver), Receiver::Mut) => {
            report.error(receiver, format!("{subject} cannot take `&mut self`, since {reason}: write `&self`"))
        }
        (Some(receiver), _) => report.error(receiver, format!("{subject} only borrows the state: write `&self`")),
    }
}

fn check_dynamic(marked: &Marked, name: &WireName, subject: Subject<'_>, report: &mut Report) {
    let count = marked.method.arguments.len();
    if matches!(name, WireName::Dynamic(_)) && count != 2 {
        let message = format!(
            "dynamic {subject} takes {} instead of the name and the payloads: write `name: String, args: \
             RawValue`",
            arguments(count)
        );
        report.error(&marked.sig.ident, message);
    }
}
