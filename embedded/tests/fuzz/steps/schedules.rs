//! Schedules.

use prost_wkt_types::Timestamp;
use temporalio_protos::temporal::api::{
    common::v1::WorkflowType,
    schedule::v1::{
        BackfillRequest, IntervalSpec, Schedule, ScheduleAction, SchedulePatch, ScheduleSpec,
        TriggerImmediatelyRequest, schedule_action,
    },
    workflow::v1::NewWorkflowExecutionInfo,
    workflowservice::v1 as service,
};

use crate::{requests, rng::Rng, world::World};

pub(super) async fn schedule(world: &mut World) {
    let namespace = requests::namespace(&mut world.rng);
    let schedule_id = world.rng.pick(&["s1", "s2", "s1", "s2", "s1", "s2", ""]).to_owned();
    match world.rng.below(14) {
        0..=3 => {
            let request = service::CreateScheduleRequest {
                namespace,
                schedule_id,
                schedule: Some(described(&mut world.rng)),
                request_id: requests::request_id(&mut world.rng),
                ..Default::default()
            };
            let _: Option<service::CreateScheduleResponse> = world.call(request).await;
        }
        4 | 5 => {
            let request = service::PatchScheduleRequest {
                namespace,
                schedule_id,
                patch: Some(patch(&mut world.rng)),
                ..Default::default()
            };
            let _: Option<service::PatchScheduleResponse> = world.call(request).await;
        }
        6 | 7 => {
            let request = service::UpdateScheduleRequest {
                namespace,
                schedule_id,
                schedule: Some(described(&mut world.rng)),
                conflict_token: world.rng.maybe(4, crate::rng::Rng::garbage).unwrap_or_default(),
                request_id: requests::request_id(&mut world.rng),
                ..Default::default()
            };
            let _: Option<service::UpdateScheduleResponse> = world.call(request).await;
        }
        8 => {
            let request = service::DescribeScheduleRequest { namespace, schedule_id };
            let _: Option<service::DescribeScheduleResponse> = world.call(request).await;
        }
        9 => {
            let page = world.rng.try_pick(&world.page_tokens).unwrap_or_default();
            let request = service::ListSchedulesRequest {
                namespace,
                maximum_page_size: i32::try_from(world.rng.below(4)).unwrap_or(0) - 1,
                next_page_token: if world.rng.once_in(2) { Vec::new() } else { page },
                query: world.rng.pick(&["", "", "ScheduleId = 's1'", "nonsense"]).to_owned(),
            };
            let answer: Option<service::ListSchedulesResponse> = world.call(request).await;
            world.page_tokens.extend(answer.map(|answer| answer.next_page_token));
        }
        10 => {
            let query = world.rng.pick(&["", "", "TemporalSchedulePaused = true", "nonsense"]).to_owned();
            let request = service::CountSchedulesRequest { namespace, query };
            let _: Option<service::CountSchedulesResponse> = world.call(request).await;
        }
        11 | 12 => {
            let (start_time, end_time) = (time(&mut world.rng), time(&mut world.rng));
            let request = service::ListScheduleMatchingTimesRequest { namespace, schedule_id, start_time, end_time };
            let _: Option<service::ListScheduleMatchingTimesResponse> = world.call(request).await;
        }
        _ => {
            let request = service::DeleteScheduleRequest { namespace, schedule_id, ..Default::default() };
            let _: Option<service::DeleteScheduleResponse> = world.call(request).await;
        }
    }
}

fn patch(rng: &mut Rng) -> SchedulePatch {
    let overlap = |rng: &mut Rng| i32::try_from(rng.below(7)).unwrap_or(0);
    let mut patch = SchedulePatch::default();
    match rng.below(4) {
        0 | 1 => {
            let overlap_policy = overlap(rng);
            patch.trigger_immediately = Some(TriggerImmediatelyRequest { overlap_policy, ..Default::default() });
        }
        2 => {
            let (start_time, end_time) = (time(rng), time(rng));
            patch.backfill_request = vec![BackfillRequest { start_time, end_time, overlap_policy: overlap(rng) }];
        }
        _ => {
            let note = if rng.once_in(2) { &mut patch.pause } else { &mut patch.unpause };
            note.push_str("why");
        }
    }
    patch
}

/// A time somewhere in a few hours.
fn time(rng: &mut Rng) -> Option<Timestamp> {
    let hours = i64::try_from(rng.below(6)).unwrap_or(0);
    if rng.once_in(10) { None } else { Some(Timestamp { seconds: 1_800_000_000 + hours * 3600, nanos: 0 }) }
}

fn described(rng: &mut Rng) -> Schedule {
    let start = requests::start(rng);
    let action = NewWorkflowExecutionInfo {
        workflow_id: start.workflow_id,
        workflow_type: Some(WorkflowType { name: "W".to_owned() }),
        task_queue: start.task_queue,
        input: start.input,
        ..Default::default()
    };
    // More often is much, once years are skipped.
    let interval = if rng.odd(3) { requests::some_duration(rng) } else { requests::hour() };
    let interval = IntervalSpec { interval, phase: None };
    Schedule {
        spec: Some(ScheduleSpec { interval: vec![interval], jitter: requests::duration(rng), ..Default::default() }),
        action: Some(ScheduleAction { action: Some(schedule_action::Action::StartWorkflow(action)) }),
        ..Default::default()
    }
}
