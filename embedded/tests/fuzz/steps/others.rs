//! Time, schedules, batch operations, workers that report, and calls that nobody means.

use prost::Message;
use temporalio_protos::temporal::api::{
    batch::v1::{
        BatchOperationCancellation, BatchOperationDeletion, BatchOperationReset, BatchOperationSignal,
        BatchOperationTermination,
    },
    common::v1::{ResetOptions, WorkflowType, reset_options},
    enums::v1::ScheduleOverlapPolicy,
    schedule::v1::{
        IntervalSpec, Schedule, ScheduleAction, SchedulePatch, ScheduleSpec, TriggerImmediatelyRequest, schedule_action,
    },
    testservice::v1::{SleepRequest, SleepResponse},
    worker::v1::WorkerHeartbeat,
    workflow::v1::NewWorkflowExecutionInfo,
    workflowservice::v1::{self as service, start_batch_operation_request::Operation as Batch},
};
use tonic::metadata::MetadataMap;

use crate::{
    requests,
    world::{TESTS, World},
};

pub(super) async fn time(world: &mut World) {
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
    let _: Option<SleepResponse> = world.bytes(TESTS, rpc, message).await;
}

pub(super) async fn schedule(world: &mut World) {
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

pub(super) async fn batch(world: &mut World) {
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

pub(super) async fn others(world: &mut World) {
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

pub(super) async fn garbage(world: &mut World, calls: &[(&str, &str)]) {
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
