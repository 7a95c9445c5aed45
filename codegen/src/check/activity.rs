//! What activities may look like.

use quote::ToTokens;

use super::{
    defaults::check_activity_defaults,
    parameters::check_parameters,
    signature::{Subject, check_output, check_shape},
};
use crate::{
    model::{ActivityFn, Receiver},
    parse::{ActivitiesDraft, Marked, Role},
    report::Report,
};

/// Checks an activity that is a function.
pub(super) fn check_function(activity: &ActivityFn, report: &mut Report) {
    let sig = &activity.item.sig;
    let subject = Subject { kind: "activity", ident: &sig.ident };
    if let Some(receiver) = sig.receiver() {
        report.error(receiver, format!("{subject} takes `self`: mark the impl around it `#[activities]`"));
    }
    check_shape(sig, subject, report);
    check_parameters(sig, subject, report);
    check_output(sig, subject, report);
}

/// Checks activities that are methods.
pub(super) fn check_methods(draft: &ActivitiesDraft, report: &mut Report) {
    if draft.methods.is_empty() {
        let self_ty = draft.item.self_ty.to_token_stream();
        report
            .error(&draft.item.self_ty, format!("`{self_ty}` has no activities: mark its methods with `#[activity]`"));
    }
    for marked in &draft.methods {
        check_method(marked, report);
    }
}

fn check_method(marked: &Marked, report: &mut Report) {
    let subject = Subject { kind: "activity", ident: &marked.method.ident };
    match (marked.method.receiver, marked.sig.receiver()) {
        (Receiver::Mut, Some(receiver)) => {
            let message = format!(
                "{subject} cannot take `&mut self`, since activities run at the same time and share it: write `&self`, and put what \
                 changes behind a `Mutex`"
            );
            report.error(receiver, message);
        }
        (Receiver::Other(_), Some(receiver)) => {
            report.error(
                receiver,
                format!("{subject} takes `self` that is shared behind an `Arc` already: write `&self`"),
            );
        }
        _ => {}
    }
    check_shape(&marked.sig, subject, report);
    check_parameters(&marked.sig, subject, report);
    check_output(&marked.sig, subject, report);
    if let Role::Activity { defaults, .. } = &marked.role {
        check_activity_defaults(defaults, report);
    }
}
