//! Listing workflows.

use std::{
    fmt,
    marker::PhantomData,
    ops::Deref,
    pin::Pin,
    task::{Context, Poll},
};

use futures_util::{Stream, StreamExt};
use temporalio_client::{ListWorkflowsStream, RpcOptions, WorkflowExecution, WorkflowListOptions};

use super::{VisibilityError, query::Query};
use crate::{
    Client, WorkflowHandle,
    untyped::UntypedWorkflow,
    workflow::{Workflow, WorkflowType},
};

/// The workflows of the client's namespace, running and closed, each run for itself, the latest first.
pub fn list_workflows(client: &Client) -> ListWorkflows {
    ListWorkflows {
        client: client.clone(),
        query: Query::default(),
        options: WorkflowListOptions::default(),
        pages: None,
        workflow: PhantomData,
    }
}

/// A list of workflows: a stream that fetches page by page, from its first poll on.
///
/// It is a `futures` stream; [`next`](ListWorkflows::next) and [`all`](ListWorkflows::all) do without that crate. An option
/// that is set after the first poll has no effect.
#[must_use = "a list fetches nothing unless it is polled"]
pub struct ListWorkflows<W = UntypedWorkflow> {
    client: Client,
    query: Query,
    options: WorkflowListOptions,
    pages: Option<Pages>,
    workflow: PhantomData<fn() -> W>,
}

/// The query, for errors, and what comes of it.
type Pages = (String, ListWorkflowsStream);

impl ListWorkflows {
    /// Only those of the type `W`.
    pub fn of<W: Workflow>(mut self) -> ListWorkflows<W> {
        self.query.of::<W>();
        let Self { client, query, options, pages, workflow: _ } = self;
        ListWorkflows { client, query, options, pages, workflow: PhantomData }
    }
}

impl<W: WorkflowType> ListWorkflows<W> {
    /// Only those that this list filter matches, such as `ExecutionStatus = 'Running'`. Of several filters, all must match.
    pub fn filter(mut self, filter: impl Into<String>) -> Self {
        self.query.and(filter);
        self
    }

    /// At most that many.
    pub fn limit(mut self, limit: usize) -> Self {
        self.options.limit = Some(limit);
        self
    }

    /// Options of the RPC for each page: metadata and timeout.
    pub fn rpc_options(mut self, rpc_options: RpcOptions) -> Self {
        self.options.rpc_options = rpc_options;
        self
    }

    /// The next one; `None` after the last.
    ///
    /// Errors: the service does not understand the filter, or refuses the call.
    pub async fn next(&mut self) -> Option<Result<ListedWorkflow<W>, VisibilityError>> {
        StreamExt::next(self).await
    }

    /// All of them, in memory.
    ///
    /// Errors: the service does not understand the filter, or refuses a call.
    pub async fn all(mut self) -> Result<Vec<ListedWorkflow<W>>, VisibilityError> {
        let mut all = Vec::new();
        while let Some(found) = self.next().await {
            all.push(found?);
        }
        Ok(all)
    }
}

impl<W: WorkflowType> Stream for ListWorkflows<W> {
    type Item = Result<ListedWorkflow<W>, VisibilityError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { client, query, options, pages, .. } = self.get_mut();
        let (query, pages) = pages.get_or_insert_with(|| {
            let query = query.text();
            let pages = client.list_workflows(&query, std::mem::take(options));
            (query, pages)
        });
        pages.poll_next_unpin(cx).map(|found| {
            Some(match found? {
                Ok(found) => Ok(ListedWorkflow { client: client.clone(), found, workflow: PhantomData }),
                Err(source) => Err(VisibilityError { query: query.clone(), source }),
            })
        })
    }
}

/// One run of a workflow in a list: what the service has indexed of it.
///
/// Dereferences to Temporal's [`WorkflowExecution`]: ids, type, status, times, memo, search attributes.
pub struct ListedWorkflow<W = UntypedWorkflow> {
    client: Client,
    found: WorkflowExecution,
    workflow: PhantomData<fn() -> W>,
}

impl<W: WorkflowType> ListedWorkflow<W> {
    /// A handle for the workflow, whichever of its runs is the latest; `.for_run(found.run_id())` binds it to the one that was
    /// found.
    pub fn handle(&self) -> W::Handle {
        WorkflowHandle::by_id(&self.client, self.found.id()).into()
    }
}

impl<W> Deref for ListedWorkflow<W> {
    type Target = WorkflowExecution;

    fn deref(&self) -> &WorkflowExecution {
        &self.found
    }
}

impl<W> fmt::Debug for ListedWorkflow<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListedWorkflow")
            .field("workflow_id", &self.found.id())
            .field("run_id", &self.found.run_id())
            .field("workflow_type", &self.found.workflow_type())
            .finish_non_exhaustive()
    }
}
