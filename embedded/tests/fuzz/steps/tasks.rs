//! Workers: what they are given, and what they make of it.

use prost::Message;
use temporalio_protos::temporal::api::{
    common::v1::WorkflowExecution,
    enums::v1::EventType,
    query::v1::{WorkflowQuery, WorkflowQueryResult},
    taskqueue::v1::{StickyExecutionAttributes, TaskQueue},
    workflowservice::v1 as service,
};

use super::token;
use crate::{
    commands,
    ledger::Promise,
    links::ends,
    requests,
    rng::Rng,
    world::{BLOB_BYTES, World},
};

pub(super) async fn poll(world: &mut World) {
    let namespace = requests::namespace(&mut world.rng);
    let task_queue = Some(requests::queue(&mut world.rng));
    let identity = requests::name(&mut world.rng);
    let waits = world.rng.once_in(6);
    if world.rng.once_in(2) {
        let request = service::PollActivityTaskQueueRequest {
            namespace: namespace.clone(),
            task_queue,
            identity,
            ..Default::default()
        };
        if waits {
            return world.wait(namespace, request);
        }
        if let Some(task) = world.call(request).await {
            took_activity(world, task);
        }
    } else {
        let request = service::PollWorkflowTaskQueueRequest {
            namespace: namespace.clone(),
            task_queue,
            identity,
            ..Default::default()
        };
        if waits {
            return world.wait(namespace, request);
        }
        if let Some(task) = world.call(request).await {
            took(world, namespace, task);
        }
    }
}

pub(super) fn heard_workflow_task(world: &mut World, namespace: String, answer: &[u8]) {
    world.damaged = false;
    match Message::decode(answer) {
        Ok(task) => took(world, namespace, task),
        Err(error) => world.fail(format!("a task does not decode: {error}")),
    }
}

pub(super) fn heard_activity_task(world: &mut World, answer: &[u8]) {
    match Message::decode(answer) {
        Ok(task) => took_activity(world, task),
        Err(error) => world.fail(format!("a task does not decode: {error}")),
    }
}

fn took_activity(world: &mut World, task: service::PollActivityTaskQueueResponse) {
    if !task.task_token.is_empty() {
        world.ledger.began(&task);
        world.activities.push(task);
    }
}

pub(super) fn took(world: &mut World, namespace: String, task: service::PollWorkflowTaskQueueResponse) {
    if task.task_token.is_empty() {
        return;
    }
    if let Some(wrong) = wrong(&task) {
        world.fail(format!("a task of {:?} {wrong}", task.workflow_execution));
    }
    if let Some(execution) = &task.workflow_execution {
        world.run_ids.push(execution.run_id.clone());
    }
    // Nobody knows what a damaged call has asked for.
    let namespace = if world.damaged { String::new() } else { namespace };
    world.tasks.push((namespace, task));
}

/// What is wrong with the history that came with a task.
pub(crate) fn wrong(task: &service::PollWorkflowTaskQueueResponse) -> Option<String> {
    let ids: Vec<_> = task.history.iter().flat_map(|history| &history.events).map(|event| event.event_id).collect();
    let (Some(first), Some(last)) = (ids.first(), ids.last()) else {
        return task.query.is_none().then(|| "has no history".to_owned());
    };
    if ids.windows(2).any(|pair| pair[0] + 1 != pair[1]) {
        return Some(format!("leaves something out: {ids:?}"));
    }
    if task.query.is_some() {
        return (*first != 1).then(|| format!("to answer a query begins with event {first}"));
    }
    let previous = task.previous_started_event_id;
    if *first != 1 && *first != previous + 1 {
        return Some(format!("begins with event {first} after {previous}"));
    }
    let whole = task.next_page_token.is_empty();
    (whole && *last != task.started_event_id)
        .then(|| format!("ends with event {last} and is started by {}", task.started_event_id))
}

pub(super) async fn respond(world: &mut World) {
    let Some((of, task)) = mostly_once(&mut world.rng, &mut world.tasks) else { return };
    let namespace = if world.rng.odd(3) { requests::namespace(&mut world.rng) } else { of.clone() };
    let task_token = token(world, task.task_token.clone());
    let shown = task_token.clone();
    if task.query.is_some() {
        let request = service::RespondQueryTaskCompletedRequest {
            namespace,
            task_token,
            completed_type: i32::try_from(world.rng.below(3)).unwrap_or(0),
            query_result: requests::payloads(&mut world.rng),
            ..Default::default()
        };
        let answer: Option<service::RespondQueryTaskCompletedResponse> = world.call(request).await;
        if answer.is_some() {
            world.ended(&shown);
        }
    } else if world.rng.once_in(12) {
        let request = service::RespondWorkflowTaskFailedRequest {
            namespace,
            task_token,
            cause: i32::try_from(world.rng.below(30)).unwrap_or(0),
            failure: requests::failure(&mut world.rng),
            ..Default::default()
        };
        let answer: Option<service::RespondWorkflowTaskFailedResponse> = world.call(request).await;
        if answer.is_some() {
            world.ended(&shown);
        }
    } else {
        let said = if world.rng.once_in(6) { Vec::new() } else { task.messages.clone() };
        let (commands, messages) = commands::answer(&mut world.rng, &said, &world.run_ids, &activities(&task));
        let result = |_: &WorkflowQuery| WorkflowQueryResult { result_type: 1, ..Default::default() };
        let sticky = world.rng.maybe(2, |rng| StickyExecutionAttributes {
            worker_task_queue: Some(TaskQueue { name: "sticky".to_owned(), ..Default::default() }),
            schedule_to_start_timeout: requests::some_duration(rng),
        });
        let (identity, leaves_trace) = (world.ledger.asker(), !commands.is_empty());
        let request = service::RespondWorkflowTaskCompletedRequest {
            namespace: namespace.clone(),
            task_token,
            commands,
            messages,
            identity: identity.clone(),
            sticky_attributes: sticky,
            query_results: task.queries.iter().map(|(id, query)| (id.clone(), result(query))).collect(),
            return_new_workflow_task: world.rng.once_in(2),
            force_create_new_workflow_task: world.rng.once_in(8),
            ..Default::default()
        };
        let answer: Option<service::RespondWorkflowTaskCompletedResponse> = world.call(request).await;
        if let Some(answer) = answer {
            world.ended(&shown);
            if leaves_trace && shown == task.task_token && !of.is_empty() {
                let workflow_id = task.workflow_execution.unwrap_or_default().workflow_id;
                let event = EventType::WorkflowTaskCompleted;
                world.promised(Promise { namespace: of.clone(), workflow_id, event, by: identity });
            }
            for task in answer.activity_tasks {
                took_activity(world, task);
            }
            if let Some(task) = answer.workflow_task {
                took(world, of, task);
            }
        }
    }
}

/// Another worker gets the next attempt, and the one that has failed does not know that.
async fn fail_over(world: &mut World, failed: service::PollActivityTaskQueueResponse) {
    // Most attempts follow each other that fast.
    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    let request = service::PollActivityTaskQueueRequest {
        namespace: failed.workflow_namespace.clone(),
        task_queue: Some(requests::queue(&mut world.rng)),
        ..Default::default()
    };
    if let Some(task) = world.call(request).await {
        took_activity(world, task);
        world.activities.push(failed);
    }
}

fn listened(world: &mut World, task: &service::PollActivityTaskQueueResponse) {
    if let Err(problem) = world.ledger.goes_on(task)
        && !world.damaged
    {
        world.fail(problem);
    }
}

/// One of them, mostly a late one. Mostly it is not there any more afterwards.
fn mostly_once<T: Clone>(rng: &mut Rng, of: &mut Vec<T>) -> Option<T> {
    if of.is_empty() {
        return None;
    }
    let at = if rng.once_in(2) { rng.below(of.len()) } else { of.len() - 1 };
    if rng.once_in(3) { of.get(at).cloned() } else { Some(of.remove(at)) }
}

/// The activities that go on, as far as the history with a task says.
fn activities(task: &service::PollWorkflowTaskQueueResponse) -> Vec<i64> {
    let mut open = Vec::new();
    for event in task.history.iter().flat_map(|history| &history.events) {
        if event.event_type() == EventType::ActivityTaskScheduled {
            open.push(event.event_id);
        }
        let ended = event.attributes.as_ref().and_then(ends);
        open.retain(|id| Some(*id) != ended);
    }
    open
}

pub(super) async fn activity(world: &mut World) {
    let Some(task) = mostly_once(&mut world.rng, &mut world.activities) else { return };
    let by_id = world.rng.once_in(2);
    let task_token = token(world, task.task_token.clone());
    let execution = task.workflow_execution.clone().unwrap_or_default();
    let (namespace, WorkflowExecution { workflow_id, run_id }, activity_id) = match by_id && world.rng.odd(4) {
        true => {
            let execution = requests::execution(&mut world.rng, &world.run_ids);
            (requests::namespace(&mut world.rng), execution, requests::name(&mut world.rng))
        }
        false => (task.workflow_namespace.clone(), execution.clone(), task.activity_id.clone()),
    };
    let result = requests::payloads(&mut world.rng);
    let failure = requests::failure(&mut world.rng);
    // Such a result is a failure of the activity.
    let too_large = result.as_ref().map_or(0, Message::encoded_len) > BLOB_BYTES;
    let identity = world.ledger.asker();
    macro_rules! respond {
        ($request:ident, $response:ident, $by_id:ident, $by_id_response:ident, $field:ident: $value:expr, $of:expr) => {{
            let (identity, workflow_id, task_token) = (identity.clone(), workflow_id.clone(), task_token.clone());
            if by_id {
                let request = service::$by_id {
                    namespace: namespace.clone(),
                    workflow_id,
                    run_id: run_id.clone(),
                    activity_id: activity_id.clone(),
                    identity,
                    $field: $value,
                    ..Default::default()
                };
                world.call::<_, service::$by_id_response>(request).await.map($of)
            } else {
                let request = service::$request { task_token, identity, $field: $value, ..Default::default() };
                world.call::<_, service::$response>(request).await.map($of)
            }
        }};
    }
    macro_rules! cancelled {
        () => {
            respond!(
                RespondActivityTaskCanceledRequest,
                RespondActivityTaskCanceledResponse,
                RespondActivityTaskCanceledByIdRequest,
                RespondActivityTaskCanceledByIdResponse,
                details: result.clone(),
                |_| false
            )
        };
    }
    let (answer, event) = match world.rng.below(10) {
        0 | 1 => {
            let answer = respond!(
                RespondActivityTaskCompletedRequest,
                RespondActivityTaskCompletedResponse,
                RespondActivityTaskCompletedByIdRequest,
                RespondActivityTaskCompletedByIdResponse,
                result: result,
                |_| false
            );
            (answer, Some(EventType::ActivityTaskCompleted))
        }
        2 | 9 => {
            let answer = respond!(
                RespondActivityTaskFailedRequest,
                RespondActivityTaskFailedResponse,
                RespondActivityTaskFailedByIdRequest,
                RespondActivityTaskFailedByIdResponse,
                failure: failure,
                |_| false
            );
            (answer, None)
        }
        3 => (cancelled!(), Some(EventType::ActivityTaskCanceled)),
        _ => {
            let answer = respond!(
                RecordActivityTaskHeartbeatRequest,
                RecordActivityTaskHeartbeatResponse,
                RecordActivityTaskHeartbeatByIdRequest,
                RecordActivityTaskHeartbeatByIdResponse,
                details: result.clone(),
                |answer| answer.cancel_requested
            );
            // Whoever is told to gives up, and everybody else goes on.
            if answer.is_some() && !by_id && task_token == task.task_token {
                listened(world, &task);
            }
            if answer != Some(true) {
                world.activities.extend(answer.map(|_| task));
                return;
            }
            (cancelled!(), Some(EventType::ActivityTaskCanceled))
        }
    };
    if answer.is_none() {
        return;
    }
    if !by_id {
        world.ended(&task_token);
    }
    if !by_id && task_token == task.task_token {
        listened(world, &task);
    }
    if event.is_none() && world.rng.once_in(2) {
        fail_over(world, task.clone()).await;
    }
    let (namespace, workflow_id) = match by_id {
        true => (namespace, workflow_id),
        false if task_token == task.task_token => (task.workflow_namespace, execution.workflow_id),
        // It may be the token of another one by chance.
        false => return,
    };
    if let Some(event) = event.filter(|_| !too_large) {
        world.promised(Promise { namespace, workflow_id, event, by: identity });
    }
}
