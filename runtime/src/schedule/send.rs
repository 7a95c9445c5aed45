//! Sending a schedule through Temporal's client, so that its interceptors see it, with all that its options do not hold.

use futures_util::future::BoxFuture;
use temporalio_client::{
    Client, RpcOptions,
    callback_based::{GrpcRequest, GrpcSuccessResponse},
    schedules::{CreateScheduleOptions, ScheduleAction, ScheduleSpec},
    tonic::{Response, Status},
};
use temporalio_common::{
    MemoValues,
    protos::temporal::api::{
        common::v1::{Memo, SearchAttributes as ProtoSearchAttributes},
        schedule::v1::{Schedule, ScheduleInfo, SchedulePatch},
        workflowservice::v1::{CreateScheduleRequest, DescribeScheduleResponse, UpdateScheduleRequest},
    },
    search_attributes::SearchAttributes,
};

use super::{
    ScheduleError, ScheduleHandle,
    action::{Pending, workflow_mut},
    options::{policies_mut, state_mut},
};
use crate::{
    client::{Rerouted, answered, request, rerouted},
    wire::encode_memo,
    workflow::{RunInput, Workflow, WorkflowOf},
};

type Answer = BoxFuture<'static, Result<GrpcSuccessResponse, Status>>;

/// A schedule that is not there yet.
pub(super) struct Definition<W: Workflow> {
    pub(super) schedule: Schedule,
    pub(super) pending: Pending<W>,
    pub(super) memo: Option<MemoValues>,
    pub(super) search_attributes: Option<SearchAttributes>,
    pub(super) patch: Option<SchedulePatch>,
}

/// Creates a schedule.
pub(super) async fn create<W: Workflow>(
    client: &Client,
    schedule_id: String,
    definition: Definition<W>,
) -> Result<ScheduleHandle<W>, ScheduleError> {
    let Definition { mut schedule, mut pending, memo, search_attributes, patch } = definition;
    let conversion = |error| ScheduleError::conversion(&schedule_id, error);
    let arguments = pending.arguments.take();
    pending.apply(client, &mut schedule).await.map_err(conversion)?;
    let memo = match &memo {
        Some(memo) => Some(encode_memo(&client.options().data_converter, memo).await.map_err(conversion)?),
        None => None,
    };
    let options = options(&mut schedule, arguments, patch.as_ref());
    let given = Given { schedule, memo, search_attributes: search_attributes.map(SearchAttributes::into_proto), patch };
    let sending = rerouted(client, given).await.map_err(|status| ScheduleError::status(&schedule_id, status))?;
    match sending.create_schedule(&schedule_id, options).await {
        Ok(created) => Ok(ScheduleHandle::by_id(client, created.schedule_id())),
        Err(error) => Err(ScheduleError::official(&schedule_id, error)),
    }
}

/// What interceptors see of a schedule: what Temporal's options hold.
fn options<W: Workflow>(
    schedule: &mut Schedule,
    arguments: Option<RunInput<W>>,
    patch: Option<&SchedulePatch>,
) -> CreateScheduleOptions {
    let workflow = workflow_mut(schedule);
    let task_queue = workflow.task_queue.as_ref().map(|queue| queue.name.clone()).unwrap_or_default();
    let workflow_id = workflow.workflow_id.clone();
    let action = match arguments {
        Some(input) => ScheduleAction::start_workflow(WorkflowOf::of(&input), input, task_queue, workflow_id),
        None => ScheduleAction::StartWorkflow {
            workflow_type: W::TYPE.name.to_owned(),
            task_queue,
            workflow_id,
            input: None,
        },
    };
    let state = state_mut(schedule);
    CreateScheduleOptions::builder()
        .action(action)
        .spec(ScheduleSpec::default())
        .paused(state.paused)
        .note(state.notes.clone())
        .trigger_immediately(patch.is_some_and(|patch| patch.trigger_immediately.is_some()))
        .build()
}

/// What is put into the request on its way.
#[derive(Clone)]
struct Given {
    schedule: Schedule,
    memo: Option<Memo>,
    search_attributes: Option<ProtoSearchAttributes>,
    patch: Option<SchedulePatch>,
}

impl Given {
    /// The request with everything; what interceptors have seen is as they left it.
    fn put_into(mut self, request: &mut CreateScheduleRequest) {
        let mut seen = request.schedule.take().unwrap_or_default();
        let start = std::mem::take(workflow_mut(&mut seen));
        let workflow = workflow_mut(&mut self.schedule);
        workflow.workflow_type = start.workflow_type;
        workflow.workflow_id = start.workflow_id;
        workflow.task_queue = start.task_queue;
        workflow.input = start.input;
        let state = state_mut(&mut self.schedule);
        (state.paused, state.notes) = seen.state.map(|state| (state.paused, state.notes)).unwrap_or_default();
        if let Some(policies) = seen.policies {
            policies_mut(&mut self.schedule).overlap_policy = policies.overlap_policy;
        }
        let trigger = request.initial_patch.take().and_then(|patch| patch.trigger_immediately);
        let given = self.patch.as_mut().and_then(|patch| patch.trigger_immediately.take());
        if let Some(trigger) = trigger {
            self.patch.get_or_insert_default().trigger_immediately = Some(given.unwrap_or(trigger));
        }
        request.schedule = Some(self.schedule);
        request.memo = self.memo;
        request.search_attributes = self.search_attributes;
        request.initial_patch = self.patch;
    }
}

impl Rerouted for Given {
    fn answer(&self, client: Client, sent: GrpcRequest) -> Answer {
        let given = self.clone();
        Box::pin(async move {
            if sent.rpc != "CreateSchedule" {
                return Err(unexpected(&sent));
            }
            let mut create = request::<CreateScheduleRequest>(&sent)?;
            given.put_into(create.get_mut());
            client.connection().workflow_service().create_schedule(create).await.map(answered)
        })
    }
}

/// A schedule as it shall be. Temporal's client would describe it first, which was done, and drops the token.
#[derive(Clone)]
pub(super) struct Changed {
    pub(super) schedule: Schedule,
    /// They stay as they are unless given.
    pub(super) search_attributes: Option<ProtoSearchAttributes>,
    pub(super) conflict_token: Vec<u8>,
}

/// Updates a schedule, unless it has changed since the token of `to`.
pub(super) async fn update(client: &Client, schedule_id: &str, to: Changed) -> Result<(), ScheduleError> {
    let sending = rerouted(client, to).await.map_err(|status| ScheduleError::status(schedule_id, status))?;
    let updated = sending.get_schedule_handle(schedule_id).update(|_| {}, RpcOptions::default()).await;
    updated.map_err(|error| ScheduleError::official(schedule_id, error))
}

impl Rerouted for Changed {
    fn answer(&self, client: Client, sent: GrpcRequest) -> Answer {
        let changed = self.clone();
        Box::pin(async move {
            match &*sent.rpc {
                "DescribeSchedule" => Ok(answered(Response::new(placeholder()))),
                "UpdateSchedule" => {
                    let mut update = request::<UpdateScheduleRequest>(&sent)?;
                    update.get_mut().schedule = Some(changed.schedule);
                    update.get_mut().conflict_token = changed.conflict_token;
                    update.get_mut().search_attributes = changed.search_attributes;
                    client.connection().workflow_service().update_schedule(update).await.map(answered)
                }
                _ => Err(unexpected(&sent)),
            }
        })
    }
}

/// A schedule that Temporal's client takes for one.
fn placeholder() -> DescribeScheduleResponse {
    let mut schedule = Schedule::default();
    workflow_mut(&mut schedule);
    DescribeScheduleResponse {
        schedule: Some(schedule),
        info: Some(ScheduleInfo::default()),
        ..DescribeScheduleResponse::default()
    }
}

fn unexpected(sent: &GrpcRequest) -> Status {
    Status::unimplemented(format!("`{}` is no call that a schedule could be put into", sent.rpc))
}
