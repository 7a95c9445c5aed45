//! A server, a client and a worker for it, without any SDK.

use std::{path::Path, time::Duration};

use durably_embedded::{Server, ServerBuilder};
use prost::{Message, Name};
use prost_wkt_types::Timestamp;
use temporalio_protos::temporal::api::{
    command::v1::{
        Command, CompleteWorkflowExecutionCommandAttributes, ScheduleActivityTaskCommandAttributes,
        StartTimerCommandAttributes, command::Attributes as Command_,
    },
    common::v1::{ActivityType, Payload, Payloads, RetryPolicy, WorkflowExecution, WorkflowType},
    enums::v1::{EventType, HistoryEventFilterType},
    history::v1::HistoryEvent,
    taskqueue::v1::TaskQueue,
    testservice::v1::{GetCurrentTimeResponse, SleepRequest, SleepResponse},
    workflowservice::v1::{
        DescribeWorkflowExecutionRequest, DescribeWorkflowExecutionResponse, GetWorkflowExecutionHistoryRequest,
        GetWorkflowExecutionHistoryResponse, PollActivityTaskQueueRequest, PollActivityTaskQueueResponse,
        PollWorkflowTaskQueueRequest, PollWorkflowTaskQueueResponse, RespondActivityTaskCompletedRequest,
        RespondActivityTaskCompletedResponse, RespondWorkflowTaskCompletedRequest,
        RespondWorkflowTaskCompletedResponse, SignalWorkflowExecutionRequest, SignalWorkflowExecutionResponse,
        StartWorkflowExecutionRequest, StartWorkflowExecutionResponse, TerminateWorkflowExecutionRequest,
        TerminateWorkflowExecutionResponse,
    },
};
use tonic::{Status, metadata::MetadataMap};

pub(crate) const HOUR: Duration = Duration::from_secs(3600);
pub(crate) const YEAR: Duration = Duration::from_secs(365 * 24 * 3600);
/// Long enough for anything that happens at once, on a busy machine.
pub(crate) const SOON: Duration = Duration::from_millis(60);

const WORKFLOWS: &str = "temporal.api.workflowservice.v1.WorkflowService";
const TESTS: &str = "temporal.api.testservice.v1.TestService";

/// A server with everything that a test does with it.
#[derive(Clone)]
pub(crate) struct World(pub(crate) Server);

impl World {
    pub(crate) fn new() -> Self {
        Self(Server::start())
    }

    pub(crate) fn skipping() -> Self {
        Self::with(|builder| builder.time_skipping(true))
    }

    pub(crate) fn with(build: impl FnOnce(ServerBuilder) -> ServerBuilder) -> Self {
        Self(build(Server::builder()).start())
    }

    /// A server that keeps everything in this file.
    pub(crate) fn kept(path: &Path) -> Self {
        Self(Server::builder().persist(path).start().unwrap())
    }

    /// A call of the workflow service, known by its request.
    pub(crate) async fn call<Q: Message + Name, R: Message + Default>(&self, request: Q) -> Result<R, Status> {
        let rpc = Q::NAME.strip_suffix("Request").unwrap();
        self.bytes(WORKFLOWS, rpc, request.encode_to_vec()).await.map(|answer| R::decode(&*answer).unwrap())
    }

    pub(crate) async fn test_call<Q: Message, R: Message + Default>(&self, rpc: &str, request: Q) -> Result<R, Status> {
        self.bytes(TESTS, rpc, request.encode_to_vec()).await.map(|answer| R::decode(&*answer).unwrap())
    }

    pub(crate) async fn bytes(&self, service: &str, rpc: &str, message: Vec<u8>) -> Result<Vec<u8>, Status> {
        self.0.call(service, rpc, &MetadataMap::new(), message.into()).await
    }

    pub(crate) async fn start(&self, id: &str) -> String {
        let started: StartWorkflowExecutionResponse = self.call(start(id)).await.unwrap();
        started.run_id
    }

    pub(crate) async fn signal(&self, id: &str) {
        let request = SignalWorkflowExecutionRequest {
            namespace: "default".into(),
            workflow_execution: Some(execution(id)),
            signal_name: "s".into(),
            ..Default::default()
        };
        let SignalWorkflowExecutionResponse { .. } = self.call(request).await.unwrap();
    }

    pub(crate) async fn poll(&self) -> PollWorkflowTaskQueueResponse {
        let request = PollWorkflowTaskQueueRequest {
            namespace: "default".into(),
            task_queue: Some(queue()),
            identity: "worker".into(),
            ..Default::default()
        };
        self.call(request).await.unwrap()
    }

    pub(crate) async fn poll_activity(&self) -> PollActivityTaskQueueResponse {
        let request = PollActivityTaskQueueRequest {
            namespace: "default".into(),
            task_queue: Some(queue()),
            identity: "worker".into(),
            ..Default::default()
        };
        self.call(request).await.unwrap()
    }

    pub(crate) async fn complete(
        &self,
        task: PollWorkflowTaskQueueResponse,
        commands: Vec<Command>,
    ) -> Result<RespondWorkflowTaskCompletedResponse, Status> {
        let request = RespondWorkflowTaskCompletedRequest {
            task_token: task.task_token,
            commands,
            identity: "worker".into(),
            namespace: "default".into(),
            ..Default::default()
        };
        self.call(request).await
    }

    /// Does the next workflow task.
    pub(crate) async fn work(&self, commands: Vec<Command>) -> PollWorkflowTaskQueueResponse {
        let task = self.poll().await;
        self.complete(task.clone(), commands).await.unwrap();
        task
    }

    pub(crate) async fn complete_activity(&self, token: Vec<u8>, result: Option<Payloads>) -> Result<(), Status> {
        let request = RespondActivityTaskCompletedRequest { task_token: token, result, ..Default::default() };
        let answer: Result<RespondActivityTaskCompletedResponse, Status> = self.call(request).await;
        answer.map(drop)
    }

    pub(crate) async fn history(&self, id: &str) -> Vec<HistoryEvent> {
        let request = GetWorkflowExecutionHistoryRequest {
            namespace: "default".into(),
            execution: Some(execution(id)),
            ..Default::default()
        };
        let answer: GetWorkflowExecutionHistoryResponse = self.call(request).await.unwrap();
        answer.history.unwrap_or_default().events
    }

    pub(crate) async fn terminate(&self, id: &str) {
        let request = TerminateWorkflowExecutionRequest {
            namespace: "default".into(),
            workflow_execution: Some(execution(id)),
            ..Default::default()
        };
        let TerminateWorkflowExecutionResponse {} = self.call(request).await.unwrap();
    }

    pub(crate) async fn describe(&self, id: &str) -> DescribeWorkflowExecutionResponse {
        let request = DescribeWorkflowExecutionRequest { namespace: "default".into(), execution: Some(execution(id)) };
        self.call(request).await.unwrap()
    }

    /// Waits for the end of a workflow, as clients do.
    pub(crate) async fn result(&self, id: &str) -> HistoryEvent {
        let request = GetWorkflowExecutionHistoryRequest {
            namespace: "default".into(),
            execution: Some(execution(id)),
            wait_new_event: true,
            history_event_filter_type: HistoryEventFilterType::CloseEvent as i32,
            ..Default::default()
        };
        let answer: GetWorkflowExecutionHistoryResponse = self.call(request).await.unwrap();
        answer.history.unwrap().events.remove(0)
    }

    pub(crate) async fn kinds(&self, id: &str) -> Vec<EventType> {
        kinds(&self.history(id).await)
    }

    pub(crate) async fn now(&self) -> Duration {
        let answer: GetCurrentTimeResponse = self.test_call("GetCurrentTime", ()).await.unwrap();
        since_1970(&answer.time.unwrap())
    }

    /// `Sleep` and its kin.
    pub(crate) async fn sleep(&self, rpc: &str, duration: Duration) -> Result<(), Status> {
        let request = SleepRequest { duration: Some(duration.try_into().unwrap()) };
        let answer: Result<SleepResponse, Status> = self.test_call(rpc, request).await;
        answer.map(drop)
    }
}

pub(crate) fn start(id: &str) -> StartWorkflowExecutionRequest {
    StartWorkflowExecutionRequest {
        namespace: "default".into(),
        workflow_id: id.into(),
        workflow_type: Some(WorkflowType { name: "W".into() }),
        task_queue: Some(queue()),
        ..Default::default()
    }
}

pub(crate) fn queue() -> TaskQueue {
    TaskQueue { name: "q".into(), ..Default::default() }
}

pub(crate) fn execution(id: &str) -> WorkflowExecution {
    WorkflowExecution { workflow_id: id.into(), run_id: String::new() }
}

pub(crate) fn kinds(events: &[HistoryEvent]) -> Vec<EventType> {
    events.iter().map(HistoryEvent::event_type).collect()
}

pub(crate) fn since_1970(time: &Timestamp) -> Duration {
    Duration::new(time.seconds.try_into().unwrap(), time.nanos.try_into().unwrap())
}

/// When the first event of this kind happened.
pub(crate) fn when(history: &[HistoryEvent], kind: EventType) -> Duration {
    let event = history.iter().find(|event| event.event_type() == kind).unwrap();
    since_1970(event.event_time.as_ref().unwrap())
}

pub(crate) fn command(attributes: Command_) -> Command {
    Command { attributes: Some(attributes), ..Command::default() }
}

pub(crate) fn timer(id: &str, duration: Duration) -> Command {
    command(Command_::StartTimerCommandAttributes(StartTimerCommandAttributes {
        timer_id: id.into(),
        start_to_fire_timeout: Some(duration.try_into().unwrap()),
    }))
}

pub(crate) fn activity(id: &str, input: Option<Payloads>, retry_policy: Option<RetryPolicy>) -> Command {
    command(Command_::ScheduleActivityTaskCommandAttributes(ScheduleActivityTaskCommandAttributes {
        activity_id: id.into(),
        activity_type: Some(ActivityType { name: "A".into() }),
        start_to_close_timeout: Some(YEAR.try_into().unwrap()),
        retry_policy,
        input,
        ..Default::default()
    }))
}

pub(crate) fn done() -> Command {
    command(Command_::CompleteWorkflowExecutionCommandAttributes(CompleteWorkflowExecutionCommandAttributes::default()))
}

/// So many bytes of data.
pub(crate) fn payloads(bytes: usize) -> Payloads {
    Payloads { payloads: vec![Payload { data: vec![b'x'; bytes], ..Payload::default() }] }
}

/// What an answer says, of which only the failure is of interest.
pub(crate) fn refusal<R>(answer: Result<R, Status>) -> (tonic::Code, String) {
    answer.err().map(|status| (status.code(), status.message().to_owned())).expect("it should have been refused")
}
