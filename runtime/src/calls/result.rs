//! Waiting for the result of a workflow.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use temporalio_client::{RpcOptions, WorkflowGetResultOptions, errors::WorkflowGetResultError};

use super::{Call, CallError, Lazy, Verb};
use crate::{
    Client,
    failure::FailureType,
    workflow::{Workflow, WorkflowOf},
};

type Handle<W> = temporalio_client::WorkflowHandle<Client, WorkflowOf<W>>;
type Outcome<W> = Result<<W as Workflow>::Output, CallError<WorkflowGetResultError>>;

/// Waits for a workflow to end; await it for the result.
#[must_use = "a call does nothing unless it is awaited"]
pub struct GetResult<W: Workflow>(Lazy<(Handle<W>, WorkflowGetResultOptions), Outcome<W>>);

impl<W: Workflow> GetResult<W> {
    pub(super) fn new(handle: Handle<W>) -> Self {
        Self(Lazy::new((handle, WorkflowGetResultOptions::default())))
    }

    /// Whether to go on to the next run after a continue-as-new, a retry or a cron run. It does unless told otherwise.
    pub fn follow_runs(self, follow_runs: bool) -> Self {
        Self(self.0.with(|(_, options)| options.follow_runs = follow_runs))
    }

    /// Options of each RPC: metadata and timeout. There are as many as it takes, so the timeout of one does not end the wait;
    /// `tokio::time::timeout` around it does.
    pub fn rpc_options(self, rpc_options: RpcOptions) -> Self {
        Self(self.0.with(|(_, options)| options.rpc_options = rpc_options))
    }
}

impl<W: Workflow> GetResult<W> {
    pub(super) fn poll_ended(&mut self, cx: &mut Context<'_>) -> Poll<Outcome<W>> {
        self.0.poll(cx, |(handle, options)| {
            Box::pin(async move {
                let result = handle.get_result(options).await;
                result.map_err(|kind| {
                    let call = Call::of(handle.client(), Verb::Result, handle.info());
                    CallError::new(call.workflow_type(W::TYPE.name).answer::<W::Output>(), kind)
                })
            })
        })
    }
}

impl<W: Workflow> Future for GetResult<W> {
    type Output = Result<W::Output, CallError<<W::Failure as FailureType>::Or<WorkflowGetResultError>>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.poll_ended(cx).map_err(|error| error.map(W::Failure::or))
    }
}
