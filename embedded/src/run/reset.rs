//! A run that goes on from a point in the history of another one.

use super::{Options, OptionsChange, Run, Step, log::Extra, rebuild::answered};
use crate::{
    api::{
        Attributes, Failure, FailureInfo, HistoryEvent,
        enums::{ContinueAsNewInitiator, ResetReapplyExcludeType, UpdateAdmittedEventOrigin, WorkflowTaskFailedCause},
        failure::ResetWorkflowFailureInfo,
        history,
    },
    refusal::Refusal,
};

/// From where a run goes on as another one.
#[derive(Debug)]
pub(crate) struct Reset {
    pub(crate) run_id: String,
    pub(crate) request_id: String,
    pub(crate) reason: String,
    /// The event in place of which the workflow task fails.
    pub(crate) finish_id: i64,
    pub(crate) exclude: Vec<ResetReapplyExcludeType>,
    /// Other options for the run that goes on.
    pub(crate) changes: Vec<OptionsChange>,
}

impl Run {
    /// The run that goes on from there. `later` are the events of the runs that continued this one.
    ///
    /// Errors: there is no workflow task at that point.
    pub(crate) fn reset(&self, reset: &Reset, later: &[HistoryEvent], step: &mut Step<'_>) -> Result<Self, Refusal> {
        let id = reset.finish_id;
        if id <= 1 || id >= self.log.next_id() {
            let message = "Workflow task finish ID must be > 1 && <= workflow last event ID.";
            return Err(Refusal::invalid(message));
        }
        let point = usize::try_from(id - 1).unwrap_or(0).min(self.log.len());
        let before: Vec<_> = self.log.range(0..point).collect();
        let start = self.again(ContinueAsNewInitiator::Unspecified, step);
        let mut run = Self::blank(&start, &reset.run_id, step.now);
        run.started = self.started.clone();
        run.options = Options {
            versioning_override: self.started.versioning_override.clone(),
            priority: self.started.priority.clone(),
        };
        run.create_request_id.clone_from(&reset.request_id);
        run.take_over(&before, step);
        if run.task.is_none() {
            return Err(Refusal::invalid(format!(
                "Can only reset workflow to event ID in range [WorkflowTaskScheduled +1, WorkflowTaskStarted + 1]: {id}"
            )));
        }
        run.expire_later(step);
        run.start_to_reset(step);
        run.fail_to_reset(reset, &self.ids.run_id, step);
        for event in self.log.range(point..self.log.len()) {
            run.apply_again(&event, true, &reset.exclude, step);
        }
        for event in later {
            run.apply_again(event, false, &reset.exclude, step);
        }
        for change in &reset.changes {
            run.change_options(change, "", step)?;
        }
        run.schedule_task(step);
        run.finish(step);
        Ok(run)
    }

    fn fail_to_reset(&mut self, reset: &Reset, base_run_id: &str, step: &mut Step<'_>) {
        let Some(task) = self.task.take() else { return };
        let info = FailureInfo::ResetWorkflowFailureInfo(ResetWorkflowFailureInfo::default());
        let failure = Failure {
            message: reset.reason.clone(),
            source: "Server".to_owned(),
            failure_info: Some(info),
            ..Failure::default()
        };
        let event = history::WorkflowTaskFailedEventAttributes {
            scheduled_event_id: task.scheduled_id,
            started_event_id: task.started_id,
            cause: WorkflowTaskFailedCause::ResetWorkflow as i32,
            failure: Some(failure),
            identity: "history-service".to_owned(),
            base_run_id: base_run_id.to_owned(),
            new_run_id: reset.run_id.clone(),
            ..Default::default()
        };
        self.log.append(Attributes::WorkflowTaskFailedEventAttributes(event), step.now, Extra::default());
    }

    /// What the outside world has told the workflow since, it tells again. `own` events are of the run that is reset: what
    /// they answer may be waited for.
    fn apply_again(
        &mut self,
        event: &HistoryEvent,
        own: bool,
        exclude: &[ResetReapplyExcludeType],
        step: &mut Step<'_>,
    ) {
        let Some(attributes) = &event.attributes else { return };
        let excluded = |kind| exclude.contains(&kind);
        let again = match attributes {
            Attributes::WorkflowExecutionSignaledEventAttributes(signal) => {
                !excluded(ResetReapplyExcludeType::Signal) && self.signal_requests.insert(signal.request_id.clone())
            }
            Attributes::WorkflowExecutionCancelRequestedEventAttributes(_) => {
                !std::mem::replace(&mut self.cancel_requested, true)
            }
            Attributes::WorkflowExecutionOptionsUpdatedEventAttributes(updated) => {
                self.follow_options(updated);
                true
            }
            Attributes::WorkflowExecutionUpdateAcceptedEventAttributes(update) => {
                return self.admit_again(update.accepted_request.as_ref(), exclude, step);
            }
            Attributes::WorkflowExecutionUpdateAdmittedEventAttributes(update) => {
                return self.admit_again(update.request.as_ref(), exclude, step);
            }
            Attributes::ChildWorkflowExecutionStartedEventAttributes(started) => {
                own && self.children.contains_key(&started.initiated_event_id)
            }
            _ => own && answered(attributes).is_some_and(|initiated| self.awaits(initiated)),
        };
        if !again {
            return;
        }
        let mut attributes = attributes.clone();
        self.link_to_start(&mut attributes);
        let id =
            self.log.append(attributes.clone(), step.now, Extra { links: event.links.clone(), ..Extra::default() });
        self.follow_others(&HistoryEvent { event_id: id, ..event.clone() }, &attributes);
    }

    /// The started event of a child may have another id in this history.
    fn link_to_start(&self, attributes: &mut Attributes) {
        let started = |initiated: i64| self.children.get(&initiated).map_or(0, |child| child.started_id);
        match attributes {
            Attributes::ChildWorkflowExecutionCompletedEventAttributes(event) => {
                event.started_event_id = started(event.initiated_event_id);
            }
            Attributes::ChildWorkflowExecutionFailedEventAttributes(event) => {
                event.started_event_id = started(event.initiated_event_id);
            }
            Attributes::ChildWorkflowExecutionCanceledEventAttributes(event) => {
                event.started_event_id = started(event.initiated_event_id);
            }
            Attributes::ChildWorkflowExecutionTimedOutEventAttributes(event) => {
                event.started_event_id = started(event.initiated_event_id);
            }
            Attributes::ChildWorkflowExecutionTerminatedEventAttributes(event) => {
                event.started_event_id = started(event.initiated_event_id);
            }
            _ => {}
        }
    }

    fn awaits(&self, initiated: i64) -> bool {
        self.children.contains_key(&initiated)
            || self.signals.contains_key(&initiated)
            || self.cancels.contains_key(&initiated)
    }

    fn admit_again(
        &mut self,
        request: Option<&crate::api::update::Request>,
        exclude: &[ResetReapplyExcludeType],
        step: &mut Step<'_>,
    ) {
        let Some(request) = request else { return };
        let id = request.meta.as_ref().map(|meta| meta.update_id.as_str()).unwrap_or_default();
        if exclude.contains(&ResetReapplyExcludeType::Update) || self.knows_update(id) {
            return;
        }
        let event = history::WorkflowExecutionUpdateAdmittedEventAttributes {
            request: Some(request.clone()),
            origin: UpdateAdmittedEventOrigin::Reapply as i32,
        };
        let event = Attributes::WorkflowExecutionUpdateAdmittedEventAttributes(event);
        self.log.append(event, step.now, Extra::default());
        self.take_over_admitted(request.clone());
    }

    /// The children that go on as those of this run, by their first runs.
    pub(crate) fn children_taken_over(&self) -> impl Iterator<Item = &str> {
        self.children.values().filter_map(|child| child.run_id.as_deref())
    }
}
