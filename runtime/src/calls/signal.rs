//! Signalling a workflow from a client.

use std::{
    borrow::Cow,
    pin::Pin,
    task::{Context, Poll},
};

use temporalio_client::{RpcOptions, WorkflowSignalOptions, errors::WorkflowInteractionError};

use super::{CallError, Lazy, Verb, WorkflowHandle};
use crate::{
    arguments::Arguments,
    workflow::{Named, SignalMethod, Workflow},
};

/// A signal to a workflow; await it to send it. It returns once the server has recorded it.
///
/// In [`Start::with_signal`](super::Start::with_signal) it is sent along with the start instead.
///
/// ```
/// # use durably::prelude::*;
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
/// # fn main() {}
/// # async fn example(greeting: GreetingHandle) -> Result<(), Box<dyn std::error::Error>> {
/// greeting.submit_greeting("Grace").await?;
/// greeting.submit_greeting("Hedy").request_id("from-the-web-form-7").await?;
/// # Ok(()) }
/// ```
#[must_use = "a call does nothing unless it is awaited"]
pub struct Signal<W: Workflow>(Lazy<SignalRequest<W>, Result<(), CallError<WorkflowInteractionError>>>);

pub(super) struct SignalRequest<W: Workflow> {
    handle: WorkflowHandle<W>,
    pub(super) name: Cow<'static, str>,
    pub(super) arguments: Arguments,
    options: WorkflowSignalOptions,
}

impl<W: Workflow> Signal<W> {
    /// The signal at place `INDEX` with these arguments.
    #[doc(hidden)]
    pub fn new<const INDEX: usize>(handle: &WorkflowHandle<W>, arguments: <W as SignalMethod<INDEX>>::Arguments) -> Self
    where
        W: SignalMethod<INDEX>,
    {
        Self::by_name(handle, <W as SignalMethod<INDEX>>::TABLE.wire_name(), Arguments::new(arguments))
    }

    pub(crate) fn by_name(
        handle: &WorkflowHandle<W>,
        name: impl Into<Cow<'static, str>>,
        arguments: Arguments,
    ) -> Self {
        let options = WorkflowSignalOptions::default();
        Self(Lazy::new(SignalRequest { handle: handle.clone(), name: name.into(), arguments, options }))
    }

    /// Sent twice with the same id, it arrives once. A random one unless given.
    pub fn request_id(self, request_id: impl Into<String>) -> Self {
        let request_id = request_id.into();
        Self(self.0.with(|request| request.options.request_id = Some(request_id)))
    }

    /// Options of the RPC: metadata and timeout.
    pub fn rpc_options(self, rpc_options: RpcOptions) -> Self {
        Self(self.0.with(|request| request.options.rpc_options = rpc_options))
    }

    pub(super) fn into_request(self) -> Option<SignalRequest<W>> {
        self.0.into_request()
    }
}

impl<W: Workflow> Future for Signal<W> {
    type Output = Result<(), CallError<WorkflowInteractionError>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll(cx, |SignalRequest { handle, name, arguments, options }| {
            Box::pin(async move {
                let signal = Named::<W>::new(name.clone());
                let sent = handle.official().signal(signal, arguments, options).await;
                sent.map_err(|kind| CallError::new(handle.call(Verb::Signal).name(name), kind))
            })
        })
    }
}
