//! Changing a schedule: what is named changes, everything else stays.

use std::{
    marker::PhantomData,
    time::{Duration, SystemTime},
};

use temporalio_client::schedules::{ScheduleCalendarSpec, ScheduleOverlapPolicy};
use temporalio_common::{
    MemoValues, Priority, RetryPolicy,
    protos::temporal::api::{
        schedule::v1::{IntervalSpec, Schedule, ScheduleSpec},
        taskqueue::v1::TaskQueue,
    },
    search_attributes::{SearchAttributeUpdate, SearchAttributes},
};

use super::{
    action::{Pending, workflow_mut},
    options::{policies_mut, schedule_options, spec_mut, state_mut},
};
use crate::{
    wire::proto_duration,
    workflow::{RunInput, Workflow},
};

/// A schedule as it is, about to be changed by the closure of [`ScheduleHandle::update`](super::ScheduleHandle::update).
///
/// Each method changes what it names; times are added unless [`clear_times`](ScheduleChange::clear_times) takes away the old
/// ones first.
#[must_use = "return it from the closure"]
pub struct ScheduleChange<W: Workflow> {
    pub(super) schedule: Schedule,
    pub(super) pending: Pending<W>,
    pub(super) search_attributes: Vec<SearchAttributeUpdate>,
    workflow: PhantomData<fn() -> W>,
}

impl<W: Workflow> ScheduleChange<W> {
    pub(super) fn new(schedule: Schedule) -> Self {
        Self { schedule, pending: Pending::default(), search_attributes: Vec::new(), workflow: PhantomData }
    }

    schedule_options!();

    /// Takes away all intervals, calendars, cron expressions and skipped times, and nothing else.
    pub fn clear_times(self) -> Self {
        self.with(|schedule| {
            let old = std::mem::take(spec_mut(schedule));
            *spec_mut(schedule) = ScheduleSpec {
                start_time: old.start_time,
                end_time: old.end_time,
                jitter: old.jitter,
                timezone_name: old.timezone_name,
                timezone_data: old.timezone_data,
                ..ScheduleSpec::default()
            };
        })
    }

    /// New arguments: `schedule.arguments(Greeting::arguments("Grace"))`.
    pub fn arguments(mut self, arguments: RunInput<W>) -> Self {
        self.pending.arguments = Some(arguments);
        self
    }

    /// A new workflow id; the time of the start is put behind it.
    pub fn workflow_id(self, id: impl Into<String>) -> Self {
        let id = id.into();
        self.with(|schedule| workflow_mut(schedule).workflow_id = id)
    }

    /// A new task queue.
    pub fn task_queue(self, task_queue: impl Into<String>) -> Self {
        let queue = TaskQueue { name: task_queue.into(), ..TaskQueue::default() };
        self.with(|schedule| workflow_mut(schedule).task_queue = Some(queue))
    }

    /// A search attribute of the schedule itself, set with `TEAM.value_set(..)` or taken away with `TEAM.value_unset()`; the
    /// others stay. Its memo is that of its creation: servers do not change it.
    pub fn search_attribute(mut self, update: SearchAttributeUpdate) -> Self {
        self.search_attributes.push(update);
        self
    }

    /// No limit on the number of starts any more.
    pub fn unlimited_actions(self) -> Self {
        self.with(|schedule| {
            let state = state_mut(schedule);
            state.limited_actions = false;
            state.remaining_actions = 0;
        })
    }
}
