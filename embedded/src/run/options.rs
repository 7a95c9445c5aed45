//! What can be changed of a workflow while it runs: where its tasks go, and which requests it belongs to.

use std::collections::HashMap;

use super::{Run, Step};
use crate::{
    api::{
        Attributes, HistoryEvent, Link, Priority,
        enums::{EventType, VersioningBehavior},
        history::WorkflowExecutionOptionsUpdatedEventAttributes,
        workflow::{
            RequestIdInfo, VersioningOverride, WorkflowExecutionOptions, WorkflowExecutionVersioningInfo,
            versioning_override::Override,
        },
    },
    refusal::Refusal,
};

const COMPLETED: &str = "workflow execution already completed";

/// The options of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Options {
    pub(crate) versioning_override: Option<VersioningOverride>,
    pub(crate) priority: Option<Priority>,
}

/// Other options, of which only those count that the mask names.
#[derive(Clone, Debug, Default)]
pub(crate) struct OptionsChange {
    given: WorkflowExecutionOptions,
    paths: Vec<String>,
}

/// What a start attaches to the workflow that runs already.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Attach {
    pub(crate) request_id: Option<String>,
    pub(crate) links: Vec<Link>,
}

impl OptionsChange {
    /// Errors: there is no mask, it names what there is not, or an override says nothing.
    pub(crate) fn new(given: Option<WorkflowExecutionOptions>, paths: Option<Vec<String>>) -> Result<Self, Refusal> {
        let paths =
            paths.filter(|paths| !paths.is_empty()).ok_or_else(|| Refusal::invalid("UpdateMask is required"))?;
        let change = Self { given: given.unwrap_or_default(), paths };
        let mut probe = Options::default();
        change.apply(&mut probe)?;
        match &probe.versioning_override {
            Some(given) if behavior(given).is_none() => Err(Refusal::invalid("override behavior is required")),
            _ => Ok(change),
        }
    }

    fn apply(&self, options: &mut Options) -> Result<(), Refusal> {
        for path in &self.paths {
            let new = self.given.priority.clone();
            match path.as_str() {
                "versioning_override" => options.versioning_override.clone_from(&self.given.versioning_override),
                "priority" => options.priority = new,
                "priority.priority_key" => {
                    options.priority.get_or_insert_default().priority_key = new.unwrap_or_default().priority_key;
                }
                "priority.fairness_key" => {
                    options.priority.get_or_insert_default().fairness_key = new.unwrap_or_default().fairness_key;
                }
                "priority.fairness_weight" => {
                    options.priority.get_or_insert_default().fairness_weight = new.unwrap_or_default().fairness_weight;
                }
                "time_skipping_config" => {
                    let message = "the embedded server does not implement time_skipping_config of a workflow";
                    return Err(Refusal::unimplemented(message));
                }
                other => {
                    return Err(Refusal::invalid(format!(
                        "error parsing UpdateMask: proto: invalid path \"{other}\" for message \"temporal.api.workflow.v1.WorkflowExecutionOptions\""
                    )));
                }
            }
        }
        Ok(())
    }
}

impl Options {
    pub(crate) fn proto(&self) -> WorkflowExecutionOptions {
        WorkflowExecutionOptions {
            versioning_override: self.versioning_override.clone(),
            priority: self.priority.clone(),
            ..WorkflowExecutionOptions::default()
        }
    }

    /// What a description says of versions.
    #[allow(deprecated)]
    pub(crate) fn versioning_info(&self) -> Option<WorkflowExecutionVersioningInfo> {
        let mut given = self.versioning_override.clone()?;
        // Clients that are older than the variants read this.
        given.behavior = behavior(&given).unwrap_or_default() as i32;
        Some(WorkflowExecutionVersioningInfo { versioning_override: Some(given), ..Default::default() })
    }
}

/// What an override makes of the workflow's own behaviour.
#[allow(deprecated)]
fn behavior(given: &VersioningOverride) -> Option<VersioningBehavior> {
    match &given.r#override {
        Some(Override::AutoUpgrade(true)) => Some(VersioningBehavior::AutoUpgrade),
        Some(Override::Pinned(_) | Override::OneTime(_)) => Some(VersioningBehavior::Pinned),
        Some(Override::AutoUpgrade(false)) | None => {
            Some(given.behavior()).filter(|behavior| *behavior != VersioningBehavior::Unspecified)
        }
    }
}

impl Run {
    /// Changes the options; what stays as it is leaves no trace.
    ///
    /// Errors: the workflow is closed, or an option cannot be changed.
    pub(crate) fn change_options(
        &mut self,
        change: &OptionsChange,
        identity: &str,
        step: &mut Step<'_>,
    ) -> Result<WorkflowExecutionOptions, Refusal> {
        if !self.is_open() {
            return Err(Refusal::not_found(COMPLETED));
        }
        let mut options = self.options.clone();
        change.apply(&mut options)?;
        if options != self.options {
            let unset = self.options.versioning_override.is_some() && options.versioning_override.is_none();
            let event = WorkflowExecutionOptionsUpdatedEventAttributes {
                versioning_override: options.versioning_override.clone(),
                unset_versioning_override: unset,
                priority: options.priority.clone(),
                identity: identity.to_owned(),
                ..Default::default()
            };
            self.options = options;
            self.write(Attributes::WorkflowExecutionOptionsUpdatedEventAttributes(event), step.now, Vec::new());
            self.finish(step);
        }
        Ok(self.options.proto())
    }

    /// Another start means this run.
    pub(crate) fn attach(&mut self, attach: Attach, step: &mut Step<'_>) {
        let Attach { request_id, links } = attach;
        if !self.is_open() || (request_id.is_none() && links.is_empty()) {
            return;
        }
        let request_id = request_id.unwrap_or_default();
        if !request_id.is_empty() {
            self.attached.push(request_id.clone());
        }
        let event =
            WorkflowExecutionOptionsUpdatedEventAttributes { attached_request_id: request_id, ..Default::default() };
        self.write(Attributes::WorkflowExecutionOptionsUpdatedEventAttributes(event), step.now, links);
        self.finish(step);
    }

    /// What the event says has been done.
    pub(super) fn follow_options(&mut self, event: &WorkflowExecutionOptionsUpdatedEventAttributes) {
        if event.unset_versioning_override {
            self.options.versioning_override = None;
        } else if event.versioning_override.is_some() {
            self.options.versioning_override.clone_from(&event.versioning_override);
        }
        if event.priority.is_some() {
            self.options.priority.clone_from(&event.priority);
        }
        if !event.attached_request_id.is_empty() {
            self.attached.push(event.attached_request_id.clone());
        }
    }

    /// The events that requests have led to, by the ids of the requests.
    pub(crate) fn requests(&self) -> HashMap<String, RequestIdInfo> {
        let info = |kind: EventType, event_id: i64| RequestIdInfo {
            event_type: kind as i32,
            event_id,
            buffered: event_id == 0,
        };
        // A signal that came with the start has the same request, and is the event that is named.
        let with_start = |event: &HistoryEvent| match &event.attributes {
            Some(Attributes::WorkflowExecutionSignaledEventAttributes(signal)) => {
                signal.request_id == self.create_request_id
            }
            _ => false,
        };
        let created = self.log.event(2).filter(with_start).map_or(1, |event| event.event_id);
        let mut requests =
            HashMap::from([(self.create_request_id.clone(), info(EventType::WorkflowExecutionStarted, created))]);
        // Those that are still in the buffer have no event so far.
        let attached = self.attached.iter();
        requests.extend(attached.map(|id| (id.clone(), info(EventType::WorkflowExecutionOptionsUpdated, 0))));
        for event in self.log.events() {
            let id = match &event.attributes {
                Some(Attributes::WorkflowExecutionOptionsUpdatedEventAttributes(updated)) => {
                    updated.attached_request_id.clone()
                }
                Some(Attributes::WorkflowExecutionUpdateAcceptedEventAttributes(accepted)) => {
                    let Some(request) = &accepted.accepted_request else { continue };
                    request.request_id.clone()
                }
                _ => continue,
            };
            if !id.is_empty() {
                requests.insert(id, info(event.event_type(), event.event_id));
            }
        }
        requests
    }
}
