//! Each validator belongs to one update and takes what it takes.

use quote::ToTokens;
use syn::{Ident, ext::IdentExt};

use super::signature::arguments;
use crate::{
    parse::{Marked, Role, WorkflowDraft},
    report::Report,
    suggest,
};

/// Checks which updates the validators name.
pub(super) fn check_validators(draft: &WorkflowDraft, report: &mut Report) {
    let mut taken: Vec<(&Marked, &Marked)> = Vec::new();
    for validator in &draft.methods {
        let Role::Validator(Some(name)) = &validator.role else {
            continue;
        };
        let Some(update) = find_update(&draft.methods, validator, name, report) else {
            continue;
        };
        check_arguments(validator, update, report);
        if let Some((first, _)) = taken.iter().find(|(_, other)| std::ptr::eq(*other, update)) {
            let message =
                format!("update `{}` has a validator already: an update has at most one", update.method.ident);
            report.error(name, message);
            report.error(&first.attribute, format!("its first validator is `{}`", first.method.ident));
        } else {
            taken.push((validator, update));
        }
    }
}

/// The update that a validator is for. Where `cfg` chooses between updates of one name, it is the one under the same `cfg`.
pub(super) fn matching_update<'a>(
    updates: impl Iterator<Item = &'a Marked> + Clone,
    validator: &Marked,
    name: &Ident,
) -> Option<&'a Marked> {
    let mut named = updates.filter(|marked| marked.method.ident.unraw() == name.unraw());
    let under_same_cfg = named.clone().find(|update| cfg_of(update) == cfg_of(validator));
    under_same_cfg.or_else(|| {
        let first = named.next();
        if named.next().is_none() { first } else { None }
    })
}

fn find_update<'a>(methods: &'a [Marked], validator: &Marked, name: &Ident, report: &mut Report) -> Option<&'a Marked> {
    let updates = methods.iter().filter(|marked| matches!(marked.role, Role::Update(_)));
    let found = matching_update(updates.clone(), validator, name);
    if found.is_some() {
        return found;
    }
    let names: Vec<String> = updates.map(|marked| marked.method.ident.unraw().to_string()).collect();
    let message = if names.contains(&name.unraw().to_string()) {
        format!("`{name}` is written twice under `cfg`: write the validator twice too, under the same `cfg`")
    } else if let Some(other) = methods.iter().find(|marked| marked.method.ident.unraw() == name.unraw()) {
        let marker = other.attribute.path().to_token_stream();
        format!("`{name}` is marked `#[{marker}]`, not `#[update]`: only updates have validators")
    } else {
        let hint = suggest::did_you_mean(&name.to_string(), names.iter().map(String::as_str));
        format!("no method marked `#[update]` is called `{name}`{hint}")
    };
    report.error(name, message);
    None
}

fn check_arguments(validator: &Marked, update: &Marked, report: &mut Report) {
    let (given, needed) = (validator.method.arguments.len(), update.method.arguments.len());
    if given != needed && given != needed + 1 {
        let message = format!(
            "validator `{}` takes {}, but update `{}` takes {needed}: take each by reference, with only a context before \
             them",
            validator.method.ident,
            arguments(given),
            update.method.ident
        );
        report.error(&validator.method.ident, message);
    }
}

fn cfg_of(marked: &Marked) -> String {
    marked.method.attrs.cfg.iter().map(|attr| attr.to_token_stream().to_string()).collect()
}
