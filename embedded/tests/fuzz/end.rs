//! What must be true once a sequence is over.

use prost::{Message, Name};
use temporalio_protos::temporal::api::{
    common::v1::WorkflowType,
    enums::v1::WorkflowExecutionStatus,
    operatorservice::v1::{DeleteNamespaceRequest, DeleteNamespaceResponse},
    taskqueue::v1::TaskQueue,
    testservice::v1::{LockTimeSkippingRequest, LockTimeSkippingResponse},
    workflow::v1::WorkflowExecutionInfo,
    workflowservice::v1 as service,
};
use tonic::{Status, metadata::MetadataMap};

use crate::{
    check,
    world::{OPERATOR, TESTS, WORKFLOWS, World},
};

/// A call that is not part of the sequence.
async fn ask<Q: Message + Name, R: Message + Default>(world: &World, service: &str, request: Q) -> Result<R, Status> {
    let rpc = Q::NAME.strip_suffix("Request").unwrap_or(Q::NAME);
    let answer = world.server.call(service, rpc, &MetadataMap::new(), request.encode_to_vec().into()).await?;
    R::decode(&*answer).map_err(|error| Status::internal(format!("the answer to {rpc} does not decode: {error}")))
}

async fn runs(world: &World, namespace: &str) -> Vec<WorkflowExecutionInfo> {
    let request = service::ListWorkflowExecutionsRequest { namespace: namespace.to_owned(), ..Default::default() };
    // The namespace may have been deleted.
    let answer = ask(world, WORKFLOWS, request).await;
    answer.map(|answer: service::ListWorkflowExecutionsResponse| answer.executions).unwrap_or_default()
}

/// Every history is well formed, and says of its run what the list says.
pub(crate) async fn histories(world: &World, namespace: &str) -> Result<(), String> {
    for run in runs(world, namespace).await {
        let execution = run.execution.clone();
        let request = service::GetWorkflowExecutionHistoryRequest {
            namespace: namespace.to_owned(),
            execution: execution.clone(),
            ..Default::default()
        };
        let answer: Result<service::GetWorkflowExecutionHistoryResponse, _> = ask(world, WORKFLOWS, request).await;
        let answer = answer.map_err(|refused| format!("no history of {execution:?}: {refused}"))?;
        let events = answer.history.unwrap_or_default().events;
        let mut open = run.status() == WorkflowExecutionStatus::Running;
        if open && !check::is_open(&events) {
            // It may have closed since it was listed.
            let now = runs(world, namespace).await;
            let now = now.iter().find(|now| now.execution == execution);
            open = now.is_some_and(|run| run.status() == WorkflowExecutionStatus::Running);
        }
        check::history(&events, open).map_err(|wrong| {
            let kinds: Vec<_> = events.iter().map(|event| event.event_type()).collect();
            format!("the history of {execution:?}: {wrong}\n{kinds:?}")
        })?;
    }
    Ok(())
}

/// Deletes everything; then nothing may be left, and the server must still be there.
pub(crate) async fn remains(world: &World) -> Result<(), String> {
    delete_everything(world).await?;
    let census = world.server.census();
    let nothing = durably_embedded::Census { queues: census.queues, ..Default::default() };
    if census != nothing {
        return Err(format!("this is left once everything is deleted: {census:?}"));
    }
    works(world).await
}

async fn delete_everything(world: &World) -> Result<(), String> {
    for (namespace, id) in [("default", "s1"), ("default", "s2"), ("other", "s1"), ("other", "s2")] {
        let request = service::DeleteScheduleRequest {
            namespace: namespace.to_owned(),
            schedule_id: id.to_owned(),
            ..Default::default()
        };
        // There may be none.
        let _: Result<service::DeleteScheduleResponse, _> = ask(world, WORKFLOWS, request).await;
    }
    // Chains that go on and on would make new runs in the meantime.
    let request = LockTimeSkippingRequest {};
    let locked: Result<LockTimeSkippingResponse, _> = ask(world, TESTS, request).await;
    locked.map_err(|refused| format!("time is not locked: {refused}"))?;
    for _ in 0..100 {
        let found = runs(world, "default").await;
        if found.is_empty() {
            break;
        }
        for run in found {
            let namespace = "default".to_owned();
            let request = service::DeleteWorkflowExecutionRequest { namespace, workflow_execution: run.execution };
            // It may be gone with another one.
            let _: Result<service::DeleteWorkflowExecutionResponse, _> = ask(world, WORKFLOWS, request).await;
        }
    }
    let request = DeleteNamespaceRequest { namespace: "other".to_owned(), ..Default::default() };
    // It may have been deleted.
    let _: Result<DeleteNamespaceResponse, _> = ask(world, OPERATOR, request).await;
    Ok(())
}

/// Another workflow starts, and a worker gets its task.
async fn works(world: &World) -> Result<(), String> {
    let (namespace, queue) = ("default".to_owned(), TaskQueue { name: "last".to_owned(), ..Default::default() });
    let request = service::RegisterNamespaceRequest {
        namespace: namespace.clone(),
        workflow_execution_retention_period: Some(prost_wkt_types::Duration { seconds: 3600, nanos: 0 }),
        ..Default::default()
    };
    // It may have been deleted by garbage that was a message after all; otherwise it is there.
    let _: Result<service::RegisterNamespaceResponse, _> = ask(world, WORKFLOWS, request).await;
    let request = service::StartWorkflowExecutionRequest {
        namespace: namespace.clone(),
        workflow_id: "last".to_owned(),
        workflow_type: Some(WorkflowType { name: "W".to_owned() }),
        task_queue: Some(queue.clone()),
        ..Default::default()
    };
    let started: Result<service::StartWorkflowExecutionResponse, _> = ask(world, WORKFLOWS, request).await;
    started.map_err(|refused| format!("the server does not start workflows any more: {refused}"))?;
    let request = service::PollWorkflowTaskQueueRequest { namespace, task_queue: Some(queue), ..Default::default() };
    let task: Result<service::PollWorkflowTaskQueueResponse, _> = ask(world, WORKFLOWS, request).await;
    match task {
        Ok(task) if !task.task_token.is_empty() => Ok(()),
        other => Err(format!("the server has no tasks any more: {other:?}")),
    }
}
