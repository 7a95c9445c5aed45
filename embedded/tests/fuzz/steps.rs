//! A sequence: steps that are chosen at random, and what must be true in the end.

use prost::Message;
use prost_wkt_types::FieldMask;
use temporalio_protos::temporal::api::{
    batch::v1::{
        BatchOperationCancellation, BatchOperationDeletion, BatchOperationReset, BatchOperationSignal,
        BatchOperationTermination,
    },
    common::v1::{ResetOptions, WorkflowExecution, WorkflowType, reset_options},
    enums::v1::{EventType, HistoryEventFilterType, ScheduleOverlapPolicy, WorkflowExecutionStatus},
    operatorservice::v1::{DeleteNamespaceRequest, DeleteNamespaceResponse},
    query::v1::{WorkflowQuery, WorkflowQueryResult},
    schedule::v1::{
        IntervalSpec, Schedule, ScheduleAction, SchedulePatch, ScheduleSpec, TriggerImmediatelyRequest, schedule_action,
    },
    testservice::v1::{SleepRequest, SleepResponse},
    update::v1::{Input, Meta, Request, UpdateRef, WaitPolicy},
    worker::v1::WorkerHeartbeat,
    workflow::v1::{NewWorkflowExecutionInfo, WorkflowExecutionInfo, WorkflowExecutionOptions},
    workflowservice::v1::{
        self as service,
        execute_multi_operation_request::{Operation, operation},
        start_batch_operation_request::Operation as Batch,
    },
};

use tonic::metadata::MetadataMap;

use crate::{
    check, commands, requests,
    world::{OPERATOR, Seen, TESTS, WORKFLOWS, World},
};

/// The calls that the server answers, from the source of its dispatcher.
fn calls() -> Vec<(&'static str, &'static str)> {
    let mut service = "";
    let mut calls = Vec::new();
    for line in include_str!("../../src/frontend/dispatch.rs").lines() {
        let Some(name) = line.trim().strip_prefix('"').and_then(|line| line.split('"').next()) else { continue };
        match line.contains("=> calls!") {
            true => service = name,
            false => calls.push((service, name)),
        }
    }
    calls
}

/// Runs the sequence that the seed decides.
///
/// Errors: what is wrong with what the server did.
pub(crate) async fn sequence(seed: u64, trace: bool) -> Result<Seen, String> {
    let mut world = World::new(seed, trace);
    let calls = calls();
    for _ in 0..20 + world.rng.below(150) {
        step(&mut world, &calls).await;
        if let Some(problem) = world.problem.take() {
            return Err(problem);
        }
    }
    world.waiting.shutdown().await;
    for namespace in ["default", "other"] {
        histories(&mut world, namespace).await?;
    }
    remains(&mut world).await?;
    match world.problem.take() {
        Some(problem) => Err(problem),
        None => Ok(world.seen),
    }
}

async fn step(world: &mut World, calls: &[(&str, &str)]) {
    match world.rng.below(100) {
        0..=11 => start(world).await,
        12..=29 => poll(world).await,
        30..=44 => respond(world).await,
        45..=52 => activity(world).await,
        53..=60 => tell(world).await,
        61..=66 => update(world).await,
        67..=70 => query(world).await,
        71..=77 => look(world).await,
        78..=82 => time(world).await,
        83..=86 => schedule(world).await,
        87..=89 => batch(world).await,
        90..=92 => others(world).await,
        93..=94 => world.waiting.abort_all(),
        _ => garbage(world, calls).await,
    }
}

async fn start(world: &mut World) {
    let request = requests::start(&mut world.rng);
    let started: Option<service::StartWorkflowExecutionResponse> = match world.rng.below(6) {
        0 => {
            let request = service::SignalWithStartWorkflowExecutionRequest {
                namespace: request.namespace,
                workflow_id: request.workflow_id,
                workflow_type: request.workflow_type,
                task_queue: request.task_queue,
                signal_name: requests::name(&mut world.rng),
                signal_input: requests::payloads(&mut world.rng),
                request_id: request.request_id,
                workflow_id_conflict_policy: request.workflow_id_conflict_policy,
                workflow_id_reuse_policy: request.workflow_id_reuse_policy,
                workflow_start_delay: request.workflow_start_delay,
                ..Default::default()
            };
            let _: Option<service::SignalWithStartWorkflowExecutionResponse> = world.call(request).await;
            None
        }
        1 => {
            let update = update_request(world);
            let update = service::UpdateWorkflowExecutionRequest {
                namespace: request.namespace.clone(),
                workflow_execution: Some(WorkflowExecution {
                    workflow_id: request.workflow_id.clone(),
                    run_id: String::new(),
                }),
                ..update
            };
            let namespace = request.namespace.clone();
            let operations =
                [operation::Operation::StartWorkflow(request), operation::Operation::UpdateWorkflow(update)];
            let operations = operations.map(|operation| Operation { operation: Some(operation) }).to_vec();
            let request = service::ExecuteMultiOperationRequest { namespace, operations, ..Default::default() };
            let _: Option<service::ExecuteMultiOperationResponse> = world.call(request).await;
            None
        }
        _ => world.call(request).await,
    };
    if let Some(started) = started {
        world.run_ids.push(started.run_id);
        world.tasks.extend(started.eager_workflow_task);
    }
}

async fn poll(world: &mut World) {
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

fn token(world: &mut World, token: Vec<u8>) -> Vec<u8> {
    match world.rng.below(20) {
        0 => world.rng.damage(token),
        1 => world.rng.garbage(),
        _ => token,
    }
}

async fn respond(world: &mut World) {
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
        let sticky =
            world.rng.maybe(2, |rng| temporalio_protos::temporal::api::taskqueue::v1::StickyExecutionAttributes {
                worker_task_queue: Some(temporalio_protos::temporal::api::taskqueue::v1::TaskQueue {
                    name: "sticky".to_owned(),
                    ..Default::default()
                }),
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

async fn activity(world: &mut World) {
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

async fn tell(world: &mut World) {
    let namespace = requests::namespace(&mut world.rng);
    let workflow_execution = Some(requests::execution(&mut world.rng, &world.run_ids));
    match world.rng.below(12) {
        0..=4 => {
            let request = service::SignalWorkflowExecutionRequest {
                namespace,
                workflow_execution,
                signal_name: requests::name(&mut world.rng),
                input: requests::payloads(&mut world.rng),
                request_id: requests::request_id(&mut world.rng),
                ..Default::default()
            };
            let _: Option<service::SignalWorkflowExecutionResponse> = world.call(request).await;
        }
        5 | 6 => {
            let request =
                service::RequestCancelWorkflowExecutionRequest { namespace, workflow_execution, ..Default::default() };
            let _: Option<service::RequestCancelWorkflowExecutionResponse> = world.call(request).await;
        }
        7 => {
            let request =
                service::TerminateWorkflowExecutionRequest { namespace, workflow_execution, ..Default::default() };
            let _: Option<service::TerminateWorkflowExecutionResponse> = world.call(request).await;
        }
        8 if world.rng.once_in(2) => {
            let request = service::DeleteWorkflowExecutionRequest { namespace, workflow_execution };
            let _: Option<service::DeleteWorkflowExecutionResponse> = world.call(request).await;
        }
        9 | 10 => {
            let request = service::ResetWorkflowExecutionRequest {
                namespace,
                workflow_execution,
                workflow_task_finish_event_id: i64::try_from(world.rng.below(25)).unwrap_or(0) - 1,
                request_id: requests::request_id(&mut world.rng),
                reset_reapply_exclude_types: world.rng.maybe(3, |_| 1).into_iter().collect(),
                ..Default::default()
            };
            let _: Option<service::ResetWorkflowExecutionResponse> = world.call(request).await;
        }
        _ => {
            let path = world.rng.pick(&["versioning_override", "priority", "priority.fairness_key", "nonsense"]);
            let request = service::UpdateWorkflowExecutionOptionsRequest {
                namespace,
                workflow_execution,
                workflow_execution_options: Some(WorkflowExecutionOptions {
                    versioning_override: requests::versioning_override(&mut world.rng),
                    priority: world.rng.maybe(2, |_| Default::default()),
                    ..Default::default()
                }),
                update_mask: Some(FieldMask { paths: vec![path.to_owned()] }),
                ..Default::default()
            };
            let _: Option<service::UpdateWorkflowExecutionOptionsResponse> = world.call(request).await;
        }
    }
}

fn update_request(world: &mut World) -> service::UpdateWorkflowExecutionRequest {
    let update_id = world.rng.pick(&["", "u1", "u2", "u3"]).to_owned();
    service::UpdateWorkflowExecutionRequest {
        namespace: requests::namespace(&mut world.rng),
        workflow_execution: Some(requests::execution(&mut world.rng, &world.run_ids)),
        wait_policy: world.rng.maybe(2, |rng| WaitPolicy { lifecycle_stage: i32::try_from(rng.below(5)).unwrap_or(0) }),
        request: Some(Request {
            meta: Some(Meta { update_id, ..Default::default() }),
            input: Some(Input {
                name: requests::name(&mut world.rng),
                args: requests::payloads(&mut world.rng),
                ..Default::default()
            }),
            ..Default::default()
        }),
        ..Default::default()
    }
}

async fn update(world: &mut World) {
    let request = update_request(world);
    if world.rng.once_in(3) {
        let update_ref = UpdateRef { workflow_execution: request.workflow_execution, update_id: "u1".to_owned() };
        let request = service::PollWorkflowExecutionUpdateRequest {
            namespace: request.namespace,
            update_ref: Some(update_ref),
            wait_policy: request.wait_policy,
            ..Default::default()
        };
        let _: Option<service::PollWorkflowExecutionUpdateResponse> = world.call(request).await;
    } else if world.rng.once_in(2) {
        world.wait(request);
    } else {
        let _: Option<service::UpdateWorkflowExecutionResponse> = world.call(request).await;
    }
}

async fn query(world: &mut World) {
    let request = service::QueryWorkflowRequest {
        namespace: requests::namespace(&mut world.rng),
        execution: Some(requests::execution(&mut world.rng, &world.run_ids)),
        query: Some(WorkflowQuery { query_type: requests::name(&mut world.rng), ..Default::default() }),
        query_reject_condition: i32::try_from(world.rng.below(4)).unwrap_or(0),
    };
    match world.rng.once_in(2) {
        true => world.wait(request),
        false => {
            let _: Option<service::QueryWorkflowResponse> = world.call(request).await;
        }
    }
}

async fn look(world: &mut World) {
    let namespace = requests::namespace(&mut world.rng);
    let execution = Some(requests::execution(&mut world.rng, &world.run_ids));
    let page_size = i32::try_from(world.rng.below(4)).unwrap_or(0) - 1;
    let page = world.rng.try_pick(&world.page_tokens).unwrap_or_default();
    let page = if world.rng.once_in(2) { Vec::new() } else { token(world, page) };
    let queries = [
        "",
        "WorkflowId = 'w1'",
        "ExecutionStatus = 'Running' AND RunId != 'x'",
        "nonsense",
        "GROUP BY ExecutionStatus",
    ];
    let query = world.rng.pick(&queries).to_owned();
    match world.rng.below(8) {
        0 | 1 => {
            let wait = world.rng.once_in(3);
            let request = service::GetWorkflowExecutionHistoryRequest {
                namespace,
                execution,
                maximum_page_size: page_size,
                next_page_token: page,
                wait_new_event: wait,
                history_event_filter_type: world
                    .rng
                    .pick(&[HistoryEventFilterType::AllEvent, HistoryEventFilterType::CloseEvent])
                    as i32,
                ..Default::default()
            };
            if wait && world.rng.once_in(2) {
                return world.wait(request);
            }
            let answer: Option<service::GetWorkflowExecutionHistoryResponse> = world.call(request).await;
            world.page_tokens.extend(answer.map(|answer| answer.next_page_token));
        }
        2 => {
            let request = service::GetWorkflowExecutionHistoryReverseRequest {
                namespace,
                execution,
                maximum_page_size: page_size,
                next_page_token: page,
            };
            let answer: Option<service::GetWorkflowExecutionHistoryReverseResponse> = world.call(request).await;
            world.page_tokens.extend(answer.map(|answer| answer.next_page_token));
        }
        3 | 4 => {
            let request = service::DescribeWorkflowExecutionRequest { namespace, execution };
            let _: Option<service::DescribeWorkflowExecutionResponse> = world.call(request).await;
        }
        5 => {
            let request = service::ListWorkflowExecutionsRequest { namespace, page_size, next_page_token: page, query };
            let answer: Option<service::ListWorkflowExecutionsResponse> = world.call(request).await;
            world.page_tokens.extend(answer.map(|answer| answer.next_page_token));
        }
        6 => {
            let request = service::CountWorkflowExecutionsRequest { namespace, query };
            let _: Option<service::CountWorkflowExecutionsResponse> = world.call(request).await;
        }
        _ => {
            let task_queue = Some(requests::queue(&mut world.rng));
            let request = service::DescribeTaskQueueRequest { namespace, task_queue, ..Default::default() };
            let _: Option<service::DescribeTaskQueueResponse> = world.call(request).await;
        }
    }
}

async fn time(world: &mut World) {
    let sleep = SleepRequest { duration: requests::some_duration(&mut world.rng) }.encode_to_vec();
    let rpc = world.rng.pick(&[
        "LockTimeSkipping",
        "UnlockTimeSkipping",
        "Sleep",
        "Sleep",
        "UnlockTimeSkippingWithSleep",
        "UnlockTimeSkippingWithSleep",
        "GetCurrentTime",
    ]);
    let message = if rpc.contains("Sleep") { sleep } else { Vec::new() };
    let _: Option<SleepResponse> = world.bytes(TESTS, rpc, message).await.filter(|_: &SleepResponse| true);
}

async fn schedule(world: &mut World) {
    let namespace = requests::namespace(&mut world.rng);
    let schedule_id = world.rng.pick(&["s1", "s2", ""]).to_owned();
    match world.rng.below(6) {
        0 | 1 => {
            let start = requests::start(&mut world.rng);
            let action = NewWorkflowExecutionInfo {
                workflow_id: start.workflow_id,
                workflow_type: Some(WorkflowType { name: "W".to_owned() }),
                task_queue: start.task_queue,
                input: start.input,
                ..Default::default()
            };
            let interval = IntervalSpec { interval: requests::some_duration(&mut world.rng), phase: None };
            let schedule = Schedule {
                spec: Some(ScheduleSpec {
                    interval: vec![interval],
                    jitter: requests::duration(&mut world.rng),
                    ..Default::default()
                }),
                action: Some(ScheduleAction { action: Some(schedule_action::Action::StartWorkflow(action)) }),
                ..Default::default()
            };
            let request = service::CreateScheduleRequest {
                namespace,
                schedule_id,
                schedule: Some(schedule),
                request_id: requests::request_id(&mut world.rng),
                ..Default::default()
            };
            let _: Option<service::CreateScheduleResponse> = world.call(request).await;
        }
        2 | 3 => {
            let overlap = ScheduleOverlapPolicy::try_from(i32::try_from(world.rng.below(7)).unwrap_or(0));
            let trigger =
                TriggerImmediatelyRequest { overlap_policy: overlap.unwrap_or_default() as i32, ..Default::default() };
            let patch = SchedulePatch { trigger_immediately: Some(trigger), ..Default::default() };
            let request =
                service::PatchScheduleRequest { namespace, schedule_id, patch: Some(patch), ..Default::default() };
            let _: Option<service::PatchScheduleResponse> = world.call(request).await;
        }
        4 => {
            let request = service::DescribeScheduleRequest { namespace, schedule_id };
            let _: Option<service::DescribeScheduleResponse> = world.call(request).await;
        }
        _ => {
            let request = service::DeleteScheduleRequest { namespace, schedule_id, ..Default::default() };
            let _: Option<service::DeleteScheduleResponse> = world.call(request).await;
        }
    }
}

async fn batch(world: &mut World) {
    let operation = match world.rng.below(5) {
        0 => Batch::SignalOperation(BatchOperationSignal { signal: "s".to_owned(), ..Default::default() }),
        1 => Batch::CancellationOperation(BatchOperationCancellation::default()),
        2 => Batch::TerminationOperation(BatchOperationTermination::default()),
        3 if world.rng.once_in(3) => Batch::DeletionOperation(BatchOperationDeletion::default()),
        _ => Batch::ResetOperation(BatchOperationReset {
            options: Some(ResetOptions {
                target: Some(world.rng.pick(&[
                    reset_options::Target::FirstWorkflowTask(()),
                    reset_options::Target::LastWorkflowTask(()),
                    reset_options::Target::WorkflowTaskId(4),
                ])),
                ..Default::default()
            }),
            ..Default::default()
        }),
    };
    let job_id = format!("j{}", world.rng.below(20));
    let request = service::StartBatchOperationRequest {
        namespace: requests::namespace(&mut world.rng),
        job_id: job_id.clone(),
        reason: "why".to_owned(),
        visibility_query: world.rng.pick(&["WorkflowId = 'w1'", "TaskQueue = 'q'", "nonsense"]).to_owned(),
        operation: Some(operation),
        ..Default::default()
    };
    let _: Option<service::StartBatchOperationResponse> = world.call(request).await;
    let request = service::DescribeBatchOperationRequest { namespace: "default".to_owned(), job_id };
    let _: Option<service::DescribeBatchOperationResponse> = world.call(request).await;
}

async fn others(world: &mut World) {
    let namespace = requests::namespace(&mut world.rng);
    match world.rng.below(5) {
        0 => {
            let heartbeat = WorkerHeartbeat {
                worker_instance_key: requests::name(&mut world.rng),
                status: i32::try_from(world.rng.below(5)).unwrap_or(0),
                heartbeat_time: world.rng.maybe(2, |rng| prost_wkt_types::Timestamp {
                    seconds: rng.pick(&[0, -1, i64::MAX, 1_700_000_000]),
                    nanos: rng.pick(&[0, -1, i32::MAX]),
                }),
                ..Default::default()
            };
            let worker_heartbeat = vec![heartbeat];
            let request = service::RecordWorkerHeartbeatRequest { namespace, worker_heartbeat, ..Default::default() };
            let _: Option<service::RecordWorkerHeartbeatResponse> = world.call(request).await;
        }
        1 => {
            let query = world.rng.pick(&["", "Status = 'Running'", "nonsense"]).to_owned();
            let request = service::ListWorkersRequest { namespace, query, ..Default::default() };
            let _: Option<service::ListWorkersResponse> = world.call(request).await;
        }
        2 => {
            let sticky_task_queue = world.rng.pick(&["sticky", "q", ""]).to_owned();
            let request = service::ShutdownWorkerRequest { namespace, sticky_task_queue, ..Default::default() };
            let _: Option<service::ShutdownWorkerResponse> = world.call(request).await;
        }
        3 => {
            let execution = Some(requests::execution(&mut world.rng, &world.run_ids));
            let request = service::ResetStickyTaskQueueRequest { namespace, execution };
            let _: Option<service::ResetStickyTaskQueueResponse> = world.call(request).await;
        }
        _ => {
            let activity = requests::name(&mut world.rng);
            world.server.release_activity(&namespace, "w1", &activity);
        }
    }
}

async fn garbage(world: &mut World, calls: &[(&str, &str)]) {
    let (service, rpc) = world.rng.pick(calls);
    let message = match world.rng.below(3) {
        0 => world.rng.garbage(),
        1 => [&[0x0a, 7][..], b"default", &world.rng.garbage()].concat(),
        _ => {
            // The fields of one message read as those of another.
            let message = requests::start(&mut world.rng).encode_to_vec();
            world.rng.damage(message)
        }
    };
    let server = world.server.clone();
    let patience = std::time::Duration::from_millis(2);
    let metadata = MetadataMap::new();
    let call = server.call(service, rpc, &metadata, message.into());
    if let Ok(answer) = tokio::time::timeout(patience, call).await {
        world.note(&format!("{rpc} of garbage"), &answer);
    }
}

async fn runs(world: &mut World, namespace: &str) -> Vec<WorkflowExecutionInfo> {
    let request = service::ListWorkflowExecutionsRequest { namespace: namespace.to_owned(), ..Default::default() };
    let message = request.encode_to_vec().into();
    let answer = world.server.call(WORKFLOWS, "ListWorkflowExecutions", &MetadataMap::new(), message).await;
    // It may have been deleted.
    let Ok(answer) = answer else { return Vec::new() };
    service::ListWorkflowExecutionsResponse::decode(&*answer).map(|answer| answer.executions).unwrap_or_default()
}

async fn histories(world: &mut World, namespace: &str) -> Result<(), String> {
    let found = runs(world, namespace).await;
    for run in &found {
        let execution = run.execution.clone();
        let request = service::GetWorkflowExecutionHistoryRequest {
            namespace: namespace.to_owned(),
            execution: execution.clone(),
            ..Default::default()
        };
        let message = request.encode_to_vec().into();
        let answer = world.server.call(WORKFLOWS, "GetWorkflowExecutionHistory", &MetadataMap::new(), message).await;
        let answer = answer.map_err(|refused| format!("no history of {execution:?}: {refused}"))?;
        let answer =
            service::GetWorkflowExecutionHistoryResponse::decode(&*answer).map_err(|error| error.to_string())?;
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
async fn remains(world: &mut World) -> Result<(), String> {
    for (namespace, id) in [("default", "s1"), ("default", "s2"), ("other", "s1"), ("other", "s2")] {
        let request = service::DeleteScheduleRequest {
            namespace: namespace.to_owned(),
            schedule_id: id.to_owned(),
            ..Default::default()
        };
        // There may be none.
        let message = request.encode_to_vec().into();
        let _ = world.server.call(WORKFLOWS, "DeleteSchedule", &MetadataMap::new(), message).await;
    }
    // Chains that go on and on would make new runs in the meantime.
    let _ = world.server.call(TESTS, "LockTimeSkipping", &MetadataMap::new(), Default::default()).await;
    for _ in 0..100 {
        let found = runs(world, "default").await;
        if found.is_empty() {
            break;
        }
        for run in found {
            let request = service::DeleteWorkflowExecutionRequest {
                namespace: "default".to_owned(),
                workflow_execution: run.execution,
            };
            // It may be gone with another one.
            let message = request.encode_to_vec().into();
            let _ = world.server.call(WORKFLOWS, "DeleteWorkflowExecution", &MetadataMap::new(), message).await;
        }
    }
    let request = DeleteNamespaceRequest { namespace: "other".to_owned(), ..Default::default() };
    // It may have been deleted.
    let message = request.encode_to_vec().into();
    let deleted = world.server.call(OPERATOR, "DeleteNamespace", &MetadataMap::new(), message).await;
    let deleted = deleted.map(|answer| DeleteNamespaceResponse::decode(&*answer));
    drop(deleted);
    let census = world.server.census();
    let nothing = durably_embedded::Census { queues: census.queues, ..Default::default() };
    if census != nothing {
        return Err(format!("this is left once everything is deleted: {census:?}"));
    }
    // It may have been deleted by garbage that was a message after all.
    let request = service::RegisterNamespaceRequest {
        namespace: "default".to_owned(),
        workflow_execution_retention_period: Some(prost_wkt_types::Duration { seconds: 3600, nanos: 0 }),
        ..Default::default()
    };
    let message = request.encode_to_vec().into();
    let _ = world.server.call(WORKFLOWS, "RegisterNamespace", &MetadataMap::new(), message).await;
    let request = service::StartWorkflowExecutionRequest {
        namespace: "default".to_owned(),
        workflow_id: "last".to_owned(),
        workflow_type: Some(WorkflowType { name: "W".to_owned() }),
        task_queue: Some(temporalio_protos::temporal::api::taskqueue::v1::TaskQueue {
            name: "last".to_owned(),
            ..Default::default()
        }),
        ..Default::default()
    };
    let message = request.encode_to_vec().into();
    let started = world.server.call(WORKFLOWS, "StartWorkflowExecution", &MetadataMap::new(), message).await;
    started.map_err(|refused| format!("the server does not start workflows any more: {refused}"))?;
    let request = service::PollWorkflowTaskQueueRequest {
        namespace: "default".to_owned(),
        task_queue: Some(temporalio_protos::temporal::api::taskqueue::v1::TaskQueue {
            name: "last".to_owned(),
            ..Default::default()
        }),
        ..Default::default()
    };
    let message = request.encode_to_vec().into();
    let task = world.server.call(WORKFLOWS, "PollWorkflowTaskQueue", &MetadataMap::new(), message).await;
    let task = task.map_err(|refused| format!("the server has no tasks any more: {refused}"))?;
    match service::PollWorkflowTaskQueueResponse::decode(&*task) {
        Ok(task) if !task.task_token.is_empty() => Ok(()),
        other => Err(format!("the server has no tasks any more: {other:?}")),
    }
}
