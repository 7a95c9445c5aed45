//! Schedules run by an engine of a few lines.

mod changes;
mod overlap;
mod properties;
mod refusals;
mod view;

use prost_wkt_types::Duration as ProtoDuration;
use temporalio_protos::temporal::api::{
    common::v1::{Payload, WorkflowType},
    schedule::v1::{
        IntervalSpec, ScheduleAction, SchedulePatch, ScheduleSpec, TriggerImmediatelyRequest, schedule_action,
    },
    taskqueue::v1::TaskQueue,
    workflow::v1::NewWorkflowExecutionInfo,
    workflowservice::v1::{PatchScheduleRequest, StartWorkflowExecutionRequest, UpdateScheduleRequest},
};

use super::*;

const HOUR: Duration = Duration::from_secs(3600);

/// 2024-01-01T00:00:00Z.
const MIDNIGHT: Time = Time::from_secs(1_704_067_200);

/// Every hour, workflow `w`.
fn hourly() -> Definition {
    let start = NewWorkflowExecutionInfo {
        workflow_id: "w".into(),
        workflow_type: Some(WorkflowType { name: "W".into() }),
        task_queue: Some(TaskQueue { name: "q".into(), ..Default::default() }),
        ..Default::default()
    };
    let interval = IntervalSpec { interval: Some(ProtoDuration { seconds: 3600, nanos: 0 }), phase: None };
    Definition {
        spec: Some(ScheduleSpec { interval: vec![interval], ..Default::default() }),
        action: Some(ScheduleAction { action: Some(schedule_action::Action::StartWorkflow(start)) }),
        policies: Some(SchedulePolicies::default()),
        state: Some(ScheduleState::default()),
    }
}

fn with(change: impl FnOnce(&mut SchedulePolicies, &mut ScheduleState)) -> Definition {
    let mut schedule = hourly();
    if let (Some(policies), Some(state)) = (&mut schedule.policies, &mut schedule.state) {
        change(policies, state);
    }
    schedule
}

fn with_overlap(overlap: Overlap) -> Definition {
    with(|policies, _| policies.overlap_policy = overlap.into())
}

fn request(schedule: Definition) -> CreateScheduleRequest {
    CreateScheduleRequest {
        namespace: "default".into(),
        schedule_id: "s".into(),
        schedule: Some(schedule),
        request_id: "r".into(),
        ..Default::default()
    }
}

fn payloads(text: &str) -> Payloads {
    Payloads { payloads: vec![Payload { data: text.into(), ..Default::default() }] }
}

/// The engine: carries out what is wanted at once.
struct Engine {
    schedule: Schedule,
    now: Time,
    /// Requests carried out, in order.
    started: Vec<StartWorkflowExecutionRequest>,
    /// Cancellations (false) and terminations (true), with the run that they were for.
    stopped: Vec<(bool, String)>,
    /// Starts of these are refused.
    refused: Vec<String>,
}

impl Engine {
    fn new(schedule: Definition) -> Self {
        Self::create(request(schedule))
    }

    fn create(request: CreateScheduleRequest) -> Self {
        let (schedule, actions) = Schedule::create(MIDNIGHT, "ns", request).unwrap();
        let (started, stopped, refused) = Default::default();
        let mut engine = Self { schedule, now: MIDNIGHT, started, stopped, refused };
        engine.carry_out(actions);
        engine
    }

    fn carry_out(&mut self, actions: Vec<Action>) {
        let mut actions = VecDeque::from(actions);
        while let Some(action) = actions.pop_front() {
            let more = match action {
                Action::Start { id, request } if self.refused.contains(&request.workflow_id) => {
                    self.schedule.start_failed(self.now, id)
                }
                Action::Start { id, request } => {
                    self.started.push(*request.clone());
                    let run_id = format!("run-{}", self.started.len());
                    self.schedule.started(self.now, id, &request.workflow_id, &run_id)
                }
                Action::Cancel { execution, reason, identity } => {
                    assert_eq!(
                        (reason, &*identity),
                        ("cancelled by schedule overlap policy", "temporal-scheduler-default-s")
                    );
                    self.stopped.push((false, execution.run_id));
                    Vec::new()
                }
                Action::Terminate { execution, reason, .. } => {
                    assert_eq!(reason, "terminated by schedule overlap policy");
                    self.stopped.push((true, execution.run_id.clone()));
                    self.schedule.run_closed(self.now, &execution.workflow_id, &execution.run_id, Outcome::Terminated)
                }
            };
            actions.extend(more);
        }
    }

    /// Sleeps until a time after midnight, waking for the schedule.
    fn sleep_until(&mut self, after_midnight: Duration) {
        let end = MIDNIGHT + after_midnight;
        while let Some(wakeup) = self.schedule.next_wakeup().filter(|wakeup| *wakeup <= end) {
            assert!(wakeup > self.now, "the schedule wakes up for nothing");
            self.now = wakeup;
            let actions = self.schedule.due(self.now);
            self.carry_out(actions);
        }
        self.now = end;
    }

    /// As if nothing ran for a while.
    fn outage_until(&mut self, after_midnight: Duration) {
        self.now = MIDNIGHT + after_midnight;
        let actions = self.schedule.due(self.now);
        self.carry_out(actions);
    }

    fn close(&mut self, number: usize, outcome: Outcome) {
        let workflow_id = self.started[number - 1].workflow_id.clone();
        let actions = self.schedule.run_closed(self.now, &workflow_id, &format!("run-{number}"), outcome);
        self.carry_out(actions);
    }

    fn patch(&mut self, patch: SchedulePatch) {
        let request = PatchScheduleRequest { patch: Some(patch), ..Default::default() };
        let actions = self.schedule.patch(self.now, request).unwrap();
        self.carry_out(actions);
    }

    fn trigger(&mut self, overlap: Overlap) {
        let trigger = TriggerImmediatelyRequest { overlap_policy: overlap.into(), scheduled_time: None };
        self.patch(SchedulePatch { trigger_immediately: Some(trigger), ..Default::default() });
    }

    fn update(&mut self, schedule: Definition) {
        let request = UpdateScheduleRequest { schedule: Some(schedule), ..Default::default() };
        let actions = self.schedule.update(self.now, request, OnConflict::Ignore).unwrap();
        self.carry_out(actions);
    }

    /// The times in the ids of what was started.
    fn ids(&self) -> Vec<&str> {
        self.started.iter().map(|request| request.workflow_id.strip_prefix("w-2024-01-01T").unwrap()).collect()
    }

    fn running(&self) -> usize {
        self.schedule.running.len()
    }
}
