//! Querying a workflow from a client.

use std::{
    borrow::Cow,
    pin::Pin,
    task::{Context, Poll},
};

use temporalio_client::{QueryRejectCondition, RpcOptions, WorkflowQueryOptions, errors::WorkflowQueryError};

use super::{CallError, Lazy, Verb, WorkflowHandle};
use crate::{
    arguments::{ArgumentValue, Arguments},
    workflow::{Named, QueryMethod, Workflow},
};

/// A query of a workflow, running or closed; await it for the answer.
///
/// ```
/// # use durably::prelude::*;
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/greeting.rs"));
/// # fn main() {}
/// # async fn example(greeting: GreetingHandle) -> Result<(), Box<dyn std::error::Error>> {
/// let waiting: usize = greeting.pending().await?;
/// # Ok(()) }
/// ```
#[must_use = "a call does nothing unless it is awaited"]
pub struct Query<W: Workflow, O>(Lazy<Request<W>, Result<O, CallError<WorkflowQueryError>>>);

struct Request<W: Workflow> {
    handle: WorkflowHandle<W>,
    name: Cow<'static, str>,
    arguments: Arguments,
    options: WorkflowQueryOptions,
}

impl<W: Workflow, O> Query<W, O> {
    /// The query at place `INDEX` with these arguments.
    #[doc(hidden)]
    pub fn new<const INDEX: usize>(handle: &WorkflowHandle<W>, arguments: <W as QueryMethod<INDEX>>::Arguments) -> Self
    where
        W: QueryMethod<INDEX, Output = O>,
    {
        Self::by_name(handle, <W as QueryMethod<INDEX>>::TABLE.wire_name(), Arguments::new(arguments))
    }

    pub(crate) fn by_name(
        handle: &WorkflowHandle<W>,
        name: impl Into<Cow<'static, str>>,
        arguments: Arguments,
    ) -> Self {
        let options = WorkflowQueryOptions::default();
        Self(Lazy::new(Request { handle: handle.clone(), name: name.into(), arguments, options }))
    }
}

impl<W: Workflow, O: ArgumentValue> Query<W, O> {
    /// When the server should refuse the query, judged by the state of the workflow. Never unless given.
    pub fn reject_condition(self, condition: QueryRejectCondition) -> Self {
        Self(self.0.with(|request| request.options.reject_condition = Some(condition)))
    }

    /// Options of the RPC: metadata and timeout.
    pub fn rpc_options(self, rpc_options: RpcOptions) -> Self {
        Self(self.0.with(|request| request.options.rpc_options = rpc_options))
    }
}

impl<W: Workflow, O: ArgumentValue> Future for Query<W, O> {
    type Output = Result<O, CallError<WorkflowQueryError>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll(cx, |Request { handle, name, arguments, options }| {
            Box::pin(async move {
                let query = Named::<W, O>::new(name.clone());
                let answer = handle.official().query(query, arguments, options).await;
                answer.map_err(|kind| {
                    let call = handle.call(Verb::Query).workflow_type(W::TYPE.name).name(name).answer::<O>();
                    CallError::new(call, kind)
                })
            })
        })
    }
}
