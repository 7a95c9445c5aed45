//! A workflow has one run method, at most one init method, and both take the same input.

use syn::ext::IdentExt;

use super::{handler::kind, signature::arguments};
use crate::{
    model::{IdPiece, IdTemplate, Method},
    parse::{Marked, Role, WorkflowDraft},
    report::Report,
    suggest,
};
use quote::ToTokens;

/// Checks what run and init are to each other and to the impl.
pub(super) fn check_run_and_init(draft: &WorkflowDraft, report: &mut Report) {
    let runs: Vec<&Marked> = draft.methods.iter().filter(|marked| matches!(marked.role, Role::Run { .. })).collect();
    let inits: Vec<&Marked> = draft.methods.iter().filter(|marked| matches!(marked.role, Role::Init)).collect();
    check_only_one(&runs, report);
    check_only_one(&inits, report);
    let Some(run) = runs.first() else {
        let self_ty = draft.item.self_ty.to_token_stream();
        let message = format!("the workflow `{self_ty}` has no run method: mark its `async fn` with `#[run]`");
        report.error(&draft.item.self_ty, message);
        return;
    };
    // A run method without arguments leaves them to init, and a start takes what that takes.
    let init = inits.first().filter(|_| run.method.arguments.is_empty());
    for run in &runs {
        if let Role::Run { id: Some(id) } = &run.role {
            check_id(id, &init.unwrap_or(run).method, report);
        }
    }
    for init in inits {
        check_init_arguments(&init.method, &run.method, report);
    }
}

fn check_only_one(methods: &[&Marked], report: &mut Report) {
    if let [first, others @ ..] = methods {
        for other in others {
            let kind = kind(&other.role);
            let message =
                format!("`{}` is one more {kind}, but a workflow has only one: remove a marker", other.method.ident);
            report.error(&other.attribute, message);
        }
        if !others.is_empty() {
            report.error(&first.attribute, format!("the first {} is `{}`", kind(&first.role), first.method.ident));
        }
    }
}

/// Init and run are given the same input; either may do without.
fn check_init_arguments(init: &Method, run: &Method, report: &mut Report) {
    let (given, needed) = (init.arguments.len(), run.arguments.len());
    if given != 0 && needed != 0 && given != needed {
        let message = format!(
            "init method `{}` takes {}, but `{}` takes {needed}: take the same ones, or none",
            init.ident,
            arguments(given),
            run.ident
        );
        report.error(&init.ident, message);
    }
}

fn check_id(id: &IdTemplate, input: &Method, report: &mut Report) {
    let names: Vec<String> = input.arguments.iter().map(|argument| argument.ident.unraw().to_string()).collect();
    for piece in &id.pieces {
        let IdPiece::Placeholder { argument, .. } = piece else {
            continue;
        };
        if input.arguments.iter().any(|known| known.ident == argument) {
            continue;
        }
        let argument = argument.trim_start_matches("r#");
        let hint = suggest::did_you_mean(argument, names.iter().map(String::as_str));
        let known = match names.as_slice() {
            [] => format!("`{}` takes none", input.ident),
            names => format!("`{}` takes {}", input.ident, suggest::list(names.iter().map(String::as_str))),
        };
        report.error(&id.literal, format!("`{{{argument}}}` is not an argument of the run method: {known}{hint}"));
    }
}
