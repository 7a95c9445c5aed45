//! What the server knows of a schedule.

use std::{fmt, marker::PhantomData, ops::Deref};

use temporalio_client::schedules::{ScheduleDescription as Official, ScheduleDescriptionAction};
use temporalio_common::protos::temporal::api::{
    schedule::v1::{SchedulePolicies, ScheduleSpec, ScheduleState, schedule_action::Action},
    workflow::v1::NewWorkflowExecutionInfo,
};

use super::ScheduleError;
use crate::workflow::{RunInput, Workflow};

/// A schedule as the server describes it. It dereferences to the description of Temporal's client: note, times, recent and
/// running actions, memo and search attributes.
pub struct ScheduleDescription<W> {
    schedule_id: String,
    inner: Official,
    workflow: PhantomData<fn() -> W>,
}

impl<W: Workflow> ScheduleDescription<W> {
    pub(super) fn new(schedule_id: &str, inner: Official) -> Self {
        Self { schedule_id: schedule_id.to_owned(), inner, workflow: PhantomData }
    }

    /// The schedule id.
    pub fn schedule_id(&self) -> &str {
        &self.schedule_id
    }

    /// The arguments of every start, as a list: `(first, (second, ()))`.
    ///
    /// Errors: the payloads do not decode into the arguments of the workflow.
    pub async fn arguments(&self) -> Result<W::Arguments, ScheduleError> {
        let malformed = |reason: &str| ScheduleError::Malformed {
            schedule_id: self.schedule_id.clone(),
            reason: reason.to_owned(),
        };
        let ScheduleDescriptionAction::StartWorkflow(start) = self.inner.action() else {
            return Err(malformed("it does not start a workflow"));
        };
        let conversion = |error| ScheduleError::conversion(&self.schedule_id, error);
        let input = start.args::<RunInput<W>>().await.map_err(conversion)?;
        input.and_then(RunInput::into_arguments).ok_or_else(|| malformed("it has no arguments"))
    }

    /// What it starts: the workflow type, timeouts, retry policy, memo and all else of the start.
    pub fn workflow(&self) -> Option<&NewWorkflowExecutionInfo> {
        match self.inner.raw().schedule.as_ref()?.action.as_ref()?.action.as_ref()? {
            Action::StartWorkflow(workflow) => Some(workflow),
        }
    }

    /// When it starts.
    pub fn spec(&self) -> Option<&ScheduleSpec> {
        self.inner.raw().schedule.as_ref()?.spec.as_ref()
    }

    /// What happens on overlaps, failures and after the service was down.
    pub fn policies(&self) -> Option<&SchedulePolicies> {
        self.inner.raw().schedule.as_ref()?.policies.as_ref()
    }

    /// Whether it is paused, its note, and how many starts are left.
    pub fn state(&self) -> Option<&ScheduleState> {
        self.inner.raw().schedule.as_ref()?.state.as_ref()
    }
}

impl<W> Deref for ScheduleDescription<W> {
    type Target = Official;

    fn deref(&self) -> &Official {
        &self.inner
    }
}

impl<W> fmt::Debug for ScheduleDescription<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScheduleDescription").field("schedule_id", &self.schedule_id).finish_non_exhaustive()
    }
}
