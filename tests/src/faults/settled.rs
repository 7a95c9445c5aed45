//! Waiting for many workflows, with a limit, and with words for what is missing.

use std::{cell::Cell, fmt::Write, future::Future, ops::Deref, time::Duration};

use durably::{
    WorkflowExecutionStatus, WorkflowHandle,
    temporal::common::protos::temporal::api::workflowservice::v1::DescribeWorkflowExecutionResponse,
};
use futures_util::future::join_all;

use crate::history::messages;

/// How many of the workflows that are not done are described.
const DESCRIBED: usize = 5;

/// What `wait` gives for each of the workflows, in their order; panics after `limit` and says what is pending.
pub async fn settled<'a, W: 'static, H, T, F>(handles: &'a [H], limit: Duration, wait: impl Fn(&'a H) -> F) -> Vec<T>
where
    H: Deref<Target = WorkflowHandle<W>>,
    F: Future<Output = T>,
{
    let done = Cell::new(0);
    let all = join_all(handles.iter().map(async |handle| {
        let result = wait(handle).await;
        done.set(done.get() + 1);
        result
    }));
    match tokio::time::timeout(limit, all).await {
        Ok(results) => results,
        Err(_) => {
            panic!("{} of {} are done after {limit:?}{}", done.get(), handles.len(), pending(handles).await)
        }
    }
}

/// The first workflows that are not closed, and what they wait for.
async fn pending<W: 'static, H: Deref<Target = WorkflowHandle<W>>>(handles: &[H]) -> String {
    let mut text = String::new();
    let mut described = 0;
    for handle in handles {
        let id = handle.workflow_id();
        let state = match tokio::time::timeout(Duration::from_secs(2), handle.describe()).await {
            Ok(Ok(description)) if description.status() != WorkflowExecutionStatus::Running => continue,
            Ok(Ok(description)) => state(description.into_raw()),
            Ok(Err(error)) => format!("cannot be described: {error}"),
            Err(_) => "cannot be described: the server does not answer".to_owned(),
        };
        let _ = write!(text, "\n  {id} {state}");
        described += 1;
        if described == DESCRIBED {
            break;
        }
    }
    text
}

fn state(raw: DescribeWorkflowExecutionResponse) -> String {
    let mut parts = Vec::new();
    if let Some(task) = raw.pending_workflow_task {
        parts.push(format!("waits for a workflow task, {}, attempt {}", task.state().as_str_name(), task.attempt));
    }
    for activity in raw.pending_activities {
        let state = activity.state().as_str_name();
        let failure = activity.last_failure.as_ref().map(messages).unwrap_or_default();
        let (id, attempt) = (activity.activity_id, activity.attempt);
        parts.push(format!("waits for activity {id}, {state}, attempt {attempt}, last failure `{failure}`"));
    }
    if parts.is_empty() {
        parts.push("waits for a timer or a message".to_owned());
    }
    parts.join("; ")
}
