//! Resetting a workflow, by Temporal's raw service client.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use futures_util::StreamExt;
use temporalio_client::{
    NamespacedClient, RpcOptions, UntypedWorkflow, WorkflowDescribeOptions, WorkflowFetchHistoryOptions,
    errors::WorkflowInteractionError,
    tonic::{Code, Status},
};
use temporalio_common::protos::temporal::api::{
    common::v1::WorkflowExecution,
    enums::v1::{EventType, ResetReapplyExcludeType},
    workflowservice::v1::ResetWorkflowExecutionRequest,
};

use super::{Call, CallError, Lazy, Verb, WorkflowHandle};
use crate::{Client, rpc, wire::request_id, workflow::WorkflowType};

/// To where [`WorkflowHandle::reset`] takes a workflow back: always to the end of one of its workflow tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResetPoint {
    /// The first workflow task: the run begins anew, with the same arguments.
    FirstWorkflowTask,
    /// The last workflow task that was completed: what came of it is done again.
    LastWorkflowTask,
    /// The workflow task of this event: the id of a `WorkflowTaskCompleted`, `WorkflowTaskTimedOut`, `WorkflowTaskFailed` or
    /// `WorkflowTaskStarted`. The history before that event is kept.
    Event(i64),
}

/// A request to take a workflow back to an earlier point; await it for the handle of the run that goes on from there.
///
/// ```
/// # use durably::prelude::*;
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
/// # fn main() {}
/// # async fn example(greeting: GreetingHandle) -> Result<(), Box<dyn std::error::Error>> {
/// use durably::{ResetPoint, ResetReapplyExcludeType};
///
/// let again: GreetingHandle = greeting
///     .reset(ResetPoint::FirstWorkflowTask)
///     .reason("the greetings had a typo")
///     .reset_reapply_exclude_types([ResetReapplyExcludeType::Signal])
///     .await?;
/// again.submit_greeting("Grace").await?;
/// # Ok(()) }
/// ```
#[must_use = "a call does nothing unless it is awaited"]
pub struct Reset<W: WorkflowType>(
    Lazy<ResetRequest<W>, Result<WorkflowHandle<W>, CallError<WorkflowInteractionError>>>,
);

struct ResetRequest<W> {
    handle: WorkflowHandle<W>,
    run_id: Option<String>,
    point: ResetPoint,
    reason: String,
    exclude: Vec<ResetReapplyExcludeType>,
    rpc_options: RpcOptions,
}

impl<W: WorkflowType> Reset<W> {
    pub(super) fn new(handle: WorkflowHandle<W>, run_id: Option<String>, point: ResetPoint) -> Self {
        Self(Lazy::new(ResetRequest {
            handle,
            run_id,
            point,
            reason: String::new(),
            exclude: Vec::new(),
            rpc_options: RpcOptions::default(),
        }))
    }

    /// Why; it is recorded in the history.
    pub fn reason(self, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self(self.0.with(|request| request.reason = reason))
    }

    /// What is not sent again of the messages that came after the point. All of them are unless given.
    pub fn reset_reapply_exclude_types(self, types: impl IntoIterator<Item = ResetReapplyExcludeType>) -> Self {
        let types = types.into_iter().collect();
        Self(self.0.with(|request| request.exclude = types))
    }

    /// Options of each RPC: metadata and timeout. Looking for the first or the last workflow task takes a description and
    /// the history, page by page.
    pub fn rpc_options(self, rpc_options: RpcOptions) -> Self {
        Self(self.0.with(|request| request.rpc_options = rpc_options))
    }
}

impl<W: WorkflowType> Future for Reset<W> {
    type Output = Result<W::Handle, CallError<WorkflowInteractionError>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let send = |request: ResetRequest<W>| {
            let call = Call::of(request.handle.client(), Verb::Reset, request.handle.untyped().info());
            async move { send(request).await.map_err(|kind| CallError::new(call, kind)) }
        };
        self.0.poll(cx, |request| Box::pin(send(request))).map_ok(W::Handle::from)
    }
}

async fn send<W>(request: ResetRequest<W>) -> Result<WorkflowHandle<W>, WorkflowInteractionError> {
    let ResetRequest { handle, mut run_id, point, reason, exclude, rpc_options } = request;
    let client = handle.client();
    let event_id = match point {
        ResetPoint::Event(event_id) => event_id,
        ResetPoint::FirstWorkflowTask | ResetPoint::LastWorkflowTask => {
            // The id means something in one run only, and that must not change in between.
            let run = match run_id {
                Some(run) => run,
                None => current_run(&handle, &rpc_options).await?,
            };
            let event_id = workflow_task(&handle, &run, point, &rpc_options).await?;
            run_id = Some(run);
            event_id
        }
    };
    let request = ResetWorkflowExecutionRequest {
        namespace: client.namespace(),
        workflow_execution: Some(WorkflowExecution {
            workflow_id: handle.workflow_id().to_owned(),
            run_id: run_id.unwrap_or_default(),
        }),
        reason,
        workflow_task_finish_event_id: event_id,
        request_id: request_id(),
        reset_reapply_exclude_types: exclude.into_iter().map(i32::from).collect(),
        identity: client.identity(),
        ..ResetWorkflowExecutionRequest::default()
    };
    let mut service = client.connection().workflow_service();
    let reset = service.reset_workflow_execution(rpc::request(request, &rpc_options)).await;
    let reset = reset.map_err(|status| failed(event_id, status))?;
    Ok(WorkflowHandle::started(client, handle.workflow_id(), Some(reset.into_inner().run_id), None))
}

async fn current_run<W>(handle: &WorkflowHandle<W>, options: &RpcOptions) -> Result<String, WorkflowInteractionError> {
    let options = WorkflowDescribeOptions::builder().rpc_options(options.clone()).build();
    Ok(handle.untyped().describe(options).await?.run_id().to_owned())
}

/// The event that ends the first workflow task of a run, or the last one that was completed.
async fn workflow_task<W>(
    handle: &WorkflowHandle<W>,
    run_id: &str,
    point: ResetPoint,
    options: &RpcOptions,
) -> Result<i64, WorkflowInteractionError> {
    let options = WorkflowFetchHistoryOptions::builder().rpc_options(options.clone()).build();
    let mut history = of_run(handle, run_id).fetch_history(options);
    let (mut first, mut started, mut completed) = (None, None, None);
    while let Some(event) = history.next().await {
        let event = event?;
        let id = Some(event.event_id);
        match event.event_type() {
            EventType::WorkflowTaskStarted => started = started.or(id),
            EventType::WorkflowTaskCompleted => (first, completed) = (first.or(id), id),
            // A task that a reset has taken back has failed, too.
            EventType::WorkflowTaskFailed | EventType::WorkflowTaskTimedOut => first = first.or(id),
            _ => {}
        }
        if point == ResetPoint::FirstWorkflowTask && first.is_some() {
            break;
        }
    }
    let last = completed.filter(|_| point == ResetPoint::LastWorkflowTask);
    // A later start than the first is shown for a task that fails again and again, and is not in the history.
    let none = || WorkflowInteractionError::Other("there has been no workflow task yet to be reset to".into());
    last.or(first).or(started).ok_or_else(none)
}

fn of_run<W>(handle: &WorkflowHandle<W>, run_id: &str) -> temporalio_client::UntypedWorkflowHandle<Client> {
    let mut info = handle.untyped().info().clone();
    info.run_id = Some(run_id.to_owned());
    temporalio_client::WorkflowHandle::<_, UntypedWorkflow>::new(handle.client().clone(), info)
}

/// What the server says of a wrong event does not name the event, and speaks of its own insides.
fn failed(event_id: i64, status: Status) -> WorkflowInteractionError {
    match status.code() {
        Code::NotFound => WorkflowInteractionError::NotFound(status),
        Code::InvalidArgument => {
            let message =
                format!("event {event_id} is neither the start nor the end of a workflow task: {}", status.message());
            let (code, details, metadata) = (status.code(), status.details().to_vec(), status.metadata().clone());
            let status = Status::with_details_and_metadata(code, message, details.into(), metadata);
            WorkflowInteractionError::Rpc(status)
        }
        _ => WorkflowInteractionError::Rpc(status),
    }
}
