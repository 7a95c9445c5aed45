//! A schedule that exists.

use std::{fmt, marker::PhantomData};

use temporalio_client::{
    Client, NamespacedClient, RpcOptions,
    schedules::{
        BackfillScheduleOptions, DeleteScheduleOptions, PauseScheduleOptions, ScheduleBackfill,
        ScheduleHandle as Official, ScheduleOverlapPolicy, TriggerScheduleOptions, UnpauseScheduleOptions,
    },
    tonic::{Code, IntoRequest, Response, Status},
};
use temporalio_common::{
    protos::temporal::api::{
        enums::v1::ScheduleOverlapPolicy as ProtoOverlapPolicy, schedule::v1::BackfillRequest,
        workflowservice::v1::DescribeScheduleRequest,
    },
    search_attributes::SearchAttributes,
};

use super::{ScheduleChange, ScheduleDescription, ScheduleError, send};
use crate::workflow::Workflow;

/// A schedule that starts the workflow `W`.
pub struct ScheduleHandle<W> {
    client: Client,
    schedule_id: String,
    workflow: PhantomData<fn() -> W>,
}

impl<W> ScheduleHandle<W> {
    /// The schedule with this id.
    pub fn by_id(client: &Client, schedule_id: impl Into<String>) -> Self {
        Self { client: client.clone(), schedule_id: schedule_id.into(), workflow: PhantomData }
    }

    /// The schedule id.
    pub fn schedule_id(&self) -> &str {
        &self.schedule_id
    }

    /// Takes the schedule away. Workflows it has started go on.
    ///
    /// Errors: `NotFound`.
    pub async fn delete(&self) -> Result<(), ScheduleError> {
        self.official().delete(DeleteScheduleOptions::default()).await.map_err(self.failed())
    }

    /// Starts no more workflows until it is unpaused; `note` says why.
    ///
    /// Errors: `NotFound`.
    pub async fn pause(&self, note: impl Into<String>) -> Result<(), ScheduleError> {
        self.official().pause(Some(note), PauseScheduleOptions::default()).await.map_err(self.failed())
    }

    /// Goes on after a pause; `note` says why.
    ///
    /// Errors: `NotFound`.
    pub async fn unpause(&self, note: impl Into<String>) -> Result<(), ScheduleError> {
        self.official().unpause(Some(note), UnpauseScheduleOptions::default()).await.map_err(self.failed())
    }

    /// Starts a workflow now, as far as the overlap policy of the schedule allows.
    ///
    /// Errors: `NotFound`.
    pub async fn trigger(&self) -> Result<(), ScheduleError> {
        self.trigger_with(ScheduleOverlapPolicy::Unspecified).await
    }

    /// Starts a workflow now, as far as this overlap policy allows.
    ///
    /// Errors: `NotFound`.
    pub async fn trigger_with(&self, overlap: ScheduleOverlapPolicy) -> Result<(), ScheduleError> {
        self.official().trigger(overlap, TriggerScheduleOptions::default()).await.map_err(self.failed())
    }

    /// Starts the workflows of times that have passed.
    ///
    /// Errors: `NotFound`.
    pub async fn backfill(&self, backfills: impl IntoIterator<Item = ScheduleBackfill>) -> Result<(), ScheduleError> {
        self.official().backfill(backfills, BackfillScheduleOptions::default()).await.map_err(self.failed())
    }

    fn official(&self) -> Official<Client> {
        self.client.get_schedule_handle(&self.schedule_id)
    }

    fn failed(&self) -> impl Fn(temporalio_client::schedules::ScheduleError) -> ScheduleError {
        |error| ScheduleError::official(&self.schedule_id, error)
    }
}

impl<W: Workflow> ScheduleHandle<W> {
    /// What the server knows of the schedule: typed arguments, times, recent and running workflows.
    ///
    /// Errors: `NotFound`.
    pub async fn describe(&self) -> Result<ScheduleDescription<W>, ScheduleError> {
        let description = self.official().describe(RpcOptions::default()).await.map_err(self.failed())?;
        Ok(ScheduleDescription::new(&self.schedule_id, description))
    }

    /// Changes what the closure names and keeps everything else, timeouts, retry policy and memo of the workflow included.
    ///
    /// The closure may run more than once: where the server notices that someone else has changed the schedule in between, it
    /// is asked again with what the schedule is by then. Not every server notices: of two changes at once, one may be lost.
    ///
    /// Errors: `NotFound`, or the server refuses what the schedule would be.
    pub async fn update(&self, change: impl Fn(ScheduleChange<W>) -> ScheduleChange<W>) -> Result<(), ScheduleError> {
        /// Against a crowd that changes the schedule all the time.
        const TRIES: usize = 5;
        for _ in 1..TRIES {
            match self.update_once(&change).await {
                // The conflict token does not fit any more.
                Err(ScheduleError::Rpc { source, .. }) if source.code() == Code::FailedPrecondition => {}
                done => return done,
            }
        }
        self.update_once(&change).await
    }

    async fn update_once(&self, change: &impl Fn(ScheduleChange<W>) -> ScheduleChange<W>) -> Result<(), ScheduleError> {
        let request =
            DescribeScheduleRequest { namespace: self.client.namespace(), schedule_id: self.schedule_id.clone() };
        let description = call(&self.schedule_id, async {
            self.client.connection().workflow_service().describe_schedule(request.into_request()).await
        })
        .await?;
        let ScheduleChange { mut schedule, pending, search_attributes, .. } =
            change(ScheduleChange::new(description.schedule.unwrap_or_default()));
        let applied = pending.apply(&self.client, &mut schedule).await;
        applied.map_err(|error| ScheduleError::conversion(&self.schedule_id, error))?;
        // They are replaced as a whole, unless none are sent.
        let search_attributes = (!search_attributes.is_empty()).then(|| {
            let mut whole = SearchAttributes::from(description.search_attributes.unwrap_or_default());
            search_attributes.into_iter().for_each(|update| whole.apply(update));
            whole.into_proto()
        });
        let to = send::Changed { schedule, search_attributes, conflict_token: description.conflict_token };
        send::update(&self.client, &self.schedule_id, to).await
    }
}

impl<W> Clone for ScheduleHandle<W> {
    fn clone(&self) -> Self {
        Self::by_id(&self.client, self.schedule_id.clone())
    }
}

impl<W> fmt::Debug for ScheduleHandle<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScheduleHandle").field("schedule_id", &self.schedule_id).finish_non_exhaustive()
    }
}

pub(super) fn backfill_request(backfill: ScheduleBackfill) -> BackfillRequest {
    BackfillRequest {
        start_time: Some(backfill.start_time.into()),
        end_time: Some(backfill.end_time.into()),
        overlap_policy: overlap_policy(backfill.overlap_policy),
    }
}

pub(super) fn overlap_policy(policy: ScheduleOverlapPolicy) -> i32 {
    let policy = match policy {
        ScheduleOverlapPolicy::Skip => ProtoOverlapPolicy::Skip,
        ScheduleOverlapPolicy::BufferOne => ProtoOverlapPolicy::BufferOne,
        ScheduleOverlapPolicy::BufferAll => ProtoOverlapPolicy::BufferAll,
        ScheduleOverlapPolicy::CancelOther => ProtoOverlapPolicy::CancelOther,
        ScheduleOverlapPolicy::TerminateOther => ProtoOverlapPolicy::TerminateOther,
        ScheduleOverlapPolicy::AllowAll => ProtoOverlapPolicy::AllowAll,
        _ => ProtoOverlapPolicy::Unspecified,
    };
    policy as i32
}

/// The answer of a call, or its error with the id of the schedule.
pub(super) async fn call<T>(
    schedule_id: &str,
    call: impl Future<Output = Result<Response<T>, Status>>,
) -> Result<T, ScheduleError> {
    match call.await {
        Ok(response) => Ok(response.into_inner()),
        Err(status) => Err(ScheduleError::status(schedule_id, status)),
    }
}
