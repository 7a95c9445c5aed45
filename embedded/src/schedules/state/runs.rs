//! The workflows that a schedule starts.

use temporalio_protos::temporal::api::{
    common::v1::{Payloads, WorkflowExecution},
    enums::v1::WorkflowExecutionStatus as Status,
    failure::v1::Failure,
    schedule::v1::ScheduleActionResult,
};

use super::{Action, Schedule, StartId};
use crate::time::Time;

/// How many actions a schedule remembers.
const MOST_RECENT: usize = 10;

/// How the last run of a chain closed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    Completed(Option<Payloads>),
    Failed(Box<Failure>),
    Canceled,
    Terminated,
    TimedOut,
}

impl Outcome {
    fn status(&self) -> Status {
        match self {
            Self::Completed(_) => Status::Completed,
            Self::Failed(_) => Status::Failed,
            Self::Canceled => Status::Canceled,
            Self::Terminated => Status::Terminated,
            Self::TimedOut => Status::TimedOut,
        }
    }
}

impl Schedule {
    /// A start has been carried out.
    pub(crate) fn started(&mut self, now: Time, id: StartId, workflow_id: &str, run_id: &str) -> Vec<Action> {
        let Some((start, alone)) = self.starting.remove(&id) else { return Vec::new() };
        let execution = WorkflowExecution { workflow_id: workflow_id.into(), run_id: run_id.into() };
        self.counts.actions += 1;
        if self.recent.len() >= MOST_RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(ScheduleActionResult {
            schedule_time: Some(start.actual.proto()),
            actual_time: Some(now.proto()),
            start_workflow_result: Some(execution.clone()),
            start_workflow_status: Status::Running.into(),
        });
        if alone {
            self.running.push(execution);
        }
        self.act(now)
    }

    /// A start has been refused, for good: the next one has its turn.
    pub(crate) fn start_failed(&mut self, now: Time, id: StartId) -> Vec<Action> {
        if self.starting.remove(&id).is_none() {
            return Vec::new();
        }
        self.act(now)
    }

    /// A workflow that the schedule has started closed, and no run follows. `first_run_id` is what
    /// [`Schedule::started`] was told.
    ///
    /// Of runs that may overlap nobody takes notice: to the real server they stay running.
    pub(crate) fn run_closed(
        &mut self,
        now: Time,
        workflow_id: &str,
        first_run_id: &str,
        outcome: Outcome,
    ) -> Vec<Action> {
        let same = |run: &WorkflowExecution| run.workflow_id == workflow_id && run.run_id == first_run_id;
        let Some(index) = self.running.iter().position(same) else { return Vec::new() };
        self.running.remove(index);
        for result in &mut self.recent {
            if result.start_workflow_result.as_ref().is_some_and(same) {
                result.start_workflow_status = outcome.status().into();
            }
        }
        self.pause_after(workflow_id, &outcome);
        match outcome {
            Outcome::Completed(Some(result)) => {
                self.last_completion_result = Some(result);
                self.continued_failure = None;
            }
            Outcome::Failed(failure) => self.continued_failure = Some(*failure),
            Outcome::Completed(None) | Outcome::Canceled | Outcome::Terminated | Outcome::TimedOut => {}
        }
        self.due(now)
    }

    fn pause_after(&mut self, workflow_id: &str, outcome: &Outcome) {
        let asked = self.schedule.policies.as_ref().is_some_and(|policies| policies.pause_on_failure);
        if !asked || self.is_paused() {
            return;
        }
        let notes = match outcome {
            Outcome::Failed(failure) => format!("paused due to workflow failure: {workflow_id}: {}", failure.message),
            Outcome::TimedOut => format!("paused due to workflow timeout: {workflow_id}"),
            Outcome::Completed(_) | Outcome::Canceled | Outcome::Terminated => return,
        };
        self.pause(true, notes);
    }
}
