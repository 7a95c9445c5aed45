//! Creating a schedule.

use std::{
    marker::PhantomData,
    time::{Duration, SystemTime},
};

use temporalio_client::{
    Client,
    schedules::{ScheduleBackfill, ScheduleCalendarSpec, ScheduleOverlapPolicy},
};
use temporalio_common::{
    MemoValues, Priority, RetryPolicy,
    protos::temporal::api::{
        schedule::v1::{IntervalSpec, Schedule, SchedulePatch, TriggerImmediatelyRequest},
        taskqueue::v1::TaskQueue,
    },
    search_attributes::SearchAttributes,
};

use super::{
    ScheduleError, ScheduleHandle,
    action::{Pending, new_workflow, workflow_mut},
    handle::{backfill_request, overlap_policy},
    options::{policies_mut, schedule_options, spec_mut, state_mut},
    send::{self, Definition},
};
use crate::{
    typestate::{Given, HasId, HasTaskQueue},
    wire::proto_duration,
    workflow::{RunInput, Workflow, WorkflowType},
};

/// A schedule that starts the workflow `W`; [`create`](CreateSchedule::create) it.
///
/// `Id` and `Queue` say whether there are a workflow id and a task queue. Without both it cannot be created. The arguments,
/// and the defaults of `#[workflow]`, are those of every start.
///
/// Interceptors of the client see the creation as far as Temporal's own options reach: the ids, the workflow and its arguments,
/// the note, whether it is paused or triggered. What they change of that is kept, and everything else is added behind them.
#[must_use = "a schedule is not there unless it is created"]
pub struct CreateSchedule<W: Workflow, Id = <W as Workflow>::Id, Queue = <W as WorkflowType>::TaskQueue> {
    client: Client,
    schedule_id: String,
    schedule: Schedule,
    pending: Pending<W>,
    memo: Option<MemoValues>,
    search_attributes: Option<SearchAttributes>,
    patch: Option<SchedulePatch>,
    given: PhantomData<fn() -> (Id, Queue)>,
}

impl<W: Workflow> CreateSchedule<W> {
    /// A schedule with the defaults of the attributes, that never starts.
    #[doc(hidden)]
    pub fn new(client: &Client, schedule_id: impl Into<String>, input: RunInput<W>) -> Self {
        let mut schedule = Schedule::default();
        *workflow_mut(&mut schedule) = new_workflow(&input);
        Self {
            client: client.clone(),
            schedule_id: schedule_id.into(),
            schedule,
            pending: Pending { arguments: Some(input), ..Pending::default() },
            memo: None,
            search_attributes: None,
            patch: None,
            given: PhantomData,
        }
    }
}

impl<W: Workflow, Id, Queue> CreateSchedule<W, Id, Queue> {
    schedule_options!();

    /// The workflow id; the time of the start is put behind it.
    pub fn workflow_id(self, id: impl Into<String>) -> CreateSchedule<W, Given, Queue> {
        let id = id.into();
        self.with(|schedule| workflow_mut(schedule).workflow_id = id).given()
    }

    /// The task queue the workflows run on.
    pub fn task_queue(self, task_queue: impl Into<String>) -> CreateSchedule<W, Id, Given> {
        let queue = TaskQueue { name: task_queue.into(), ..TaskQueue::default() };
        self.with(|schedule| workflow_mut(schedule).task_queue = Some(queue)).given()
    }

    /// The memo of the schedule itself.
    pub fn memo(mut self, memo: MemoValues) -> Self {
        self.memo = Some(memo);
        self
    }

    /// The search attributes of the schedule itself.
    pub fn search_attributes(mut self, attributes: SearchAttributes) -> Self {
        self.search_attributes = Some(attributes);
        self
    }

    /// Starts a workflow as soon as the schedule is there.
    pub fn trigger_immediately(mut self) -> Self {
        let overlap_policy = overlap_policy(ScheduleOverlapPolicy::Unspecified);
        let trigger = TriggerImmediatelyRequest { overlap_policy, ..TriggerImmediatelyRequest::default() };
        self.patch.get_or_insert_default().trigger_immediately = Some(trigger);
        self
    }

    /// Starts the workflows of a time that has passed, as soon as the schedule is there.
    pub fn backfill(mut self, backfill: ScheduleBackfill) -> Self {
        self.patch.get_or_insert_default().backfill_request.push(backfill_request(backfill));
        self
    }

    fn given<Id2, Queue2>(self) -> CreateSchedule<W, Id2, Queue2> {
        CreateSchedule {
            client: self.client,
            schedule_id: self.schedule_id,
            schedule: self.schedule,
            pending: self.pending,
            memo: self.memo,
            search_attributes: self.search_attributes,
            patch: self.patch,
            given: PhantomData,
        }
    }
}

impl<W: Workflow, Id, Queue> CreateSchedule<W, Id, Queue> {
    /// Creates the schedule.
    ///
    /// Errors: there is one of this id, or the server refuses what it says.
    // The bounds are on the method, not on the impl: so the compiler says what is missing.
    pub async fn create(self) -> Result<ScheduleHandle<W>, ScheduleError>
    where
        Id: HasId,
        Queue: HasTaskQueue,
    {
        let Self { client, schedule_id, schedule, pending, memo, search_attributes, patch, .. } = self;
        send::create(&client, schedule_id, Definition { schedule, pending, memo, search_attributes, patch }).await
    }
}
