//! Clients and workers that do what they can until the server is gone, and write down what it has answered.

use std::{sync::Arc, sync::atomic::AtomicU64, sync::atomic::Ordering, time::Duration};

use prost::Message as _;
use prost_wkt_types::Any;
use temporalio_protos::temporal::api::{
    command::v1::{
        Command, ProtocolMessageCommandAttributes, RecordMarkerCommandAttributes,
        ScheduleActivityTaskCommandAttributes, StartTimerCommandAttributes, command::Attributes as Command_,
    },
    common::v1::{ActivityType, Payload, Payloads, WorkflowType},
    enums::v1::UpdateWorkflowExecutionLifecycleStage as Stage,
    protocol::v1::Message,
    schedule::v1::{IntervalSpec, Schedule, ScheduleAction, SchedulePatch, ScheduleSpec, schedule_action::Action},
    taskqueue::v1::TaskQueue,
    update::v1::{self as update, Input, Meta, Outcome, Request, WaitPolicy, outcome},
    workflow::v1::NewWorkflowExecutionInfo,
    workflowservice::v1::{
        CreateScheduleRequest, CreateScheduleResponse, DeleteWorkflowExecutionRequest, DeleteWorkflowExecutionResponse,
        DescribeNamespaceRequest, DescribeNamespaceResponse, PatchScheduleRequest, PatchScheduleResponse,
        PollActivityTaskQueueRequest, PollActivityTaskQueueResponse, PollWorkflowTaskQueueRequest,
        PollWorkflowTaskQueueResponse, RegisterNamespaceRequest, RegisterNamespaceResponse,
        RespondActivityTaskCompletedRequest, RespondActivityTaskCompletedResponse, RespondWorkflowTaskCompletedRequest,
        RespondWorkflowTaskCompletedResponse, SignalWorkflowExecutionRequest, SignalWorkflowExecutionResponse,
        StartWorkflowExecutionRequest, StartWorkflowExecutionResponse, UpdateWorkflowExecutionRequest,
        UpdateWorkflowExecutionResponse,
    },
};
use tokio::task::JoinSet;
use tonic::Status;

use crate::{
    Random,
    client::Client,
    ledger::{Ledger, execution, history},
};

const CLIENTS: u64 = 6;
const WORKERS: u64 = 3;
pub(crate) const TASK_TIMEOUT: Duration = Duration::from_millis(500);
/// Histories do not get longer than that by the worker's doing.
const LONGEST: i64 = 60;
/// Long enough for nobody to time out.
const LONG: Duration = Duration::from_secs(3600);

/// All of them.
pub(crate) struct Load(JoinSet<()>);

impl Load {
    /// Waits until they have noticed that the server is gone.
    pub(crate) async fn ended(mut self) {
        while let Some(ended) = self.0.join_next().await {
            ended.unwrap();
        }
    }
}

/// One of those who load the server.
#[derive(Clone)]
struct One {
    client: Client,
    ledger: Ledger,
    names: Arc<AtomicU64>,
    kill: u64,
}

pub(crate) async fn start(address: &str, ledger: &Ledger, seed: u64, kill: u64) -> Load {
    let mut load = JoinSet::new();
    let names = Arc::new(AtomicU64::new(0));
    for number in 0..CLIENTS + 2 * WORKERS {
        let client = Client::connect(address).await.unwrap();
        let one = One { client, ledger: ledger.clone(), names: Arc::clone(&names), kill };
        let random = Random::new(seed * 100 + number);
        match number {
            0..CLIENTS => drop(load.spawn(async move { one.ask(random).await })),
            _ if number < CLIENTS + WORKERS => drop(load.spawn(async move { one.work().await })),
            _ => drop(load.spawn(async move { one.act(random).await })),
        }
    }
    Load(load)
}

impl One {
    fn name(&self, what: &str) -> String {
        format!("{what}-{}-{}", self.kill, self.names.fetch_add(1, Ordering::Relaxed))
    }

    /// Any workflow that is there.
    fn some_workflow(&self, random: &mut Random) -> Option<String> {
        let answers = self.ledger.lock();
        let ids: Vec<_> = answers.runs.keys().filter(|id| !answers.deleted.contains(*id)).collect();
        let recent = ids.len().min(20) as u64;
        (recent > 0).then(|| ids[ids.len() - 1 - random.below(recent) as usize].clone())
    }

    async fn ask(self, mut random: Random) {
        while self.ask_once(&mut random).await.is_ok() {}
    }

    async fn ask_once(&self, random: &mut Random) -> Result<(), Status> {
        let choice = random.below(20);
        let Some(id) = self.some_workflow(random).filter(|_| choice > 3) else { return self.start().await };
        match choice {
            4..11 => self.signal(id).await,
            11..14 => self.update(id).await,
            14 => self.schedule().await,
            15 => self.namespace().await,
            16 if random.below(5) == 0 => self.delete(id).await,
            _ => self.look(id).await,
        }
    }

    async fn look(&self, id: String) -> Result<(), Status> {
        let Some(seen) = history(&self.client, &id).await? else { return Ok(()) };
        let mut answers = self.ledger.lock();
        let before = answers.histories.entry(id).or_default();
        if before.len() < seen.len() {
            *before = seen;
        }
        Ok(())
    }

    async fn start(&self) -> Result<(), Status> {
        let id = self.name("w");
        let request = StartWorkflowExecutionRequest {
            workflow_task_timeout: Some(TASK_TIMEOUT.try_into().unwrap()),
            ..start_request(&id)
        };
        let started: StartWorkflowExecutionResponse = self.client.call(request).await?;
        self.ledger.lock().runs.insert(id, started.run_id);
        Ok(())
    }

    async fn signal(&self, id: String) -> Result<(), Status> {
        let request_id = self.name("signal");
        let request = SignalWorkflowExecutionRequest {
            namespace: "default".into(),
            workflow_execution: Some(execution(&id)),
            signal_name: "s".into(),
            request_id: request_id.clone(),
            ..Default::default()
        };
        match self.client.call::<_, SignalWorkflowExecutionResponse>(request).await {
            Ok(_) => self.ledger.lock().signals.push((id, request_id)),
            Err(gone) => return unless_deleted(gone),
        }
        Ok(())
    }

    async fn update(&self, id: String) -> Result<(), Status> {
        let update_id = self.name("update");
        let request = UpdateWorkflowExecutionRequest {
            namespace: "default".into(),
            workflow_execution: Some(execution(&id)),
            wait_policy: Some(WaitPolicy { lifecycle_stage: Stage::Completed as i32 }),
            request: Some(Request {
                meta: Some(Meta { update_id: update_id.clone(), identity: "client".into() }),
                input: Some(Input { name: "u".into(), ..Input::default() }),
                ..Request::default()
            }),
            ..Default::default()
        };
        match self.client.call::<_, UpdateWorkflowExecutionResponse>(request).await {
            Ok(answer) if answer.stage() == Stage::Completed => {
                self.ledger.lock().updates.insert((id, update_id), answer.outcome);
            }
            Ok(_) => {}
            Err(gone) => return unless_deleted(gone),
        }
        Ok(())
    }

    async fn delete(&self, id: String) -> Result<(), Status> {
        let request =
            DeleteWorkflowExecutionRequest { namespace: "default".into(), workflow_execution: Some(execution(&id)) };
        // Others may see that it is gone before this is answered.
        match self.client.call::<_, DeleteWorkflowExecutionResponse>(request).await {
            Ok(_) => drop(self.ledger.lock().deleted.insert(id)),
            Err(gone) => {
                // Nobody knows: it is not looked at any more.
                self.ledger.lock().runs.remove(&id);
                return unless_deleted(gone);
            }
        }
        Ok(())
    }

    async fn schedule(&self) -> Result<(), Status> {
        let id = self.name("schedule");
        let action = NewWorkflowExecutionInfo {
            workflow_id: id.clone(),
            workflow_type: Some(WorkflowType { name: "Scheduled".into() }),
            task_queue: Some(TaskQueue { name: "nobody".into(), ..TaskQueue::default() }),
            ..NewWorkflowExecutionInfo::default()
        };
        let schedule = Schedule {
            spec: Some(ScheduleSpec {
                interval: vec![IntervalSpec {
                    interval: Some(Duration::from_secs(1).try_into().unwrap()),
                    phase: None,
                }],
                ..ScheduleSpec::default()
            }),
            action: Some(ScheduleAction { action: Some(Action::StartWorkflow(action)) }),
            ..Schedule::default()
        };
        let request = CreateScheduleRequest {
            namespace: "default".into(),
            schedule_id: id.clone(),
            schedule: Some(schedule),
            request_id: self.name("request"),
            ..Default::default()
        };
        let CreateScheduleResponse { .. } = self.client.call(request).await?;
        self.ledger.lock().schedules.insert(id.clone(), None);
        let notes = self.name("pause");
        let request = PatchScheduleRequest {
            namespace: "default".into(),
            schedule_id: id.clone(),
            patch: Some(SchedulePatch { pause: notes.clone(), ..SchedulePatch::default() }),
            ..Default::default()
        };
        let PatchScheduleResponse {} = self.client.call(request).await?;
        self.ledger.lock().schedules.insert(id, Some(notes));
        Ok(())
    }

    async fn namespace(&self) -> Result<(), Status> {
        let name = self.name("namespace");
        let request = RegisterNamespaceRequest {
            namespace: name.clone(),
            workflow_execution_retention_period: Some((LONG * 24).try_into().unwrap()),
            ..Default::default()
        };
        let RegisterNamespaceResponse {} = self.client.call(request).await?;
        let request = DescribeNamespaceRequest { namespace: name.clone(), ..Default::default() };
        let described: DescribeNamespaceResponse = self.client.call(request).await?;
        self.ledger.lock().namespaces.insert(name, described.namespace_info.unwrap_or_default().id);
        Ok(())
    }

    /// A worker for workflows: each of their tasks leaves a marker, and schedules an activity.
    async fn work(self) {
        loop {
            let request = PollWorkflowTaskQueueRequest {
                namespace: "default".into(),
                task_queue: Some(queue()),
                identity: "worker".into(),
                ..Default::default()
            };
            let Ok(task) = self.client.call::<_, PollWorkflowTaskQueueResponse>(request).await else { return };
            let Some(execution) = task.workflow_execution.clone() else { continue };
            let marker = self.name("marker");
            let mut commands = vec![record_marker(&marker)];
            if task.started_event_id < LONGEST {
                commands.extend([start_timer(&self.name("timer")), schedule_activity(&self.name("activity"))]);
            }
            let mut messages = Vec::new();
            for request in task.messages {
                answer_update(request, &mut commands, &mut messages);
            }
            let request = RespondWorkflowTaskCompletedRequest {
                task_token: task.task_token,
                namespace: "default".into(),
                commands,
                messages,
                ..Default::default()
            };
            match self.client.call::<_, RespondWorkflowTaskCompletedResponse>(request).await {
                Ok(_) => self.ledger.lock().markers.push((execution.workflow_id, marker)),
                Err(refused) if refused.code() == tonic::Code::Unavailable => return,
                Err(_) => {}
            }
        }
    }

    /// A worker for activities, who leaves some of them to others.
    async fn act(self, mut random: Random) {
        loop {
            let request = PollActivityTaskQueueRequest {
                namespace: "default".into(),
                task_queue: Some(queue()),
                identity: "worker".into(),
                ..Default::default()
            };
            let Ok(task) = self.client.call::<_, PollActivityTaskQueueResponse>(request).await else { return };
            let Some(execution) = task.workflow_execution.clone() else { continue };
            if random.below(4) == 0 {
                self.ledger.lock().held.push((execution.workflow_id, task.activity_id, task.task_token));
                continue;
            }
            let request = RespondActivityTaskCompletedRequest { task_token: task.task_token, ..Default::default() };
            match self.client.call::<_, RespondActivityTaskCompletedResponse>(request).await {
                Ok(_) => self.ledger.lock().activities.push((execution.workflow_id, task.activity_id)),
                Err(refused) if refused.code() == tonic::Code::Unavailable => return,
                Err(_) => {}
            }
        }
    }
}

/// Errors: the server is gone. That a workflow is gone, or has what it can have, is no error.
fn unless_deleted(status: Status) -> Result<(), Status> {
    match status.code() {
        tonic::Code::Unavailable => Err(status),
        _ => Ok(()),
    }
}

pub(crate) fn start_request(id: &str) -> StartWorkflowExecutionRequest {
    StartWorkflowExecutionRequest {
        namespace: "default".into(),
        workflow_id: id.into(),
        workflow_type: Some(WorkflowType { name: "W".into() }),
        task_queue: Some(queue()),
        ..Default::default()
    }
}

fn queue() -> TaskQueue {
    TaskQueue { name: "q".into(), ..TaskQueue::default() }
}

fn command(attributes: Command_) -> Command {
    Command { attributes: Some(attributes), ..Command::default() }
}

fn record_marker(name: &str) -> Command {
    command(Command_::RecordMarkerCommandAttributes(RecordMarkerCommandAttributes {
        marker_name: name.into(),
        ..Default::default()
    }))
}

fn start_timer(id: &str) -> Command {
    command(Command_::StartTimerCommandAttributes(StartTimerCommandAttributes {
        timer_id: id.into(),
        start_to_fire_timeout: Some(Duration::from_millis(400).try_into().unwrap()),
    }))
}

fn schedule_activity(id: &str) -> Command {
    command(Command_::ScheduleActivityTaskCommandAttributes(ScheduleActivityTaskCommandAttributes {
        activity_id: id.into(),
        activity_type: Some(ActivityType { name: "A".into() }),
        start_to_close_timeout: Some(LONG.try_into().unwrap()),
        ..Default::default()
    }))
}

/// Accepts and completes it, with its own name as the result.
fn answer_update(request: Message, commands: &mut Vec<Command>, messages: &mut Vec<Message>) {
    let id = request.protocol_instance_id;
    let accepted = update::Acceptance { accepted_request_message_id: request.id, ..Default::default() };
    let payload = Payload { data: id.clone().into_bytes(), ..Payload::default() };
    let result = outcome::Value::Success(Payloads { payloads: vec![payload] });
    let response = update::Response {
        meta: Some(Meta { update_id: id.clone(), identity: "worker".into() }),
        outcome: Some(Outcome { value: Some(result) }),
    };
    for (what, kind, value) in
        [("accept", "Acceptance", accepted.encode_to_vec()), ("complete", "Response", response.encode_to_vec())]
    {
        let message_id = format!("{id}/{what}");
        let command = ProtocolMessageCommandAttributes { message_id: message_id.clone() };
        commands.push(self::command(Command_::ProtocolMessageCommandAttributes(command)));
        messages.push(Message {
            id: message_id,
            protocol_instance_id: id.clone(),
            body: Some(Any { type_url: format!("type.googleapis.com/temporal.api.update.v1.{kind}"), value }),
            sequencing_id: None,
        });
    }
}
