//! Sorts the methods of a draft that passed every check into the model.

use syn::{Visibility, ext::IdentExt};

use super::{item::self_path, validator::matching_update};
use crate::{
    model::{ActivitiesImpl, Activity, Handler, Questions, Run, Update, Validator, WorkflowImpl},
    parse::{ActivitiesDraft, Marked, Role, WorkflowDraft, split_validator_context},
};

/// The model of a workflow; none of what it lacks was let through by the checks.
pub(super) fn assemble_workflow(draft: WorkflowDraft, questions: Questions) -> Option<WorkflowImpl> {
    let self_ty = self_path(&draft.item.self_ty)?.clone();
    let validated = validated_updates(&draft.methods);
    let (mut run, mut init, mut validators) = (None, None, Vec::new());
    let (mut signals, mut queries, mut updates) = (Vec::new(), Vec::new(), Vec::new());
    for (index, marked) in draft.methods.into_iter().enumerate() {
        let method = marked.method;
        match marked.role {
            Role::Run { id } => run = Some(Run { method, id }),
            Role::Init => init = Some(method),
            Role::Signal(name) => signals.push(Handler { method, name }),
            Role::Query(name) => queries.push(Handler { method, name }),
            Role::Update(name) => updates.push((index, Update { handler: Handler { method, name }, validator: None })),
            Role::Validator(Some(update)) => {
                validators.push((index, Validator { method, update }, marked.sig));
            }
            Role::Validator(None) | Role::Activity { .. } => {}
        }
    }
    for (index, mut validator, sig) in validators {
        let (_, target) = validated.iter().find(|(of, _)| *of == index)?;
        let (_, update) = updates.iter_mut().find(|(at, _)| at == target)?;
        if validator.method.arguments.len() > update.handler.method.arguments.len() {
            split_validator_context(&mut validator.method, &sig);
        }
        update.validator = Some(validator);
    }
    let updates = updates.into_iter().map(|(_, update)| update).collect();
    Some(WorkflowImpl {
        item: draft.item,
        krate: draft.krate,
        attrs: draft.attrs,
        self_ty,
        run: run?,
        init,
        signals,
        queries,
        updates,
        questions,
    })
}

/// Each validator's place among the methods, with that of its update.
fn validated_updates(methods: &[Marked]) -> Vec<(usize, usize)> {
    let updates = methods.iter().filter(|marked| matches!(marked.role, Role::Update(_)));
    let place_of = |update: &Marked| methods.iter().position(|other| std::ptr::eq(other, update));
    let validators = methods.iter().enumerate().filter_map(|(index, marked)| match &marked.role {
        Role::Validator(Some(name)) => Some((index, matching_update(updates.clone(), marked, name)?)),
        _ => None,
    });
    validators.filter_map(|(index, update)| Some((index, place_of(update)?))).collect()
}

/// The model of a type with activities.
pub(super) fn assemble_activities(draft: ActivitiesDraft) -> Option<ActivitiesImpl> {
    let self_ty = self_path(&draft.item.self_ty)?.clone();
    let activities: Vec<Activity> = draft
        .methods
        .into_iter()
        .filter_map(|marked| match marked.role {
            Role::Activity { name, defaults } => Some(Activity { method: marked.method, name, defaults: *defaults }),
            _ => None,
        })
        .collect();
    let widest = activities.iter().map(|activity| &activity.method.vis).max_by_key(|vis| width(vis));
    let vis = widest.cloned().unwrap_or(Visibility::Inherited);
    Some(ActivitiesImpl { item: draft.item, krate: draft.krate, attrs: draft.attrs, self_ty, vis, activities })
}

/// A rank that grows with how far an item can be seen.
fn width(vis: &Visibility) -> u8 {
    match vis {
        Visibility::Public(_) => 3,
        Visibility::Restricted(restricted) if restricted.path.is_ident("crate") => 2,
        Visibility::Restricted(restricted)
            if restricted.path.get_ident().is_some_and(|path| path.unraw() == "self") =>
        {
            0
        }
        Visibility::Restricted(_) => 1,
        Visibility::Inherited => 0,
    }
}
