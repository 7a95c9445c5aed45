//! Starting a workflow and updating it in one call.

use std::{
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll},
};

use futures_util::future::BoxFuture;
use temporalio_client::{RpcOptions, WorkflowIdConflictPolicy, WorkflowUpdateWithStartOptions};

use super::{
    Accepted, Call, CallError, Completed, Lazy, StartWithUpdateError, Update, UpdateError, UpdateHandle, Verb,
    WorkflowHandle, start::StartRequest, update::UpdateRequest,
};
use crate::{
    arguments::ArgumentValue,
    failure::FailureType,
    typestate::{HasId, HasTaskQueue},
    workflow::{Named, RunInput, Workflow, WorkflowOf},
};

/// An update that can be sent along with a start.
#[diagnostic::on_unimplemented(
    message = "`with_update` takes an update of the workflow that is started",
    label = "`{Self}` is not an update",
    note = "write `.with_update(|workflow| workflow.rename(..))`, where `rename` is a method marked `#[update]`"
)]
pub trait UpdateCall<W: Workflow>: Sized + 'static {
    /// What the update handler answers.
    #[doc(hidden)]
    type Output: ArgumentValue;
    /// What awaiting gives.
    type Answer: Send + 'static;
    /// The failure type callers can match on.
    #[doc(hidden)]
    type Failure: FailureType;

    #[doc(hidden)]
    fn request(self) -> Option<StartUpdate<W>>;
    #[doc(hidden)]
    fn answer(
        handle: UpdateHandle<Self::Output, Self::Failure>,
        rpc_options: RpcOptions,
    ) -> BoxFuture<'static, Result<Self::Answer, CallError<UpdateError>>>;
}

/// What an update asks for.
#[doc(hidden)]
pub struct StartUpdate<W: Workflow>(UpdateRequest<W>);

// Which types are updates of whatever workflow says less than the words above.
#[diagnostic::do_not_recommend]
impl<W: Workflow, O: ArgumentValue, F: FailureType> UpdateCall<W> for Update<W, O, F, Completed> {
    type Output = O;
    type Answer = O;
    type Failure = F;

    fn request(self) -> Option<StartUpdate<W>> {
        self.into_request().map(StartUpdate)
    }

    fn answer(
        handle: UpdateHandle<O, F>,
        rpc_options: RpcOptions,
    ) -> BoxFuture<'static, Result<O, CallError<UpdateError>>> {
        handle.wait(rpc_options)
    }
}

#[diagnostic::do_not_recommend]
impl<W: Workflow, O: ArgumentValue, F: FailureType> UpdateCall<W> for Update<W, O, F, Accepted> {
    type Output = O;
    type Answer = UpdateHandle<O, F>;
    type Failure = F;

    fn request(self) -> Option<StartUpdate<W>> {
        self.into_request().map(StartUpdate)
    }

    fn answer(
        handle: UpdateHandle<O, F>,
        _: RpcOptions,
    ) -> BoxFuture<'static, Result<Self::Answer, CallError<UpdateError>>> {
        Box::pin(std::future::ready(Ok(handle)))
    }
}

/// A start with an update; await it for the handle of the workflow and the answer of the update.
#[must_use = "a call does nothing unless it is awaited"]
pub struct StartWithUpdate<W: Workflow, U: UpdateCall<W>, Id, Queue> {
    call: Lazy<Request<W>, Started<W, U>>,
    given: Given<U, Id, Queue>,
}

type Given<U, Id, Queue> = PhantomData<fn() -> (U, Id, Queue)>;

type Started<W, U> = Result<(WorkflowHandle<W>, <U as UpdateCall<W>>::Answer), CallError<StartWithUpdateError>>;

struct Request<W: Workflow> {
    start: Option<StartRequest<W>>,
    update: Option<StartUpdate<W>>,
}

impl<W: Workflow, U: UpdateCall<W>, Id, Queue> StartWithUpdate<W, U, Id, Queue> {
    pub(super) fn new(start: Option<StartRequest<W>>, update: impl FnOnce(&W::Handle) -> U) -> Self {
        let update = start.as_ref().and_then(|start| {
            let handle = WorkflowHandle::by_id(&start.client, start.options.workflow_id.clone());
            update(&W::Handle::from(handle)).request()
        });
        Self { call: Lazy::new(Request { start, update }), given: PhantomData }
    }
}

impl<W: Workflow, U: UpdateCall<W>, Id: HasId, Queue: HasTaskQueue> Future for StartWithUpdate<W, U, Id, Queue> {
    type Output = Result<(W::Handle, U::Answer), CallError<<U::Failure as FailureType>::Or<StartWithUpdateError>>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let poll = self.call.poll(cx, |request| Box::pin(send::<W, U>(request)));
        poll.map_ok(|(handle, answer)| (W::Handle::from(handle), answer)).map_err(|error| error.map(U::Failure::or))
    }
}

async fn send<W: Workflow, U: UpdateCall<W>>(request: Request<W>) -> Started<W, U> {
    let (Some(start), Some(StartUpdate(update))) = (request.start, request.update) else {
        let kind = StartWithUpdateError::Options("the start or the update was already polled on its own");
        return Err(CallError::new(Call::unsent(Verb::UpdateWithStart).workflow_type(W::TYPE.name), kind));
    };
    let client = start.client.clone();
    let workflow_id = start.options.workflow_id.clone();
    let UpdateRequest { name, arguments, options, .. } = update;
    let rpc_options = options.rpc_options.clone();
    let workflow_type = start.input.name();
    let started = match prepare(start, options.update_id) {
        Ok((input, options)) => {
            let workflow = WorkflowOf::of(&input);
            let update = Named::<W, U::Output>::new(name.clone());
            let started = client.start_update_with_start_workflow(workflow, input, update, arguments, options).await;
            started.map_err(|error| StartWithUpdateError::new(error, &client.options().data_converter))
        }
        Err(reason) => Err(StartWithUpdateError::Options(reason)),
    };
    let started = started.map_err(|kind| {
        let call = Call::new(&client, Verb::UpdateWithStart).name(name.clone());
        CallError::new(call.workflow_id(workflow_id).workflow_type(workflow_type), kind)
    })?;
    let update = UpdateHandle::new(&client, started, Some(name));
    let workflow_id = update.workflow_id().to_owned();
    let handle = WorkflowHandle::started(&client, workflow_id, update.run_id().map(str::to_owned), None);
    let answer = U::answer(update, rpc_options).await.map_err(|error| error.map(StartWithUpdateError::Update))?;
    Ok((handle, answer))
}

/// Input and options of a start for an update-with-start, none of them lost; or why they do not go together.
fn prepare<W: Workflow>(
    start: StartRequest<W>,
    update_id: Option<String>,
) -> Result<(RunInput<W>, WorkflowUpdateWithStartOptions), &'static str> {
    if start.has_signal() {
        return Err("`with_signal` and `with_update` do not go together: send the signal in a call of its own");
    }
    if start.start_delay.is_some() {
        return Err("a workflow with a `start_delay` cannot be started with an update");
    }
    let StartRequest { input, options: start, .. } = start;
    if start.cron_schedule.is_some() {
        return Err("a workflow on a `cron_schedule` cannot be started with an update");
    }
    if start.enable_eager_workflow_start {
        return Err("`enable_eager_workflow_start` does not go with `with_update`");
    }
    let conflict_policy = match start.id_conflict_policy {
        WorkflowIdConflictPolicy::Unspecified => WorkflowIdConflictPolicy::UseExisting,
        policy => policy,
    };
    let mut options = WorkflowUpdateWithStartOptions::new(start.task_queue, start.workflow_id, conflict_policy).build();
    options.id_reuse_policy = start.id_reuse_policy;
    options.execution_timeout = start.execution_timeout;
    options.run_timeout = start.run_timeout;
    options.task_timeout = start.task_timeout;
    options.search_attributes = start.search_attributes;
    options.retry_policy = start.retry_policy;
    options.links = start.links;
    options.completion_callbacks = start.completion_callbacks;
    options.priority = start.priority;
    options.versioning_override = start.versioning_override;
    options.start_header = start.header;
    options.memo = start.memo;
    options.static_summary = start.static_summary;
    options.static_details = start.static_details;
    options.rpc_options = start.rpc_options;
    options.update_id = update_id;
    Ok((input, options))
}
