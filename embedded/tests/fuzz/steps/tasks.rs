//! Workers: what they are given, and what they make of it.

use temporalio_protos::temporal::api::{
    common::v1::WorkflowExecution,
    enums::v1::EventType,
    query::v1::{WorkflowQuery, WorkflowQueryResult},
    taskqueue::v1::{StickyExecutionAttributes, TaskQueue},
    workflowservice::v1 as service,
};

use super::token;
use crate::{commands, requests, world::World};

pub(super) async fn poll(world: &mut World) {
    let namespace = requests::namespace(&mut world.rng);
    let task_queue = Some(requests::queue(&mut world.rng));
    let identity = requests::name(&mut world.rng);
    let waits = world.rng.once_in(6);
    if world.rng.once_in(3) {
        let request = service::PollActivityTaskQueueRequest { namespace, task_queue, identity, ..Default::default() };
        if waits {
            return world.wait(request);
        }
        let task: Option<service::PollActivityTaskQueueResponse> = world.call(request).await;
        world.activities.extend(task.filter(|task| !task.task_token.is_empty()));
    } else {
        let request = service::PollWorkflowTaskQueueRequest { namespace, task_queue, identity, ..Default::default() };
        if waits {
            return world.wait(request);
        }
        let task: Option<service::PollWorkflowTaskQueueResponse> = world.call(request).await;
        if let Some(task) = task.filter(|task| !task.task_token.is_empty()) {
            took(world, task);
        }
    }
}

fn took(world: &mut World, task: service::PollWorkflowTaskQueueResponse) {
    world.said.extend(task.messages.iter().cloned());
    if let Some(execution) = &task.workflow_execution {
        world.run_ids.push(execution.run_id.clone());
    }
    let first = task.history.as_ref().and_then(|history| history.events.first()).map(|event| event.event_id);
    if task.query.is_none() && !matches!(first, None | Some(1)) && first != Some(task.previous_started_event_id + 1) {
        world.fail(format!("a task begins with event {first:?} after {}", task.previous_started_event_id));
    }
    world.tasks.push(task);
}

pub(super) async fn respond(world: &mut World) {
    // The latest one is most likely still to be done.
    let latest = if world.rng.once_in(4) { None } else { world.tasks.last().cloned() };
    let Some(task) = latest.or_else(|| world.rng.try_pick(&world.tasks)) else { return };
    let namespace = world.rng.maybe(5, requests::namespace).unwrap_or_else(|| "default".to_owned());
    let task_token = token(world, task.task_token.clone());
    if task.query.is_some() {
        let request = service::RespondQueryTaskCompletedRequest {
            namespace,
            task_token,
            completed_type: i32::try_from(world.rng.below(3)).unwrap_or(0),
            query_result: requests::payloads(&mut world.rng),
            ..Default::default()
        };
        let _: Option<service::RespondQueryTaskCompletedResponse> = world.call(request).await;
    } else if world.rng.once_in(8) {
        let request = service::RespondWorkflowTaskFailedRequest {
            namespace,
            task_token,
            cause: i32::try_from(world.rng.below(30)).unwrap_or(0),
            failure: requests::failure(&mut world.rng),
            ..Default::default()
        };
        let _: Option<service::RespondWorkflowTaskFailedResponse> = world.call(request).await;
    } else {
        let said = if world.rng.once_in(6) { Vec::new() } else { task.messages.clone() };
        let (commands, messages) = commands::answer(&mut world.rng, &said, &world.run_ids, &activities(&task));
        let result = |_: &WorkflowQuery| WorkflowQueryResult { result_type: 1, ..Default::default() };
        let sticky = world.rng.maybe(2, |rng| StickyExecutionAttributes {
            worker_task_queue: Some(TaskQueue { name: "sticky".to_owned(), ..Default::default() }),
            schedule_to_start_timeout: requests::some_duration(rng),
        });
        let request = service::RespondWorkflowTaskCompletedRequest {
            namespace,
            task_token,
            commands,
            messages,
            sticky_attributes: sticky,
            query_results: task.queries.iter().map(|(id, query)| (id.clone(), result(query))).collect(),
            return_new_workflow_task: world.rng.once_in(2),
            force_create_new_workflow_task: world.rng.once_in(8),
            ..Default::default()
        };
        let answer: Option<service::RespondWorkflowTaskCompletedResponse> = world.call(request).await;
        if let Some(answer) = answer {
            world.activities.extend(answer.activity_tasks);
            if let Some(task) = answer.workflow_task {
                took(world, task);
            }
        }
    }
}

/// The activities that the history with a task speaks of.
fn activities(task: &service::PollWorkflowTaskQueueResponse) -> Vec<i64> {
    let events = task.history.iter().flat_map(|history| &history.events);
    events.filter(|event| event.event_type() == EventType::ActivityTaskScheduled).map(|event| event.event_id).collect()
}

pub(super) async fn activity(world: &mut World) {
    let by_id = world.rng.once_in(4);
    let namespace = if by_id { requests::namespace(&mut world.rng) } else { String::new() };
    let WorkflowExecution { workflow_id, run_id } = requests::execution(&mut world.rng, &world.run_ids);
    let activity_id = requests::name(&mut world.rng);
    let result = requests::payloads(&mut world.rng);
    let failure = requests::failure(&mut world.rng);
    let Some(task) = world.activities.last().cloned() else { return };
    let task = if world.rng.once_in(3) { world.rng.pick(&world.activities) } else { task };
    let task_token = token(world, task.task_token);
    macro_rules! respond {
        ($request:ident, $response:ident, $by_id:ident, $by_id_response:ident $(, $field:ident: $value:expr)*) => {{
            if by_id {
                let request = service::$by_id {
                    namespace, workflow_id, run_id, activity_id, $($field: $value,)* ..Default::default()
                };
                let _: Option<service::$by_id_response> = world.call(request).await;
            } else {
                let request = service::$request { task_token, $($field: $value,)* ..Default::default() };
                let _: Option<service::$response> = world.call(request).await;
            }
        }};
    }
    match world.rng.below(5) {
        0 | 1 => respond!(
            RespondActivityTaskCompletedRequest,
            RespondActivityTaskCompletedResponse,
            RespondActivityTaskCompletedByIdRequest,
            RespondActivityTaskCompletedByIdResponse,
            result: result
        ),
        2 => respond!(
            RespondActivityTaskFailedRequest,
            RespondActivityTaskFailedResponse,
            RespondActivityTaskFailedByIdRequest,
            RespondActivityTaskFailedByIdResponse,
            failure: failure
        ),
        3 => respond!(
            RespondActivityTaskCanceledRequest,
            RespondActivityTaskCanceledResponse,
            RespondActivityTaskCanceledByIdRequest,
            RespondActivityTaskCanceledByIdResponse,
            details: result
        ),
        _ => respond!(
            RecordActivityTaskHeartbeatRequest,
            RecordActivityTaskHeartbeatResponse,
            RecordActivityTaskHeartbeatByIdRequest,
            RecordActivityTaskHeartbeatByIdResponse,
            details: result
        ),
    }
}
