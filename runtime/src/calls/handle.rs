//! What a client holds of a workflow, and the calls every workflow answers.

use std::{
    fmt,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll},
};

use temporalio_client::{
    RpcOptions, UntypedWorkflow, UntypedWorkflowHandle, WorkflowCancelOptions, WorkflowDescribeOptions,
    WorkflowExecutionDescription, WorkflowExecutionInfo, WorkflowTerminateOptions, errors::WorkflowInteractionError,
};
use temporalio_common::{data_converters::RawValue, protos::temporal::api::common::v1::Payloads};

use super::{Call, CallError, GetResult, History, Lazy, Reset, ResetPoint, UpdateHandle, Verb};
use crate::{
    Client,
    arguments::ArgumentValue,
    workflow::{Named, Workflow, WorkflowOf, WorkflowType},
};

/// A workflow as a client sees it: one by this id, running or closed.
///
/// Calls go to whichever run is the latest, also after a continue-as-new, unless [`for_run`](WorkflowHandle::for_run) binds
/// the handle to one. A handle that came from a start waits for the result from the run it has started on.
///
/// `#[workflow]` on a struct `Greeting` emits `GreetingHandle`, which adds the workflow's signals, queries and updates as
/// methods and dereferences to this type.
///
/// ```
/// # use durably::prelude::*;
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
/// # fn main() {}
/// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
/// let greeting = Greeting::handle(&client, "greeting-Ada");
/// greeting.submit_greeting("Grace").await?;
/// greeting.close().await?;
/// let said: Vec<String> = greeting.result().await?;
///
/// let description = greeting.describe().await?;
/// assert_eq!(description.workflow_type(), "Greeting");
/// # Ok(()) }
/// ```
pub struct WorkflowHandle<W> {
    client: Client,
    info: WorkflowExecutionInfo,
    /// Where waiting for the result begins.
    started_run: Option<String>,
    workflow: PhantomData<fn() -> W>,
}

impl<W> WorkflowHandle<W> {
    /// The workflow with this id, whichever of its runs is the latest.
    pub fn by_id(client: &Client, workflow_id: impl Into<String>) -> Self {
        let namespace = client.options().namespace.clone();
        let info = WorkflowExecutionInfo::builder().namespace(namespace).workflow_id(workflow_id).build();
        Self { client: client.clone(), info, started_run: None, workflow: PhantomData }
    }

    /// The workflow that a start has begun, or found running.
    pub(super) fn started(
        client: &Client,
        workflow_id: impl Into<String>,
        run_id: Option<String>,
        first_execution_run_id: Option<String>,
    ) -> Self {
        let mut handle = Self::by_id(client, workflow_id);
        handle.info.first_execution_run_id = first_execution_run_id;
        handle.started_run = run_id;
        handle
    }

    /// The workflow id.
    pub fn workflow_id(&self) -> &str {
        &self.info.workflow_id
    }

    /// The run that was started, or the one that [`for_run`](WorkflowHandle::for_run) has named; `None` if the handle was made
    /// by id.
    pub fn run_id(&self) -> Option<&str> {
        self.info.run_id.as_deref().or(self.started_run.as_deref())
    }

    /// The first run of the chain, known if this handle came from a start.
    pub fn first_execution_run_id(&self) -> Option<&str> {
        self.info.first_execution_run_id.as_deref()
    }

    /// The client the calls go through.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Temporal's own handle without types: signals, queries and updates by name, raw payloads.
    pub fn untyped(&self) -> UntypedWorkflowHandle<Client> {
        temporalio_client::WorkflowHandle::<_, UntypedWorkflow>::new(self.client.clone(), self.info.clone())
    }

    /// Asks the workflow to cancel itself.
    ///
    /// Errors: `NotFound` if there is no running workflow of this id.
    pub fn cancel(&self) -> Cancel {
        Cancel(Lazy::new((self.untyped(), WorkflowCancelOptions::default())))
    }

    /// Ends the workflow at once: none of its code runs any more.
    ///
    /// Errors: `NotFound` if there is no running workflow of this id.
    pub fn terminate(&self) -> Terminate {
        Terminate(Lazy::new((self.untyped(), WorkflowTerminateOptions::default())))
    }

    /// Asks the server what it knows of the workflow: status, times, memo, search attributes.
    ///
    /// Errors: `NotFound` if there is no workflow of this id.
    pub fn describe(&self) -> Describe {
        Describe(Lazy::new((self.untyped(), WorkflowDescribeOptions::default())))
    }

    /// The event history, a stream that fetches page by page; `.into_events().await` collects it.
    ///
    /// Errors: `NotFound` if there is no workflow of this id.
    pub fn history(&self) -> History {
        History::new(self.untyped())
    }

    /// What errors name.
    pub(super) fn call(&self, verb: Verb) -> Call {
        Call::of(&self.client, verb, &self.info)
    }

    pub(crate) fn official(&self) -> temporalio_client::WorkflowHandle<Client, WorkflowOf<W>>
    where
        W: Workflow,
    {
        temporalio_client::WorkflowHandle::new(self.client.clone(), self.info.clone())
    }
}

impl<W: WorkflowType> WorkflowHandle<W> {
    /// A handle bound to one run of this workflow.
    pub fn for_run(&self, run_id: impl Into<String>) -> W::Handle {
        let mut handle = self.clone();
        handle.info.run_id = Some(run_id.into());
        // With the first run in the request, the server cancels and terminates the latest run of the chain instead.
        handle.info.first_execution_run_id = None;
        W::Handle::from(handle)
    }

    /// Takes the workflow back to an earlier point: the run ends, if it has not, and a new one goes on from that point.
    ///
    /// The new run keeps the history up to there. Whatever came after is done again, activities included, except that
    /// signals and updates that the workflow had received are sent to it once more, unless
    /// [`reset_reapply_exclude_types`](Reset::reset_reapply_exclude_types) says otherwise. A workflow that is closed can be
    /// reset as long as the server keeps its history. Awaiting gives the handle of the new run, which goes along with later
    /// runs as the handle of a start does.
    ///
    /// Errors: `NotFound` if there is no workflow of this id; the server refuses an event that does not belong to a workflow
    /// task; there has been no workflow task yet.
    pub fn reset(&self, point: ResetPoint) -> Reset<W> {
        Reset::new(self.clone(), self.info.run_id.clone(), point)
    }
}

// Bounds of methods rather than of the impl, so that the compiler says what is wrong with a type that is no workflow.
impl<W> WorkflowHandle<W> {
    /// Waits for the workflow to end and gives its result.
    ///
    /// Errors: the workflow failed, was cancelled or terminated, timed out, or its output does not decode.
    pub fn result(&self) -> GetResult<W>
    where
        W: Workflow,
    {
        let mut info = self.info.clone();
        info.run_id = self.run_id().map(str::to_owned);
        GetResult::new(temporalio_client::WorkflowHandle::new(self.client.clone(), info))
    }

    /// The update that was sent with this id, its output typed by the caller, and its failure by
    /// [`UpdateHandle::declares`].
    pub fn update_handle<O: ArgumentValue>(&self, update_id: impl Into<String>) -> UpdateHandle<O>
    where
        W: Workflow,
    {
        // The name is not part of how an update is found again.
        let found = self.official().get_update_handle(Named::<W, O>::new(""), update_id);
        UpdateHandle::new(&self.client, found, None)
    }
}

impl<W> Clone for WorkflowHandle<W> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            info: self.info.clone(),
            started_run: self.started_run.clone(),
            workflow: PhantomData,
        }
    }
}

impl<W> fmt::Debug for WorkflowHandle<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WorkflowHandle")
            .field("workflow_id", &self.info.workflow_id)
            .field("run_id", &self.run_id())
            .finish_non_exhaustive()
    }
}

type Request<O> = (UntypedWorkflowHandle<Client>, O);

fn failed<K>(handle: &UntypedWorkflowHandle<Client>, verb: Verb, kind: K) -> CallError<K> {
    CallError::new(Call::of(handle.client(), verb, handle.info()), kind)
}

/// A request to cancel a workflow; await it to send it.
#[must_use = "a call does nothing unless it is awaited"]
pub struct Cancel(Lazy<Request<WorkflowCancelOptions>, Result<(), CallError<WorkflowInteractionError>>>);

impl Cancel {
    /// Why; the workflow can read it.
    pub fn reason(self, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self(self.0.with(|(_, options)| options.reason = reason))
    }

    /// Options of the RPC: metadata and timeout.
    pub fn rpc_options(self, rpc_options: RpcOptions) -> Self {
        Self(self.0.with(|(_, options)| options.rpc_options = rpc_options))
    }
}

impl Future for Cancel {
    type Output = Result<(), CallError<WorkflowInteractionError>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll(cx, |(handle, options)| {
            Box::pin(async move { handle.cancel(options).await.map_err(|kind| failed(&handle, Verb::Cancel, kind)) })
        })
    }
}

/// A request to terminate a workflow; await it to send it.
#[must_use = "a call does nothing unless it is awaited"]
pub struct Terminate(Lazy<Request<WorkflowTerminateOptions>, Result<(), CallError<WorkflowInteractionError>>>);

impl Terminate {
    /// Why; it is recorded in the history.
    pub fn reason(self, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self(self.0.with(|(_, options)| options.reason = reason))
    }

    /// Details to record in the history, as payloads.
    pub fn details(self, details: RawValue) -> Self {
        let details = Payloads { payloads: details.payloads };
        Self(self.0.with(|(_, options)| options.details = Some(details)))
    }

    /// Options of the RPC: metadata and timeout.
    pub fn rpc_options(self, rpc_options: RpcOptions) -> Self {
        Self(self.0.with(|(_, options)| options.rpc_options = rpc_options))
    }
}

impl Future for Terminate {
    type Output = Result<(), CallError<WorkflowInteractionError>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll(cx, |(handle, options)| {
            Box::pin(
                async move { handle.terminate(options).await.map_err(|kind| failed(&handle, Verb::Terminate, kind)) },
            )
        })
    }
}

/// A question to the server about a workflow; await it for the answer.
#[must_use = "a call does nothing unless it is awaited"]
pub struct Describe(
    Lazy<Request<WorkflowDescribeOptions>, Result<WorkflowExecutionDescription, CallError<WorkflowInteractionError>>>,
);

impl Describe {
    /// Options of the RPC: metadata and timeout.
    pub fn rpc_options(self, rpc_options: RpcOptions) -> Self {
        Self(self.0.with(|(_, options)| options.rpc_options = rpc_options))
    }
}

impl Future for Describe {
    type Output = Result<WorkflowExecutionDescription, CallError<WorkflowInteractionError>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll(cx, |(handle, options)| {
            Box::pin(
                async move { handle.describe(options).await.map_err(|kind| failed(&handle, Verb::Describe, kind)) },
            )
        })
    }
}
