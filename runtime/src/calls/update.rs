//! Updating a workflow from a client.

use std::{
    borrow::Cow,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll},
};

use futures_util::future::BoxFuture;
use temporalio_client::{RpcOptions, WorkflowStartUpdateOptions, WorkflowUpdateHandle, errors::WorkflowUpdateError};

use super::{Call, CallError, Lazy, UpdateError, Verb, WorkflowHandle};
use crate::{
    Client,
    arguments::{ArgumentValue, Arguments},
    failure::{Failure, FailureType, Undeclared},
    workflow::{Named, UpdateMethod, Workflow},
};

/// The call waits until the update handler has ended.
#[derive(Debug, Clone, Copy)]
pub enum Completed {}

/// The call waits until the validator has accepted the update.
#[derive(Debug, Clone, Copy)]
pub enum Accepted {}

/// An update of a workflow; await it for the answer.
///
/// [`accepted`](Update::accepted) makes it return as soon as the workflow has accepted it, with a handle to wait on. In
/// [`Start::with_update`](super::Start::with_update) it is sent along with the start instead.
///
/// ```
/// # use durably::prelude::*;
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
/// # fn main() {}
/// # async fn example(greeting: GreetingHandle) -> Result<(), Box<dyn std::error::Error>> {
/// let renamed: usize = greeting.rename("Grace", "Hedy").await?;
///
/// let update = greeting.rename("Hedy", "Ada").update_id("rename-1").accepted().await?;
/// // .. the workflow has accepted it; the answer comes later
/// let renamed = update.result().await?;
/// # Ok(()) }
/// ```
#[must_use = "a call does nothing unless it is awaited"]
pub struct Update<W: Workflow, O, F = Undeclared, Stage = Completed> {
    request: Lazy<UpdateRequest<W>, Sent<UpdateHandle<O, F>>>,
    waiting: Option<BoxFuture<'static, Sent<O>>>,
    /// For the calls that wait, which come after the request is gone.
    rpc_options: RpcOptions,
    stage: PhantomData<fn() -> Stage>,
}

type Sent<T> = Result<T, CallError<UpdateError>>;

pub(super) struct UpdateRequest<W: Workflow> {
    handle: WorkflowHandle<W>,
    pub(super) name: Cow<'static, str>,
    pub(super) arguments: Arguments,
    pub(super) options: WorkflowStartUpdateOptions,
}

impl<W: Workflow, O, F> Update<W, O, F> {
    /// The update at place `INDEX` with these arguments.
    #[doc(hidden)]
    pub fn new<const INDEX: usize>(handle: &WorkflowHandle<W>, arguments: <W as UpdateMethod<INDEX>>::Arguments) -> Self
    where
        W: UpdateMethod<INDEX, Output = O, Failure = F>,
    {
        Self::by_name(handle, <W as UpdateMethod<INDEX>>::TABLE.wire_name(), Arguments::new(arguments))
    }

    pub(crate) fn by_name(
        handle: &WorkflowHandle<W>,
        name: impl Into<Cow<'static, str>>,
        arguments: Arguments,
    ) -> Self {
        let options = WorkflowStartUpdateOptions::default();
        let request = UpdateRequest { handle: handle.clone(), name: name.into(), arguments, options };
        Self { request: Lazy::new(request), waiting: None, rpc_options: RpcOptions::default(), stage: PhantomData }
    }

    /// Waits only until the workflow has accepted the update, and gives a handle to wait on.
    pub fn accepted(self) -> Update<W, O, F, Accepted> {
        Update { request: self.request, waiting: None, rpc_options: self.rpc_options, stage: PhantomData }
    }
}

impl<W: Workflow, O: ArgumentValue, F: FailureType, Stage> Update<W, O, F, Stage> {
    /// The update id: sent twice with the same one, it runs once. A random one unless given.
    pub fn update_id(self, update_id: impl Into<String>) -> Self {
        let update_id = update_id.into();
        self.with(|request| request.options.update_id = Some(update_id))
    }

    /// Options of each RPC: metadata and timeout.
    pub fn rpc_options(mut self, rpc_options: RpcOptions) -> Self {
        self.rpc_options = rpc_options.clone();
        self.with(|request| request.options.rpc_options = rpc_options)
    }

    fn with(mut self, change: impl FnOnce(&mut UpdateRequest<W>)) -> Self {
        self.request = self.request.with(change);
        self
    }

    pub(super) fn into_request(self) -> Option<UpdateRequest<W>> {
        self.request.into_request()
    }

    fn poll_accepted(&mut self, cx: &mut Context<'_>) -> Poll<Sent<UpdateHandle<O, F>>> {
        self.request.poll(cx, |UpdateRequest { handle, name, arguments, options }| {
            Box::pin(async move {
                let update = Named::<W, O>::new(name.clone());
                let client = handle.client();
                match handle.official().start_update(update, arguments, options).await {
                    Ok(started) => Ok(UpdateHandle::new(client, started, Some(name))),
                    Err(error) => {
                        let kind = UpdateError::new(error, &client.options().data_converter);
                        let call = handle.call(Verb::Update).name(name);
                        Err(CallError::new(call, kind))
                    }
                }
            })
        })
    }
}

impl<W: Workflow, O: ArgumentValue, F: FailureType> Future for Update<W, O, F, Accepted> {
    type Output = Result<UpdateHandle<O, F>, CallError<F::Or<UpdateError>>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.poll_accepted(cx).map_err(|error| error.map(F::or))
    }
}

impl<W: Workflow, O: ArgumentValue, F: FailureType> Future for Update<W, O, F, Completed> {
    type Output = Result<O, CallError<F::Or<UpdateError>>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        loop {
            if let Some(waiting) = &mut self.waiting {
                return waiting.as_mut().poll(cx).map_err(|error| error.map(F::or));
            }
            match self.poll_accepted(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error.map(F::or))),
                Poll::Ready(Ok(handle)) => {
                    let rpc_options = self.rpc_options.clone();
                    self.waiting = Some(handle.wait(rpc_options));
                }
            }
        }
    }
}

/// An update that was sent.
///
/// ```
/// # use durably::prelude::*;
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
/// # fn main() {}
/// # async fn example(greeting: GreetingHandle) -> Result<(), Box<dyn std::error::Error>> {
/// let update = greeting.rename("Grace", "Hedy").update_id("rename-1").accepted().await?;
/// let renamed: usize = update.result().await?;
///
/// // Found again by its id, from anywhere.
/// let renamed = greeting.update_handle::<usize>("rename-1").result().await?;
/// # Ok(()) }
/// ```
pub struct UpdateHandle<O, F = Undeclared> {
    client: Client,
    inner: WorkflowUpdateHandle<Client, O>,
    /// Not known if it was found by its id.
    name: Option<Cow<'static, str>>,
    failure: PhantomData<fn() -> F>,
}

impl<O> UpdateHandle<O> {
    /// The same update, found by its id, as one whose handler declares the failure `F`.
    ///
    /// ```
    /// # use durably::prelude::*;
    /// # #[derive(Debug, Failure)]
    /// # enum DepositError { #[failure(message = "a deposit is more than nothing")] Nothing }
    /// # #[workflow]
    /// # #[derive(Default)]
    /// # struct Account { cents: u32 }
    /// # #[workflow]
    /// # impl Account {
    /// #     #[run]
    /// #     async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> { Ok(ctx.wait_condition(|w| w.cents > 99).await?) }
    /// # }
    /// # async fn example(account: AccountHandle) -> Result<(), Box<dyn std::error::Error>> {
    /// let deposit = account.update_handle::<u32>("deposit-1").declares::<DepositError>();
    /// match deposit.result().await {
    ///     Ok(cents) => println!("there are {cents} now"),
    ///     Err(error) => match error.declared() {
    ///         Some(DepositError::Nothing) => println!("that was nothing"),
    ///         None => return Err(error.into()),
    ///     },
    /// }
    /// # Ok(()) }
    /// ```
    pub fn declares<F: Failure>(self) -> UpdateHandle<O, F> {
        UpdateHandle { client: self.client, inner: self.inner, name: self.name, failure: PhantomData }
    }
}

impl<O: ArgumentValue, F: FailureType> UpdateHandle<O, F> {
    pub(super) fn new(
        client: &Client,
        inner: WorkflowUpdateHandle<Client, O>,
        name: Option<Cow<'static, str>>,
    ) -> Self {
        Self { client: client.clone(), inner, name, failure: PhantomData }
    }

    /// The update id.
    pub fn update_id(&self) -> &str {
        self.inner.id()
    }

    /// The id of the workflow it was sent to.
    pub fn workflow_id(&self) -> &str {
        self.inner.workflow_id()
    }

    /// The run it was sent to, if known.
    pub fn run_id(&self) -> Option<&str> {
        self.inner.workflow_run_id()
    }

    /// Waits for the update handler to end and gives its answer.
    ///
    /// Errors: the handler failed, the workflow closed before it ended, or the answer does not decode.
    pub async fn result(&self) -> Result<O, CallError<F::Or<UpdateError>>> {
        let result = self.inner.get_result(RpcOptions::default()).await;
        result.map_err(|error| self.failed(error).map(F::or))
    }

    pub(super) fn wait(self, rpc_options: RpcOptions) -> BoxFuture<'static, Sent<O>> {
        Box::pin(async move {
            let result = self.inner.get_result(rpc_options).await;
            result.map_err(|error| self.failed(error))
        })
    }

    fn failed(&self, error: WorkflowUpdateError) -> CallError<UpdateError> {
        let mut call = Call::new(&self.client, Verb::Update).workflow_id(self.workflow_id()).run_id(self.run_id());
        if let Some(name) = &self.name {
            call = call.name(name.clone());
        }
        let kind = UpdateError::new(error, &self.client.options().data_converter);
        CallError::new(call.update_id(self.update_id()).answer::<O>(), kind)
    }
}

impl<O, F> std::fmt::Debug for UpdateHandle<O, F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UpdateHandle")
            .field("update_id", &self.inner.id())
            .field("workflow_id", &self.inner.workflow_id())
            .finish_non_exhaustive()
    }
}
