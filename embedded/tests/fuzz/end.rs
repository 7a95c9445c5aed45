//! What must be true once a sequence is over.

use std::{
    collections::{HashMap, HashSet},
    time::SystemTime,
};

use prost::{Message, Name};
use temporalio_protos::temporal::api::{
    common::v1::WorkflowType,
    enums::v1::{PendingActivityState, PendingWorkflowTaskState, WorkflowExecutionStatus},
    history::v1::HistoryEvent,
    operatorservice::v1::{DeleteNamespaceRequest, DeleteNamespaceResponse},
    taskqueue::v1::TaskQueue,
    testservice::v1::{LockTimeSkippingRequest, LockTimeSkippingResponse},
    workflow::v1::{PendingActivityInfo, WorkflowExecutionInfo},
    workflowservice::v1 as service,
};
use tonic::{Status, metadata::MetadataMap};

use crate::{
    check,
    steps::tasks,
    world::{OPERATOR, TESTS, WORKFLOWS, World, impatiently},
};

/// A call that is not part of the sequence.
async fn ask<Q: Message + Name, R: Message + Default>(world: &World, service: &str, request: Q) -> Result<R, Status> {
    let rpc = Q::NAME.strip_suffix("Request").unwrap_or(Q::NAME);
    let answer = world.server.call(service, rpc, &MetadataMap::new(), request.encode_to_vec().into()).await?;
    R::decode(&*answer).map_err(|error| Status::internal(format!("the answer to {rpc} does not decode: {error}")))
}

async fn runs(world: &World, namespace: &str) -> Result<Vec<WorkflowExecutionInfo>, String> {
    let mut request = service::ListWorkflowExecutionsRequest { namespace: namespace.to_owned(), ..Default::default() };
    let mut runs = Vec::new();
    loop {
        let answer: Result<service::ListWorkflowExecutionsResponse, _> = ask(world, WORKFLOWS, request.clone()).await;
        let answer = answer.map_err(|refused| format!("the workflows of {namespace} are not listed: {refused}"))?;
        runs.extend(answer.executions);
        request.next_page_token = answer.next_page_token;
        if request.next_page_token.is_empty() {
            return Ok(runs);
        }
    }
}

/// What has happened to a workflow, in each of its runs.
type Histories = HashMap<(String, String), Vec<Vec<HistoryEvent>>>;

/// Everything that must be true: first of what is there, then once all that is open has been ended, and once all is deleted.
pub(crate) async fn check(world: &World) -> Result<(), String> {
    // Chains that go on and on, and what is due, would make it another one in the meantime.
    let locked: Result<LockTimeSkippingResponse, _> = ask(world, TESTS, LockTimeSkippingRequest {}).await;
    locked.map_err(|refused| format!("time is not locked: {refused}"))?;
    let namespaces = namespaces(world).await?;
    let mut histories = Histories::new();
    for namespace in &namespaces {
        delete_schedules(world, namespace).await?;
        still(async || tally(world, namespace).await).await?;
        still(async || read_histories(world, namespace).await).await?;
        if !world.garbled {
            still(async || hand_out(world, namespace).await).await?;
        }
        terminate_all(world, namespace).await?;
        histories.extend(still(async || read_histories(world, namespace).await).await?);
    }
    if world.keeps {
        world.ledger.check(|namespace, workflow_id| {
            histories.get(&(namespace.to_owned(), workflow_id.to_owned())).map(Vec::as_slice)
        })?;
    }
    remains(world, &namespaces).await
}

/// What is asked for in several calls may change between them, though time does not skip: once more then.
async fn still<T>(ask: impl AsyncFn() -> Result<T, String>) -> Result<T, String> {
    for _ in 0..5 {
        if let Ok(answer) = ask().await {
            return Ok(answer);
        }
    }
    ask().await
}

async fn namespaces(world: &World) -> Result<Vec<String>, String> {
    let listed: Result<service::ListNamespacesResponse, _> =
        ask(world, WORKFLOWS, service::ListNamespacesRequest::default()).await;
    let listed = listed.map_err(|refused| format!("namespaces are not listed: {refused}"))?;
    let infos = listed.namespaces.into_iter().filter_map(|namespace| namespace.namespace_info);
    Ok(infos.map(|info| info.name).collect())
}

/// Lists and counts agree, and of each workflow one run is open at most.
async fn tally(world: &World, namespace: &str) -> Result<(), String> {
    let found = runs(world, namespace).await?;
    let open = |run: &&WorkflowExecutionInfo| run.status() == WorkflowExecutionStatus::Running;
    for (query, expected) in [("", found.len()), ("ExecutionStatus = 'Running'", found.iter().filter(open).count())] {
        let request =
            service::CountWorkflowExecutionsRequest { namespace: namespace.to_owned(), query: query.to_owned() };
        let counted: Result<service::CountWorkflowExecutionsResponse, _> = ask(world, WORKFLOWS, request).await;
        let count = counted.map_err(|refused| format!("the workflows are not counted: {refused}"))?.count;
        if usize::try_from(count) != Ok(expected) {
            return Err(format!("{count} are counted of `{query}`, and {expected} are listed"));
        }
    }
    let mut ids = HashSet::new();
    for run in found.iter().filter(open) {
        let execution = run.execution.clone().unwrap_or_default();
        if !ids.insert(execution.workflow_id) {
            return Err(format!("two runs are open: one of them is {}", execution.run_id));
        }
    }
    Ok(())
}

/// Every history is well formed, and says of its run what the list and the description say.
async fn read_histories(world: &World, namespace: &str) -> Result<Histories, String> {
    let mut histories = Histories::new();
    for run in runs(world, namespace).await? {
        let execution = run.execution.clone();
        let request = service::GetWorkflowExecutionHistoryRequest {
            namespace: namespace.to_owned(),
            execution: execution.clone(),
            ..Default::default()
        };
        let answer: Result<service::GetWorkflowExecutionHistoryResponse, _> = ask(world, WORKFLOWS, request).await;
        let answer = answer.map_err(|refused| format!("no history of {execution:?}: {refused}"))?;
        let events = answer.history.unwrap_or_default().events;
        let request =
            service::DescribeWorkflowExecutionRequest { namespace: namespace.to_owned(), execution: execution.clone() };
        let described: Result<service::DescribeWorkflowExecutionResponse, _> = ask(world, WORKFLOWS, request).await;
        let described = described.map_err(|refused| format!("no description of {execution:?}: {refused}"))?;
        let info = described.workflow_execution_info.unwrap_or_default();
        let open = info.status() == WorkflowExecutionStatus::Running;
        check::history(&events, open).map_err(|wrong| {
            let kinds: Vec<_> = events.iter().map(|event| event.event_type()).collect();
            format!("the history of {execution:?}: {wrong}\n{kinds:?}")
        })?;
        let length = i64::try_from(events.len()).unwrap_or(0);
        if info.history_length != length || (!open && run.history_length != length) {
            let (described, listed) = (info.history_length, run.history_length);
            return Err(format!("{execution:?} has {length} events, {described} as described, {listed} as listed"));
        }
        let id = (namespace.to_owned(), execution.unwrap_or_default().workflow_id);
        histories.entry(id).or_default().push(events);
    }
    Ok(histories)
}

/// Whoever polls gets all that waits for a worker.
async fn hand_out(world: &World, namespace: &str) -> Result<(), String> {
    for name in ["q", "sticky"] {
        let (queue, namespace) = (TaskQueue { name: name.to_owned(), ..Default::default() }, namespace.to_owned());
        let request = service::PollWorkflowTaskQueueRequest {
            namespace: namespace.clone(),
            task_queue: Some(queue.clone()),
            ..Default::default()
        };
        while let Some(task) = impatiently(ask(world, WORKFLOWS, request.clone())).await {
            let task: service::PollWorkflowTaskQueueResponse = task.map_err(|refused| format!("no task: {refused}"))?;
            if let Some(wrong) = tasks::wrong(&task) {
                return Err(format!("a task of {:?} {wrong}", task.workflow_execution));
            }
        }
        let request =
            service::PollActivityTaskQueueRequest { namespace, task_queue: Some(queue), ..Default::default() };
        while let Some(task) = impatiently(ask(world, WORKFLOWS, request.clone())).await {
            let _: service::PollActivityTaskQueueResponse = task.map_err(|refused| format!("no task: {refused}"))?;
        }
    }
    for run in runs(world, namespace).await? {
        let request = service::DescribeWorkflowExecutionRequest {
            namespace: namespace.to_owned(),
            execution: run.execution.clone(),
        };
        let described: Result<service::DescribeWorkflowExecutionResponse, _> = ask(world, WORKFLOWS, request).await;
        let described = described.map_err(|refused| format!("no description of {:?}: {refused}", run.execution))?;
        let task = described.pending_workflow_task.as_ref();
        if task.is_some_and(|task| task.state() == PendingWorkflowTaskState::Scheduled) {
            return Err(format!("nobody gets the workflow task of {run:?}: {task:?}"));
        }
        let now = world.server.now();
        let waits = |activity: &&PendingActivityInfo| {
            let next = activity.next_attempt_schedule_time.and_then(|next| SystemTime::try_from(next).ok());
            activity.state() == PendingActivityState::Scheduled && next.is_none_or(|next| next < now)
        };
        if let Some(activity) = described.pending_activities.iter().find(waits) {
            return Err(format!("nobody gets the activity of {:?}: {activity:?}", run.execution));
        }
    }
    Ok(())
}

/// What waits for the end of a workflow task is written then.
async fn terminate_all(world: &World, namespace: &str) -> Result<(), String> {
    let mut open = Vec::new();
    // A chain may go on meanwhile.
    for _ in 0..100 {
        open = runs(world, namespace).await?;
        open.retain(|run| run.status() == WorkflowExecutionStatus::Running);
        if open.is_empty() {
            return Ok(());
        }
        for run in &open {
            let request = service::TerminateWorkflowExecutionRequest {
                namespace: namespace.to_owned(),
                workflow_execution: run.execution.clone(),
                ..Default::default()
            };
            // It may have been closed with another one, of which it is a child.
            let _: Result<service::TerminateWorkflowExecutionResponse, _> = ask(world, WORKFLOWS, request).await;
        }
    }
    Err(format!("these cannot be terminated: {open:?}"))
}

/// Deletes everything; then nothing may be left, and the server must still be there.
async fn remains(world: &World, namespaces: &[String]) -> Result<(), String> {
    for namespace in namespaces {
        if namespace == "default" {
            delete_runs(world, namespace).await?;
            continue;
        }
        let request = DeleteNamespaceRequest { namespace: namespace.clone(), ..Default::default() };
        let deleted: Result<DeleteNamespaceResponse, _> = ask(world, OPERATOR, request).await;
        deleted.map_err(|refused| format!("the namespace {namespace} cannot be deleted: {refused}"))?;
    }
    let census = world.server.census();
    let nothing = durably_embedded::Census { queues: census.queues, ..Default::default() };
    if census != nothing {
        return Err(format!("this is left once everything is deleted: {census:?}"));
    }
    works(world).await
}

async fn delete_runs(world: &World, namespace: &str) -> Result<(), String> {
    for run in runs(world, namespace).await? {
        let request = service::DeleteWorkflowExecutionRequest {
            namespace: namespace.to_owned(),
            workflow_execution: run.execution,
        };
        let deleted: Result<service::DeleteWorkflowExecutionResponse, _> = ask(world, WORKFLOWS, request).await;
        deleted.map_err(|refused| format!("a run cannot be deleted: {refused}"))?;
    }
    Ok(())
}

async fn delete_schedules(world: &World, namespace: &str) -> Result<(), String> {
    let request = service::ListSchedulesRequest { namespace: namespace.to_owned(), ..Default::default() };
    let listed: Result<service::ListSchedulesResponse, _> = ask(world, WORKFLOWS, request).await;
    for schedule in listed.map_err(|refused| format!("schedules are not listed: {refused}"))?.schedules {
        let request = service::DeleteScheduleRequest {
            namespace: namespace.to_owned(),
            schedule_id: schedule.schedule_id,
            ..Default::default()
        };
        // It may have come to its end.
        let _: Result<service::DeleteScheduleResponse, _> = ask(world, WORKFLOWS, request).await;
    }
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
    // It may have been deleted; otherwise it is there.
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
