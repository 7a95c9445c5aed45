//! A run with everything around it: a clock, a worker, clients, other workflows.

use std::{collections::HashSet, time::Duration};

use prost::Message as _;
use prost_wkt_types::Any;
use temporalio_protos::temporal::api::{common::v1::ActivityType, protocol::v1::Message};

use super::random::Random;
use crate::{
    api::{
        Failure, WorkflowExecution, WorkflowType,
        command::{self, Command, command::Attributes as Command_},
        enums::WorkflowTaskFailedCause,
        update,
    },
    limits::Limits,
    refusal::Refusal,
    run::{Cancel, Completion, Due, Effect, Outcome, Report, Reset, Run, Signal, Start, Step},
    time::{self, Time},
    visibility::Attributes,
};

pub(super) struct World {
    pub(super) run: Run,
    pub(super) now: Time,
    pub(super) timers: Vec<(Time, Due)>,
    pub(super) signalled: HashSet<String>,
    /// All that the run has asked for.
    pub(super) asked: Vec<String>,
    random: Random,
    limits: Limits,
    attempts: Vec<(i64, u64)>,
    running: Vec<(i64, u64)>,
    signals: Vec<i64>,
    cancels: Vec<i64>,
    children: Vec<(i64, String)>,
    started_children: Vec<(i64, String)>,
    names: u64,
}

impl World {
    pub(super) fn new(random: Random) -> Self {
        let limits = Limits::default();
        let mut names = 0;
        let mut ids = || {
            names += 1;
            format!("id-{names}")
        };
        let now = Time::from_secs(1_000_000);
        let start = Start {
            namespace: "default".into(),
            workflow_id: "w".into(),
            workflow_type: WorkflowType { name: "W".into() },
            task_queue: "q".into(),
            attempt: 1,
            ..Start::default()
        };
        let attributes = Attributes::new("default");
        let mut step = Step::new(now, &limits, &attributes, &mut ids);
        let mut run = Run::new(start, "run".into(), &mut step);
        run.begin(&mut step);
        let effects = step.effects;
        let mut world = Self {
            run,
            now,
            timers: Vec::new(),
            signalled: HashSet::new(),
            asked: Vec::new(),
            random,
            limits,
            attempts: Vec::new(),
            running: Vec::new(),
            signals: Vec::new(),
            cancels: Vec::new(),
            children: Vec::new(),
            started_children: Vec::new(),
            names: 1000,
        };
        world.take(effects);
        world
    }

    fn name(&mut self) -> String {
        self.names += 1;
        format!("n-{}", self.names)
    }

    pub(super) fn step<R>(&mut self, act: impl FnOnce(&mut Run, &mut Step<'_>) -> R) -> R {
        let mut names = self.names;
        let mut ids = || {
            names += 1;
            format!("id-{names}")
        };
        let attributes = Attributes::new("default");
        let mut step = Step::new(self.now, &self.limits, &attributes, &mut ids);
        let result = act(&mut self.run, &mut step);
        let effects = step.effects;
        self.names = names;
        self.take(effects);
        result
    }

    fn take(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.asked.push(format!("{effect:?}"));
            match effect {
                Effect::Timer { at, due } => self.timers.push((at, due)),
                Effect::ActivityTask { scheduled_id, stamp, .. } => self.attempts.push((scheduled_id, stamp)),
                Effect::StartChild(child) => self.children.push((child.initiated_id, child.start.workflow_id)),
                Effect::Signal { initiated_id, .. } => self.signals.push(initiated_id),
                Effect::Cancel { initiated_id, .. } => self.cancels.push(initiated_id),
                Effect::WorkflowTask { .. }
                | Effect::Report(_)
                | Effect::CloseChild { .. }
                | Effect::Continue(_)
                | Effect::QueryAnswered { .. } => {}
            }
        }
    }

    /// Something that may happen.
    pub(super) fn act(&mut self) {
        match self.random.below(14) {
            0..4 => self.work(),
            4 => self.signal(),
            5 => self.start_activity(),
            6..8 => self.end_activity(),
            8 => self.answer_external(),
            9 => self.answer_child(),
            10 => {
                let millis = self.random.below(4000) as u64;
                self.advance(Duration::from_millis(millis));
            }
            11 if self.random.one_in(3) => {
                let id = self.name();
                self.admit(&id);
            }
            12 if self.random.one_in(10) => self.step(|run, step| run.request_cancel(Cancel::default(), step)),
            13 if self.random.one_in(60) => {
                let _ = self.step(|run, step| run.terminate("why", None, "me", step));
            }
            _ => {}
        }
    }

    /// The worker does a workflow task, or fails to.
    fn work(&mut self) {
        let Some(stamp) = self.take_task() else { return };
        for _ in 0..self.random.below(3) {
            match self.random.below(4) {
                0 => self.signal(),
                1 => self.end_activity(),
                2 => self.advance(Duration::from_millis(700)),
                _ => self.answer_external(),
            }
        }
        if self.random.one_in(8) {
            return self.fail_task(stamp);
        }
        if self.random.one_in(12) {
            // It says nothing: the task times out later.
            return;
        }
        let commands = (0..self.random.below(4)).filter_map(|_| self.command()).collect();
        let _ = self.complete(stamp, commands);
    }

    pub(super) fn take_task(&mut self) -> Option<u64> {
        let stamp = self.run.task.as_ref().filter(|task| !task.is_started())?.stamp;
        self.step(|run, step| run.start_task(stamp, false, "worker", None, step)).then_some(stamp)
    }

    pub(super) fn fail_task(&mut self, stamp: u64) {
        let cause = WorkflowTaskFailedCause::WorkflowWorkerUnhandledFailure;
        self.step(|run, step| run.fail_task(stamp, cause, None, "worker", step));
    }

    /// Completes the task: accepts and completes each update that came along.
    pub(super) fn complete(&mut self, stamp: u64, mut commands: Vec<Command>) -> Result<(), Refusal> {
        let updates = self.run.send_updates();
        let mut messages = Vec::new();
        for request in updates {
            let id = request.protocol_instance_id;
            let accepted = update::Acceptance {
                accepted_request_message_id: request.id,
                accepted_request_sequencing_event_id: 1,
                accepted_request: None,
            };
            messages.push(message(&id, "accept", "Acceptance", accepted.encode_to_vec()));
            messages.push(message(&id, "complete", "Response", update::Response::default().encode_to_vec()));
            commands.insert(0, protocol(format!("{id}/complete")));
            commands.insert(0, protocol(format!("{id}/accept")));
        }
        let completion = Completion { commands, messages, identity: "worker".into(), ..Completion::default() };
        self.step(|run, step| run.complete_task(stamp, completion, step)).map(|_| ())
    }

    pub(super) fn reject(&mut self, stamp: u64, id: &str) {
        self.run.send_updates();
        let rejection = update::Rejection { failure: Some(Failure::default()), ..update::Rejection::default() };
        let messages = vec![message(id, "reject", "Rejection", rejection.encode_to_vec())];
        let completion = Completion { messages, identity: "worker".into(), ..Completion::default() };
        self.step(|run, step| run.complete_task(stamp, completion, step)).unwrap();
    }

    pub(super) fn admit(&mut self, id: &str) {
        let request = update::Request {
            meta: Some(update::Meta { update_id: id.into(), identity: "client".into() }),
            input: Some(update::Input { name: "u".into(), ..update::Input::default() }),
            ..update::Request::default()
        };
        let _ = self.step(|run, step| run.admit(request, step));
    }

    fn signal(&mut self) {
        let name = self.name();
        let signal = Signal { name: name.clone(), request_id: name.clone(), ..Signal::default() };
        if self.step(|run, step| run.signal(signal, step)).is_ok() {
            self.signalled.insert(name);
        }
    }

    fn start_activity(&mut self) {
        if self.attempts.is_empty() {
            return;
        }
        let index = self.random.below(self.attempts.len());
        let (id, stamp) = self.attempts.swap_remove(index);
        let started =
            self.step(|run, step| run.start_activity(id, stamp, "worker", step).map(|activity| activity.stamp));
        self.running.extend(started.map(|stamp| (id, stamp)));
    }

    fn end_activity(&mut self) {
        let Some((id, stamp)) = self.random.pick(&self.running) else { return };
        let _ = match self.random.below(4) {
            0 => self.step(|run, step| run.fail_activity(id, stamp, Failure::default(), None, "worker", step)),
            1 => self.step(|run, step| run.cancel_activity(id, stamp, None, "worker", step)),
            2 => self.step(|run, step| run.heartbeat(id, stamp, None, step).map(|_| ())),
            _ => self.step(|run, step| run.complete_activity(id, stamp, None, "worker", step)),
        };
    }

    fn answer_external(&mut self) {
        if let Some(id) = self.signals.pop() {
            self.step(|run, step| run.signal_sent(id, Ok(()), step));
        }
        if let Some(id) = self.cancels.pop() {
            self.step(|run, step| run.cancel_sent(id, Ok(()), step));
        }
    }

    fn answer_child(&mut self) {
        if let Some((id, workflow_id)) = self.children.pop() {
            self.report(id, &workflow_id, Outcome::Started { header: None });
            self.started_children.push((id, workflow_id));
        } else if let Some((id, workflow_id)) = self.started_children.pop() {
            self.report(id, &workflow_id, Outcome::Completed { result: None });
        }
    }

    fn report(&mut self, initiated_id: i64, workflow_id: &str, outcome: Outcome) {
        let execution = WorkflowExecution { workflow_id: workflow_id.into(), run_id: format!("run-{workflow_id}") };
        let report = Report { initiated_id, execution, workflow_type: None, outcome };
        self.step(|run, step| run.child_reports(report, step));
    }

    /// Goes on from this event as another run; what others have begun goes on with it.
    pub(super) fn reset(&mut self, finish_id: i64) -> Result<(), Refusal> {
        let reset = Reset {
            run_id: self.name(),
            request_id: String::new(),
            reason: "why".into(),
            finish_id,
            exclude: Vec::new(),
            changes: Vec::new(),
        };
        let mut ids = || "id".to_owned();
        let attributes = Attributes::new("default");
        let mut step = Step::new(self.now, &self.limits, &attributes, &mut ids);
        self.run.reset(&reset, &[], &mut step)?;
        self.run.give_way("why", "me", &mut step);
        step.effects.clear();
        self.run = self.run.reset(&reset, &[], &mut step)?;
        let effects = step.effects;
        self.timers.clear();
        self.attempts.clear();
        self.running.clear();
        self.signals.retain(|id| self.run.signals.contains_key(id));
        self.cancels.retain(|id| self.run.cancels.contains_key(id));
        let started = |id: &i64| self.run.children.get(id).map(|child| child.run_id.is_some());
        self.children.retain(|(id, _)| started(id) == Some(false));
        self.started_children.retain(|(id, _)| started(id) == Some(true));
        self.take(effects);
        Ok(())
    }

    /// The state that the history leads to, beside the one that is there.
    pub(super) fn rebuilt(&self) -> (State, State) {
        let mut ids = || "id".to_owned();
        let attributes = Attributes::new("default");
        let mut step = Step::new(self.now, &self.limits, &attributes, &mut ids);
        let start = Start { workflow_id: "w".into(), ..Start::default() };
        let mut rebuilt = Run::blank(&start, "rebuilt", self.now);
        rebuilt.take_over(&self.run.log.events().collect::<Vec<_>>(), &mut step);
        (State::of(&self.run), State::of(&rebuilt))
    }

    /// The end of a workflow task, if there is one.
    pub(super) fn some_task_end(&mut self) -> Option<i64> {
        let ends = |event: &crate::api::HistoryEvent| {
            matches!(
                event.attributes,
                Some(
                    crate::api::Attributes::WorkflowTaskCompletedEventAttributes(_)
                        | crate::api::Attributes::WorkflowTaskFailedEventAttributes(_)
                )
            )
        };
        let ids: Vec<_> = self.run.log.events().filter(ends).map(|event| event.event_id).collect();
        self.random.pick(&ids)
    }

    /// Lets time pass, and fires what is due on the way.
    pub(super) fn advance(&mut self, by: Duration) {
        let end = self.now + by;
        while let Some(at) = self.timers.iter().map(|(at, _)| *at).filter(|at| *at <= end).min() {
            self.now = at.max(self.now);
            let due: Vec<_> = self.timers.iter().filter(|(time, _)| *time == at).map(|(_, due)| *due).collect();
            self.timers.retain(|(time, _)| *time != at);
            self.step(|run, step| run.due(&due, step));
        }
        self.now = end;
    }

    /// Answers everything and completes the workflow.
    pub(super) fn finish(&mut self) {
        for _ in 0..200 {
            if !self.run.is_open() {
                return;
            }
            while !self.attempts.is_empty() {
                self.start_activity();
            }
            self.answer_external();
            self.answer_child();
            match self.take_task() {
                Some(stamp) => {
                    let _ = self.complete(stamp, vec![complete_workflow()]);
                }
                None => {
                    self.signal();
                    self.advance(Duration::from_secs(20));
                }
            }
        }
    }

    fn command(&mut self) -> Option<Command> {
        let id = self.name();
        let seconds = |seconds| Some(time::proto(Duration::from_secs(seconds)));
        let attributes = match self.random.below(12) {
            0..3 => Command_::ScheduleActivityTaskCommandAttributes(command::ScheduleActivityTaskCommandAttributes {
                activity_id: id,
                activity_type: Some(ActivityType { name: "A".into() }),
                start_to_close_timeout: seconds(2),
                heartbeat_timeout: seconds(1),
                ..Default::default()
            }),
            3 => {
                let ids: Vec<_> = self.run.activities.keys().copied().collect();
                let scheduled_event_id = self.random.pick(&ids)?;
                let command = command::RequestCancelActivityTaskCommandAttributes { scheduled_event_id };
                Command_::RequestCancelActivityTaskCommandAttributes(command)
            }
            4..6 => Command_::StartTimerCommandAttributes(command::StartTimerCommandAttributes {
                timer_id: id,
                start_to_fire_timeout: seconds(1 + self.random.below(3) as u64),
            }),
            6 => {
                let mut ids: Vec<_> = self.run.timers.keys().cloned().collect();
                ids.sort();
                let timer_id = self.random.pick(&ids)?;
                Command_::CancelTimerCommandAttributes(command::CancelTimerCommandAttributes { timer_id })
            }
            7 => Command_::RecordMarkerCommandAttributes(command::RecordMarkerCommandAttributes {
                marker_name: id,
                ..Default::default()
            }),
            8 => Command_::StartChildWorkflowExecutionCommandAttributes(
                command::StartChildWorkflowExecutionCommandAttributes {
                    workflow_id: id,
                    workflow_type: Some(WorkflowType { name: "C".into() }),
                    ..Default::default()
                },
            ),
            9 => Command_::SignalExternalWorkflowExecutionCommandAttributes(
                command::SignalExternalWorkflowExecutionCommandAttributes {
                    execution: Some(WorkflowExecution { workflow_id: id, run_id: String::new() }),
                    ..Default::default()
                },
            ),
            10 => Command_::RequestCancelExternalWorkflowExecutionCommandAttributes(
                command::RequestCancelExternalWorkflowExecutionCommandAttributes {
                    workflow_id: id,
                    ..Default::default()
                },
            ),
            _ if self.random.one_in(6) => return Some(self.close_workflow()),
            _ => return None,
        };
        Some(Command { attributes: Some(attributes), ..Command::default() })
    }

    /// One of the ways in which a workflow ends itself.
    fn close_workflow(&mut self) -> Command {
        let attributes = match self.random.below(4) {
            0 => {
                let failure = Some(Failure::default());
                let command = command::FailWorkflowExecutionCommandAttributes { failure };
                Command_::FailWorkflowExecutionCommandAttributes(command)
            }
            1 => Command_::CancelWorkflowExecutionCommandAttributes(Default::default()),
            2 => Command_::ContinueAsNewWorkflowExecutionCommandAttributes(Default::default()),
            _ => return complete_workflow(),
        };
        Command { attributes: Some(attributes), ..Command::default() }
    }

    pub(super) fn kinds(&self) -> Vec<String> {
        let events = self.run.log.events();
        events.filter_map(|event| event.attributes).map(|kind| format!("{:?}", kind.event_type())).collect()
    }

    pub(super) fn history(&self) -> String {
        let events = self.run.log.events().zip(self.kinds());
        events.map(|(event, kind)| format!("{:4} {kind}\n", event.event_id)).collect()
    }
}

/// What of a state is in its history.
#[derive(Debug, PartialEq)]
pub(super) struct State {
    activities: Vec<(i64, Option<i64>)>,
    timers: Vec<String>,
    children: Vec<(i64, Option<String>)>,
    signals: Vec<i64>,
    cancels: Vec<i64>,
    cancel_requested: bool,
    last_started_id: i64,
    last_completed_id: i64,
    bytes: usize,
}

impl State {
    fn of(run: &Run) -> Self {
        let mut timers: Vec<_> = run.timers.keys().cloned().collect();
        timers.sort();
        Self {
            activities: run.activities.values().map(|one| (one.scheduled_id, one.cancel_requested)).collect(),
            timers,
            children: run.children.iter().map(|(id, child)| (*id, child.run_id.clone())).collect(),
            signals: run.signals.keys().copied().collect(),
            cancels: run.cancels.keys().copied().collect(),
            cancel_requested: run.cancel_requested,
            last_started_id: run.last_started_id,
            last_completed_id: run.last_completed_id,
            bytes: run.log.bytes(),
        }
    }
}

pub(super) fn start_timer(id: &str, duration: Duration) -> Command {
    let command = command::StartTimerCommandAttributes {
        timer_id: id.into(),
        start_to_fire_timeout: Some(time::proto(duration)),
    };
    Command { attributes: Some(Command_::StartTimerCommandAttributes(command)), ..Command::default() }
}

pub(super) fn complete_workflow() -> Command {
    let command = command::CompleteWorkflowExecutionCommandAttributes::default();
    let attributes = Some(Command_::CompleteWorkflowExecutionCommandAttributes(command));
    Command { attributes, ..Command::default() }
}

fn protocol(message_id: String) -> Command {
    let command = command::ProtocolMessageCommandAttributes { message_id };
    Command { attributes: Some(Command_::ProtocolMessageCommandAttributes(command)), ..Command::default() }
}

fn message(update_id: &str, what: &str, kind: &str, value: Vec<u8>) -> Message {
    Message {
        id: format!("{update_id}/{what}"),
        protocol_instance_id: update_id.to_owned(),
        body: Some(Any { type_url: format!("type.googleapis.com/temporal.api.update.v1.{kind}"), value }),
        sequencing_id: None,
    }
}
