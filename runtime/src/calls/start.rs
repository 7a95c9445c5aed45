//! Starting a workflow from a client.

use std::{
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use futures_util::future::BoxFuture;
use temporalio_client::{
    Priority, RpcOptions, WorkflowIdConflictPolicy, WorkflowIdReusePolicy, WorkflowStartOptions,
    errors::{WorkflowGetResultError, WorkflowStartError},
    tonic::Code,
};
use temporalio_common::{
    MemoValues, RetryPolicy, VersioningOverride,
    protos::{
        temporal::api::errordetails::v1::WorkflowExecutionAlreadyStartedFailure, utilities::decode_status_detail,
    },
    search_attributes::SearchAttributes,
};

use super::{
    Call, CallError, Lazy, Signal, StartWithUpdate, Verb, WorkflowHandle, signal::SignalRequest,
    start_delayed::delayed, start_with_update::UpdateCall,
};
use crate::{
    Client,
    failure::FailureType,
    table::WorkflowDefaults,
    typestate::{Given, HasId, HasTaskQueue},
    workflow::{Named, RunInput, Workflow, WorkflowOf, WorkflowType},
};

/// A start of the workflow `W`; await it for a handle, or [`execute`](Start::execute) it for the result.
///
/// `Id` and `Queue` say whether there are a workflow id and a task queue. Without both it is not a future.
///
/// ```
/// # use durably::prelude::*;
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
/// # fn main() {}
/// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
/// let greeting = Greeting::start(&client, "Ada").await?;
/// let other = Greeting::start(&client, "Ada")
///     .id("greeting-2")
///     .task_queue("other-greetings")
///     .run_timeout(Duration::from_secs(3600))
///     .await?;
/// let said: Vec<String> = Greeting::start(&client, "Grace").execute().await?;
/// # Ok(()) }
/// ```
#[must_use = "a call does nothing unless it is awaited"]
pub struct Start<W: Workflow, Id = <W as Workflow>::Id, Queue = <W as WorkflowType>::TaskQueue> {
    call: Lazy<StartRequest<W>, Result<WorkflowHandle<W>, CallError<WorkflowStartError>>>,
    given: PhantomData<fn() -> (Id, Queue)>,
}

pub(super) struct StartRequest<W: Workflow> {
    pub(super) client: Client,
    pub(super) input: RunInput<W>,
    pub(super) options: WorkflowStartOptions,
    pub(super) start_delay: Option<Duration>,
    pub(super) signal: Option<SignalRequest<W>>,
}

impl<W: Workflow> Start<W> {
    /// A start with the defaults of the attributes.
    #[doc(hidden)]
    pub fn new(client: &Client, input: RunInput<W>) -> Self {
        let options = options(&W::TYPE.defaults, input.id());
        Self {
            call: Lazy::new(StartRequest { client: client.clone(), input, options, start_delay: None, signal: None }),
            given: PhantomData,
        }
    }
}

impl<W: Workflow, Id, Queue> Start<W, Id, Queue> {
    /// The workflow id.
    pub fn id(self, id: impl Into<String>) -> Start<W, Given, Queue> {
        let id = id.into();
        self.options(|options| options.workflow_id = id).given()
    }

    /// The task queue it runs on.
    pub fn task_queue(self, task_queue: impl Into<String>) -> Start<W, Id, Given> {
        let task_queue = task_queue.into();
        self.options(|options| options.task_queue = task_queue).given()
    }

    /// The limit for the whole execution, retries and continue-as-new included.
    pub fn execution_timeout(self, timeout: Duration) -> Self {
        self.options(|options| options.execution_timeout = Some(timeout))
    }

    /// The limit for one run.
    pub fn run_timeout(self, timeout: Duration) -> Self {
        self.options(|options| options.run_timeout = Some(timeout))
    }

    /// The limit for one workflow task.
    pub fn task_timeout(self, timeout: Duration) -> Self {
        self.options(|options| options.task_timeout = Some(timeout))
    }

    /// How a failed run is retried. It is not unless given.
    pub fn retry_policy(self, policy: RetryPolicy) -> Self {
        self.options(|options| options.retry_policy = Some(policy))
    }

    /// Whether the id of a closed workflow may be used again.
    pub fn id_reuse_policy(self, policy: WorkflowIdReusePolicy) -> Self {
        self.options(|options| options.id_reuse_policy = policy)
    }

    /// What happens if a workflow of this id is running.
    pub fn id_conflict_policy(self, policy: WorkflowIdConflictPolicy) -> Self {
        self.options(|options| options.id_conflict_policy = policy)
    }

    /// The cron schedule it runs on, such as `"0 * * * *"`.
    pub fn cron_schedule(self, schedule: impl Into<String>) -> Self {
        let schedule = schedule.into();
        self.options(|options| options.cron_schedule = Some(schedule))
    }

    /// How long after the call its first task comes. Not together with `cron_schedule` and `with_update`.
    pub fn start_delay(mut self, delay: Duration) -> Self {
        self.call = self.call.with(|request| request.start_delay = Some(delay));
        self
    }

    /// Search attributes to find it by.
    pub fn search_attributes(self, attributes: SearchAttributes) -> Self {
        self.options(|options| options.search_attributes = Some(attributes))
    }

    /// Values kept with it, not indexed.
    pub fn memo(self, memo: MemoValues) -> Self {
        self.options(|options| options.memo = Some(memo))
    }

    /// One line about it for Temporal's user interface.
    pub fn static_summary(self, summary: impl Into<String>) -> Self {
        let summary = summary.into();
        self.options(|options| options.static_summary = Some(summary))
    }

    /// More lines about it for Temporal's user interface.
    pub fn static_details(self, details: impl Into<String>) -> Self {
        let details = details.into();
        self.options(|options| options.static_details = Some(details))
    }

    /// Its priority among other tasks of the queue.
    pub fn priority(self, priority: Priority) -> Self {
        self.options(|options| options.priority = priority)
    }

    /// The version of the deployment it runs on, whatever the workers' versioning says.
    pub fn versioning_override(self, versioning_override: VersioningOverride) -> Self {
        self.options(|options| options.versioning_override = Some(versioning_override))
    }

    /// Options of the RPC: metadata and timeout.
    pub fn rpc_options(self, rpc_options: RpcOptions) -> Self {
        self.options(|options| options.rpc_options = rpc_options)
    }

    /// Any other option of Temporal's client.
    pub fn options(mut self, change: impl FnOnce(&mut WorkflowStartOptions)) -> Self {
        self.call = self.call.with(|request| change(&mut request.options));
        self
    }

    /// Sends a signal along: the workflow is started unless it is running, and has the signal before its first task.
    ///
    /// The closure makes the signal as a handle would: `.with_signal(|w| w.submit_greeting("Grace"))`.
    ///
    /// ```
    /// # use durably::prelude::*;
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
    /// # fn main() {}
    /// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let greeting = Greeting::start(&client, "Ada").with_signal(|w| w.submit_greeting("Grace")).await?;
    /// # Ok(()) }
    /// ```
    pub fn with_signal(mut self, signal: impl FnOnce(&W::Handle) -> Signal<W>) -> Self {
        self.call = self.call.with(|request| {
            let handle = W::Handle::from(WorkflowHandle::by_id(&request.client, request.options.workflow_id.clone()));
            request.signal = signal(&handle).into_request();
        });
        self
    }

    /// Sends an update along: the workflow is started unless it is running.
    ///
    /// The closure makes the update as a handle would: `.with_update(|w| w.rename("Ada", "Grace"))`. A workflow that runs is
    /// used as it is, unless [`id_conflict_policy`](Start::id_conflict_policy) says otherwise. Awaiting gives the handle of
    /// the workflow and the answer; `.accepted()` inside the closure gives a handle of the update instead of the answer.
    ///
    /// Errors: it does not go together with `cron_schedule` and `with_signal`.
    ///
    /// ```
    /// # use durably::prelude::*;
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
    /// # fn main() {}
    /// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let (greeting, renamed) = Greeting::start(&client, "Ada").with_update(|w| w.rename("Grace", "Hedy")).await?;
    /// let (greeting, update) = Greeting::start(&client, "Ada").with_update(|w| w.rename("Grace", "Hedy").accepted()).await?;
    /// let renamed = update.result().await?;
    /// # Ok(()) }
    /// ```
    pub fn with_update<U: UpdateCall<W>>(
        self,
        update: impl FnOnce(&W::Handle) -> U,
    ) -> StartWithUpdate<W, U, Id, Queue> {
        StartWithUpdate::new(self.call.into_request(), update)
    }

    fn given<Id2, Queue2>(self) -> Start<W, Id2, Queue2> {
        Start { call: self.call, given: PhantomData }
    }
}

impl<W: Workflow, Id, Queue> Start<W, Id, Queue> {
    /// Starts it and waits for its result.
    // The bounds are on the method, not on the impl: so the compiler says what is missing.
    pub fn execute(self) -> Execute<W>
    where
        Id: HasId,
        Queue: HasTaskQueue,
    {
        Execute { start: self.given(), result: None }
    }
}

impl<W: Workflow, Id: HasId, Queue: HasTaskQueue> Future for Start<W, Id, Queue> {
    type Output = Result<W::Handle, CallError<WorkflowStartError>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.call.poll(cx, send).map_ok(W::Handle::from)
    }
}

impl<W: Workflow> StartRequest<W> {
    /// Whether a signal goes along.
    pub(super) fn has_signal(&self) -> bool {
        self.signal.is_some()
    }
}

fn send<W: Workflow>(
    request: StartRequest<W>,
) -> BoxFuture<'static, Result<WorkflowHandle<W>, CallError<WorkflowStartError>>> {
    Box::pin(async move {
        let client = request.client.clone();
        let workflow_id = request.options.workflow_id.clone();
        let signal = request.signal.as_ref().map(|signal| signal.name.clone());
        let workflow_type = request.input.name();
        let sent = send_plain(request).await;
        sent.map_err(|kind| {
            let call = match signal {
                Some(signal) => Call::new(&client, Verb::SignalWithStart).name(signal),
                None => Call::new(&client, Verb::Start),
            };
            CallError::new(call.workflow_id(workflow_id).workflow_type(workflow_type), told_apart(kind))
        })
    })
}

async fn send_plain<W: Workflow>(request: StartRequest<W>) -> Result<WorkflowHandle<W>, WorkflowStartError> {
    let StartRequest { client, input, options, signal, start_delay } = request;
    let workflow = WorkflowOf::of(&input);
    let starting = match start_delay {
        None => client.clone(),
        Some(delay) => delayed(&client, delay).await.map_err(WorkflowStartError::Rpc)?,
    };
    let handle = match signal {
        None => starting.start_workflow(workflow, input, options).await?,
        Some(signal) => {
            let name = Named::<W>::new(signal.name);
            starting.signal_with_start_workflow(workflow, input, name, signal.arguments, options).await?
        }
    };
    let started = handle.info().clone();
    Ok(WorkflowHandle::started(&client, started.workflow_id, started.run_id, started.first_execution_run_id))
}

/// Of a start with a signal, Temporal's client does not tell an id that is taken from other refusals.
fn told_apart(error: WorkflowStartError) -> WorkflowStartError {
    match error {
        WorkflowStartError::Rpc(source) if source.code() == Code::AlreadyExists => {
            let taken = decode_status_detail::<WorkflowExecutionAlreadyStartedFailure>(source.details());
            WorkflowStartError::AlreadyStarted { run_id: taken.map(|taken| taken.run_id), source }
        }
        other => other,
    }
}

fn options(defaults: &WorkflowDefaults, id: Option<String>) -> WorkflowStartOptions {
    let mut options =
        WorkflowStartOptions::new(defaults.task_queue.unwrap_or_default(), id.unwrap_or_default()).build();
    options.execution_timeout = defaults.execution_timeout;
    options.run_timeout = defaults.run_timeout;
    options.task_timeout = defaults.task_timeout;
    options.retry_policy = defaults.retry_policy.as_ref().map(Into::into);
    options.id_reuse_policy = defaults.id_reuse_policy;
    options.id_conflict_policy = defaults.id_conflict_policy;
    options.cron_schedule = defaults.cron_schedule.map(str::to_owned);
    options
}

/// A start that waits for the result; await it.
#[must_use = "a call does nothing unless it is awaited"]
pub struct Execute<W: Workflow> {
    start: Start<W, Given, Given>,
    result: Option<super::GetResult<W>>,
}

/// A workflow could not be started, or ended without a result: a kind of [`CallError`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExecuteError {
    /// It was not started.
    #[error(transparent)]
    Start(WorkflowStartError),
    /// It was started and ended without a result.
    #[error(transparent)]
    Result(WorkflowGetResultError),
}

impl<W: Workflow> Future for Execute<W> {
    type Output = Result<W::Output, CallError<<W::Failure as FailureType>::Or<ExecuteError>>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        loop {
            if let Some(result) = &mut self.result {
                let ended = result.poll_ended(cx).map_err(|error| error.map(ExecuteError::Result));
                return ended.map_err(|error| error.map(W::Failure::or));
            }
            match self.start.call.poll(cx, send) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Err(error)) => {
                    return Poll::Ready(Err(error.map(ExecuteError::Start).map(W::Failure::or)));
                }
                Poll::Ready(Ok(handle)) => self.result = Some(handle.result()),
            }
        }
    }
}
