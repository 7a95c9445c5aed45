//! Counting workflows.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use temporalio_client::{RpcOptions, WorkflowCountOptions, WorkflowExecutionCount};

use super::{VisibilityError, query::Query};
use crate::{Client, calls::Lazy, workflow::WorkflowType};

/// The number of workflows in the client's namespace, running and closed.
pub fn count_workflows(client: &Client) -> CountWorkflows {
    let options = WorkflowCountOptions::default();
    CountWorkflows(Lazy::new(Request { client: client.clone(), query: Query::default(), options }))
}

/// A count of workflows; await it for the number, or the numbers of its groups.
///
/// Errors: the service does not understand the filter, or refuses the call.
#[must_use = "a call does nothing unless it is awaited"]
pub struct CountWorkflows(Lazy<Request, Result<WorkflowExecutionCount, VisibilityError>>);

struct Request {
    client: Client,
    query: Query,
    options: WorkflowCountOptions,
}

impl CountWorkflows {
    /// Only those of the type `W`.
    pub fn of<W: WorkflowType>(self) -> Self {
        Self(self.0.with(|request| request.query.of::<W>()))
    }

    /// Only those that this list filter matches, such as `ExecutionStatus = 'Running'`. Of several filters, all must match.
    pub fn filter(self, filter: impl Into<String>) -> Self {
        Self(self.0.with(|request| request.query.and(filter)))
    }

    /// One number for each value of an attribute. Services know `ExecutionStatus` at least.
    pub fn group_by(self, attribute: impl Into<String>) -> Self {
        Self(self.0.with(|request| request.query.group_by(attribute.into())))
    }

    /// Options of the RPC: metadata and timeout.
    pub fn rpc_options(self, rpc_options: RpcOptions) -> Self {
        Self(self.0.with(|request| request.options.rpc_options = rpc_options))
    }
}

impl Future for CountWorkflows {
    type Output = Result<WorkflowExecutionCount, VisibilityError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll(cx, |Request { client, query, options }| {
            Box::pin(async move {
                let query = query.text();
                let counted = client.count_workflows(&query, options).await;
                counted.map_err(|source| VisibilityError { query, source })
            })
        })
    }
}
