//! Rust names that the expansion needs for itself.

use syn::{ImplItem, ItemImpl, ext::IdentExt};

use super::handler::kind;
use crate::{
    model::WireName,
    parse::{ActivitiesDraft, Marked, Role, WorkflowDraft},
    report::Report,
};

/// Associated functions that a workflow type gets.
const ON_WORKFLOW: [&str; 8] =
    ["start", "handle", "child", "external", "continue_as_new", "schedule", "schedule_handle", "arguments"];

/// Methods that every handle has, beside those of the handlers. `into` and `try_into` are not methods of the type itself, but
/// they take it by value, and so a call prefers them.
const ON_HANDLES: [&str; 24] = [
    "id",
    "workflow_id",
    "run_id",
    "first_execution_run_id",
    "for_run",
    "client",
    "result",
    "execute",
    "cancel",
    "terminate",
    "describe",
    "history",
    "untyped",
    "update_handle",
    "reset",
    "info",
    "namespace",
    "signal",
    "query",
    "update",
    "clone",
    "deref",
    "into",
    "try_into",
];

/// Associated functions that a type with activities gets.
const ON_ACTIVITIES: [&str; 4] = ["activities", "async_handle", "async_handle_by_id", "mocks"];

/// Checks the method names of a workflow.
pub(super) fn check_handler_collisions(draft: &WorkflowDraft, report: &mut Report) {
    check_methods(&draft.item, &draft.methods, &ON_WORKFLOW, "workflow", report);
    for marked in &draft.methods {
        if let Role::Signal(name) | Role::Query(name) | Role::Update(name) = &marked.role
            && let WireName::Named(name) = name
            && ON_HANDLES.contains(&marked.method.ident.unraw().to_string().as_str())
        {
            report_collision(marked, "is also what every handle has under that name", Some(&name.value()), report);
        }
    }
}

/// Checks the method names of a type with activities.
pub(super) fn check_activity_collisions(draft: &ActivitiesDraft, report: &mut Report) {
    check_methods(&draft.item, &draft.methods, &ON_ACTIVITIES, "activities", report);
}

/// No function of the impl, marked or not, may be called like a generated one beside it.
fn check_methods(item: &ItemImpl, methods: &[Marked], reserved: &[&str], attribute: &str, report: &mut Report) {
    for member in &item.items {
        let ImplItem::Fn(function) = member else {
            continue;
        };
        let ident = &function.sig.ident;
        if !reserved.contains(&ident.unraw().to_string().as_str()) {
            continue;
        }
        let clash = format!("is also a function that `#[{attribute}]` adds to the type");
        match methods.iter().find(|marked| marked.method.ident == *ident) {
            Some(marked) => report_collision(marked, &clash, wire_name(&marked.role).as_deref(), report),
            None => report.error(ident, format!("`{ident}` {clash}: give yours another name")),
        }
    }
}

fn report_collision(marked: &Marked, clash: &str, name: Option<&str>, report: &mut Report) {
    let ident = &marked.method.ident;
    let kind = kind(&marked.role);
    let advice = match (name, &marked.role) {
        (Some(name), role) => {
            let (marker, prefix) = match role {
                Role::Query(_) => ("query", "get"),
                Role::Update(_) => ("update", "do"),
                Role::Activity { .. } => ("activity", "do"),
                _ => ("signal", "on"),
            };
            format!(
                "rename the method and keep its name on the wire, as in `#[{marker}(name = \"{name}\")] fn {prefix}_{}`",
                ident.unraw()
            )
        }
        (None, _) => "give the method another name".into(),
    };
    report.error(ident, format!("{kind} `{ident}` {clash}: {advice}"));
}

fn wire_name(role: &Role) -> Option<String> {
    match role {
        Role::Signal(WireName::Named(name))
        | Role::Query(WireName::Named(name))
        | Role::Update(WireName::Named(name)) => Some(name.value()),
        Role::Activity { name, .. } => Some(name.value()),
        _ => None,
    }
}
