//! The one place that rejects. Each check adds what it finds and the next one goes on, so that all mistakes of an item are
//! reported at once; what comes out has passed all of them, and the expansion relies on it.
//!
//! A wrong option keeps nothing from being expanded: a typo there should not also take away the types and methods that the
//! rest of the program uses. What could not be read is in the report already, and not in what is checked.

mod activity;
mod assemble;
mod collision;
mod cron;
mod defaults;
mod determinism;
mod failure;
mod handler;
mod item;
mod names;
mod parameters;
mod run;
mod signature;
mod test;
mod validator;

use syn::ImplItem;

use crate::{
    model::{ActivitiesImpl, ActivityFn, Failure, TestFn, WorkflowImpl, WorkflowStruct},
    parse::{ActivitiesDraft, FailureDraft, WorkflowDraft},
    report::Report,
};

pub use item::{reject_activities_item, reject_activity_item, reject_test_item, reject_workflow_item};

/// Checks `#[workflow]` on a struct.
pub fn check_workflow_struct(mut workflow: WorkflowStruct, report: &mut Report) -> Option<WorkflowStruct> {
    let before = report.len();
    item::check_struct(&workflow.item, report);
    let sound = report.len() == before;
    workflow.fields = determinism::check_fields(&mut workflow.item, &workflow.krate, report);
    names::check_name(&workflow.name, report);
    defaults::check_workflow_defaults(&workflow.defaults, report);
    sound.then_some(workflow)
}

/// Checks `#[workflow]` on an impl.
pub fn check_workflow_impl(mut draft: WorkflowDraft, report: &mut Report) -> Option<WorkflowImpl> {
    let before = report.len();
    item::check_impl(&draft.item, "workflow", report);
    for marked in &draft.methods {
        handler::check_method(marked, report);
    }
    run::check_run_and_init(&draft, report);
    validator::check_validators(&draft, report);
    names::check_handler_names(&draft.methods, report);
    collision::check_handler_collisions(&draft, report);
    let sound = report.len() == before;
    let questions = determinism::check_bodies(&mut draft, report);
    if sound { assemble::assemble_workflow(draft, questions) } else { None }
}

/// Checks `#[activity]` on a function.
pub fn check_activity_fn(mut activity: ActivityFn, report: &mut Report) -> Option<ActivityFn> {
    let before = report.len();
    activity::check_function(&activity, report);
    let sound = report.len() == before;
    determinism::refuse_allows(&mut activity.item.attrs, &mut activity.item.block, &activity.krate, report);
    names::check_name(&activity.activity.name, report);
    defaults::check_activity_defaults(&activity.activity.defaults, report);
    sound.then_some(activity)
}

/// Checks `#[activities]` on an impl.
pub fn check_activities_impl(mut draft: ActivitiesDraft, report: &mut Report) -> Option<ActivitiesImpl> {
    let before = report.len();
    item::check_impl(&draft.item, "activities", report);
    activity::check_methods(&draft, report);
    names::check_handler_names(&draft.methods, report);
    collision::check_activity_collisions(&draft, report);
    let sound = report.len() == before;
    for member in &mut draft.item.items {
        if let ImplItem::Fn(function) = member {
            determinism::refuse_allows(&mut function.attrs, &mut function.block, &draft.krate, report);
        }
    }
    if sound { assemble::assemble_activities(draft) } else { None }
}

/// Checks `#[durably::test]` on a function.
pub fn check_test(test: TestFn, report: &mut Report) -> Option<TestFn> {
    let before = report.len();
    test::check_test_function(&test, report);
    (report.len() == before).then_some(test)
}

/// Checks a type that derives `Failure`.
pub fn check_failure(draft: FailureDraft, report: &mut Report) -> Option<Failure> {
    failure::check_options(&draft.failure, report);
    let before = report.len();
    failure::check_item(&draft, report);
    failure::check_fields(&draft.failure, report);
    (report.len() == before).then_some(draft.failure)
}
