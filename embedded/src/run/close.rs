//! The end of a run.

use super::{
    Effect, NewRun, Report, Run, Step,
    effect::Outcome,
    failures,
    log::Extra,
    retry::{self, Retry},
};
use crate::{
    api::{
        Attributes, Failure, Payloads, WorkflowExecution, command,
        enums::{RetryState, TimeoutType, WorkflowExecutionStatus},
        history,
    },
    time::{self, Time},
};

impl Run {
    /// Writes the last event, and tells everyone who has to know. `outcome` is what the parent, or the schedule that
    /// started it, hears, unless another run goes on.
    pub(super) fn close(
        &mut self,
        status: WorkflowExecutionStatus,
        event: Attributes,
        outcome: Option<Outcome>,
        next: Option<NewRun>,
        step: &mut Step<'_>,
    ) {
        self.log.append(event, step.now, Extra::default());
        self.log.shrink();
        self.status = status;
        self.close_time = Some(step.now);
        self.task = None;
        self.buffered.clear();
        self.activities.clear();
        self.activity_ids.clear();
        self.timers.clear();
        self.signals.clear();
        self.cancels.clear();
        self.waiting = None;
        self.updates.close(next.is_some());
        for child in std::mem::take(&mut self.children).into_values() {
            let Some(run_id) = child.run_id else { continue };
            let execution = WorkflowExecution { workflow_id: child.workflow_id, run_id };
            step.effect(Effect::CloseChild { child: execution, policy: child.policy });
        }
        match (next, outcome) {
            (Some(next), _) => step.effect(Effect::Continue(Box::new(next))),
            (None, Some(outcome)) => step.effect(Effect::Report(self.report(outcome))),
            (None, None) => {}
        }
    }

    /// What this run tells its parent.
    pub(crate) fn report(&self, outcome: Outcome) -> Report {
        Report {
            initiated_id: self.started.parent_initiated_event_id,
            execution: WorkflowExecution { workflow_id: self.ids.workflow_id.clone(), run_id: self.ids.run_id.clone() },
            workflow_type: self.started.workflow_type.clone(),
            outcome,
        }
    }

    pub(super) fn complete(&mut self, result: Option<Payloads>, completed_id: i64, step: &mut Step<'_>) {
        let next = self.cron_run(result.clone(), None, step);
        let event = history::WorkflowExecutionCompletedEventAttributes {
            result: result.clone(),
            workflow_task_completed_event_id: completed_id,
            new_execution_run_id: next.as_ref().map(|next| next.run_id.clone()).unwrap_or_default(),
        };
        let event = Attributes::WorkflowExecutionCompletedEventAttributes(event);
        self.close(WorkflowExecutionStatus::Completed, event, Some(Outcome::Completed { result }), next, step);
    }

    pub(super) fn fail(&mut self, failure: Option<Failure>, completed_id: i64, step: &mut Step<'_>) {
        let failure = failures::readable(failure.unwrap_or_default());
        let (retry_state, next) = self.after_failure(&failure, step);
        let event = history::WorkflowExecutionFailedEventAttributes {
            failure: Some(failure.clone()),
            retry_state: retry_state as i32,
            workflow_task_completed_event_id: completed_id,
            new_execution_run_id: next.as_ref().map(|next| next.run_id.clone()).unwrap_or_default(),
        };
        let event = Attributes::WorkflowExecutionFailedEventAttributes(event);
        let outcome = Outcome::Failed { failure: Some(Box::new(failure)), retry_state };
        self.close(WorkflowExecutionStatus::Failed, event, Some(outcome), next, step);
    }

    /// The retry policy first, then the cron schedule.
    fn after_failure(&self, failure: &Failure, step: &mut Step<'_>) -> (RetryState, Option<NewRun>) {
        let expiration = self.started.workflow_execution_expiration_time.as_ref().map(Time::from_proto);
        let policy = self.started.retry_policy.as_ref();
        match retry::decide(policy, self.started.attempt, failure, step.now, expiration) {
            Retry::After(backoff) => (RetryState::InProgress, Some(self.retry_run(failure, backoff, step))),
            Retry::No(state) => (state, self.cron_run(None, Some(failure), step)),
        }
    }

    pub(super) fn cancel(&mut self, details: Option<Payloads>, completed_id: i64, step: &mut Step<'_>) {
        let event = history::WorkflowExecutionCanceledEventAttributes {
            workflow_task_completed_event_id: completed_id,
            details: details.clone(),
        };
        let event = Attributes::WorkflowExecutionCanceledEventAttributes(event);
        self.close(WorkflowExecutionStatus::Canceled, event, Some(Outcome::Canceled { details }), None, step);
    }

    #[allow(deprecated)]
    pub(super) fn continue_as_new(
        &mut self,
        command: command::ContinueAsNewWorkflowExecutionCommandAttributes,
        completed_id: i64,
        step: &mut Step<'_>,
    ) {
        let next = self.continued_run(&command, step);
        let start = &next.start;
        let event = history::WorkflowExecutionContinuedAsNewEventAttributes {
            new_execution_run_id: next.run_id.clone(),
            workflow_type: Some(start.workflow_type.clone()),
            task_queue: Some(crate::api::TaskQueue { name: start.task_queue.clone(), ..self.task_queue() }),
            input: command.input,
            workflow_run_timeout: Some(time::proto(start.run_timeout.unwrap_or_default())),
            workflow_task_timeout: Some(time::proto(start.task_timeout)),
            workflow_task_completed_event_id: completed_id,
            backoff_start_interval: command.backoff_start_interval,
            initiator: command.initiator,
            failure: command.failure.map(failures::readable),
            last_completion_result: command.last_completion_result,
            header: command.header,
            memo: command.memo,
            search_attributes: command.search_attributes.map(super::commands::without_empty),
            inherit_build_id: command.inherit_build_id,
            initial_versioning_behavior: command.initial_versioning_behavior,
        };
        let event = Attributes::WorkflowExecutionContinuedAsNewEventAttributes(event);
        self.close(WorkflowExecutionStatus::ContinuedAsNew, event, None, Some(next), step);
    }

    /// The time of the run, or of the whole execution, is over.
    pub(super) fn time_out(&mut self, execution: bool, step: &mut Step<'_>) {
        self.force_close_task(step);
        let failure = failures::activity_timeout(TimeoutType::StartToClose, Some("workflow timeout"), None, None);
        let (retry_state, next) = match execution {
            true => (RetryState::Timeout, None),
            false => self.after_failure(&failure, step),
        };
        let event = history::WorkflowExecutionTimedOutEventAttributes {
            retry_state: retry_state as i32,
            new_execution_run_id: next.as_ref().map(|next| next.run_id.clone()).unwrap_or_default(),
        };
        let event = Attributes::WorkflowExecutionTimedOutEventAttributes(event);
        self.close(WorkflowExecutionStatus::TimedOut, event, Some(Outcome::TimedOut { retry_state }), next, step);
    }

    /// Ends a transition: what was written belongs together.
    pub(super) fn finish(&mut self, step: &mut Step<'_>) {
        self.log.seal();
        self.transitions += 1;
        let reason = if self.log.bytes() > step.limits.history_bytes {
            "Workflow history size exceeds limit."
        } else if self.log.len() > step.limits.history_events {
            "Workflow history count exceeds limit."
        } else {
            return;
        };
        if self.is_open() && !self.task_started() {
            // An open run can be terminated.
            let _ = self.terminate(reason, None, "history-service", step);
        }
    }
}
