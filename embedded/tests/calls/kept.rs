//! Servers that keep everything in a file: what was answered is there when the next one starts.

use std::time::Duration;

use durably_embedded::Server;
use prost::Message;
use temporalio_protos::temporal::api::{
    common::v1::{RetryPolicy, SearchAttributes, WorkflowType},
    enums::v1::{EventType, IndexedValueType, PendingActivityState, PendingWorkflowTaskState, WorkflowExecutionStatus},
    failure::v1::Failure,
    operatorservice::v1::{
        AddSearchAttributesRequest, AddSearchAttributesResponse, ListSearchAttributesRequest,
        ListSearchAttributesResponse,
    },
    query::v1::WorkflowQuery,
    schedule::v1::{IntervalSpec, Schedule, ScheduleAction, SchedulePatch, ScheduleSpec, schedule_action::Action},
    taskqueue::v1::StickyExecutionAttributes,
    update::v1::{Input, Meta, Request},
    workflow::v1::NewWorkflowExecutionInfo,
    workflowservice::v1::{
        CountWorkflowExecutionsRequest, CountWorkflowExecutionsResponse, CreateScheduleRequest, CreateScheduleResponse,
        DeleteScheduleRequest, DeleteScheduleResponse, DeleteWorkflowExecutionRequest, DeleteWorkflowExecutionResponse,
        DescribeNamespaceRequest, DescribeNamespaceResponse, DescribeScheduleRequest, DescribeScheduleResponse,
        DescribeWorkflowExecutionRequest, DescribeWorkflowExecutionResponse, ListSchedulesRequest,
        ListSchedulesResponse, ListWorkflowExecutionsRequest, ListWorkflowExecutionsResponse, PatchScheduleRequest,
        PatchScheduleResponse, QueryWorkflowRequest, QueryWorkflowResponse, RecordActivityTaskHeartbeatRequest,
        RecordActivityTaskHeartbeatResponse, RegisterNamespaceRequest, RegisterNamespaceResponse,
        RespondActivityTaskFailedRequest, RespondActivityTaskFailedResponse, RespondWorkflowTaskCompletedRequest,
        RespondWorkflowTaskCompletedResponse, StartWorkflowExecutionRequest, StartWorkflowExecutionResponse,
        UpdateNamespaceRequest, UpdateNamespaceResponse, UpdateWorkflowExecutionRequest,
        UpdateWorkflowExecutionResponse,
    },
};
use tonic::Code;

use crate::directory::TempDir;
use crate::support::{HOUR, World, YEAR, activity, done, execution, payloads, queue, start, timer};

const OPERATORS: &str = "temporal.api.operatorservice.v1.OperatorService";

/// A file, and the server that has it.
struct Kept {
    directory: TempDir,
    world: World,
}

impl Kept {
    fn new() -> Self {
        let directory = TempDir::new();
        let world = World::kept(&directory.path().join("server.db"));
        Self { directory, world }
    }

    /// The server ends, and another one starts.
    fn restarted(self) -> Self {
        let Self { directory, world } = self;
        drop(world);
        let world = World::kept(&directory.path().join("server.db"));
        Self { directory, world }
    }
}

async fn describe(world: &World, id: &str) -> DescribeWorkflowExecutionResponse {
    let execution = Some(execution(id));
    let request = DescribeWorkflowExecutionRequest { namespace: "default".into(), execution };
    world.call(request).await.unwrap()
}

#[tokio::test]
async fn everything_that_is_pending_goes_on() {
    let kept = Kept::new();
    let retry = RetryPolicy { initial_interval: Some(YEAR.try_into().unwrap()), ..RetryPolicy::default() };
    kept.world.start("w").await;
    let commands =
        vec![activity("runs", Some(payloads(100)), None), activity("fails", None, Some(retry)), timer("t", HOUR)];
    kept.world.work(commands).await;
    let runs = kept.world.poll_activity().await;
    let fails = kept.world.poll_activity().await;
    assert_eq!((runs.activity_id.as_str(), fails.activity_id.as_str()), ("runs", "fails"));
    let beat = RecordActivityTaskHeartbeatRequest {
        task_token: runs.task_token.clone(),
        details: Some(payloads(7)),
        ..Default::default()
    };
    let RecordActivityTaskHeartbeatResponse { .. } = kept.world.call(beat).await.unwrap();
    let failure = Some(Failure { message: "no".into(), ..Failure::default() });
    let fail = RespondActivityTaskFailedRequest { task_token: fails.task_token, failure, ..Default::default() };
    let RespondActivityTaskFailedResponse { .. } = kept.world.call(fail).await.unwrap();
    kept.world.signal("w").await;
    let task = kept.world.poll().await;
    // It waits for the end of the task.
    kept.world.signal("w").await;
    let before = (describe(&kept.world, "w").await, kept.world.history("w").await);

    let kept = kept.restarted();
    let after = (describe(&kept.world, "w").await, kept.world.history("w").await);
    assert_eq!(after, before);
    let states: Vec<_> = after.0.pending_activities.iter().map(|activity| activity.state()).collect();
    assert_eq!(states, [PendingActivityState::Started, PendingActivityState::Scheduled]);
    assert_eq!(after.0.pending_activities[1].last_failure.as_ref().unwrap().message, "no");
    assert_eq!(after.0.pending_activities[0].heartbeat_details, Some(payloads(7)));
    assert_eq!(after.0.pending_workflow_task.unwrap().state(), PendingWorkflowTaskState::Started);

    // What workers have been given is still theirs.
    kept.world.complete(task.clone(), vec![]).await.unwrap();
    assert_eq!(kept.world.complete(task, vec![]).await.unwrap_err().code(), Code::NotFound);
    kept.world.complete_activity(runs.task_token.clone(), Some(payloads(3))).await.unwrap();
    assert_eq!(kept.world.complete_activity(runs.task_token, None).await.unwrap_err().code(), Code::NotFound);
    let kept = kept.restarted();
    let kinds = kept.world.kinds("w").await;
    let count = |kind| kinds.iter().filter(|other| **other == kind).count();
    assert_eq!((count(EventType::WorkflowExecutionSignaled), count(EventType::ActivityTaskCompleted)), (2, 1));
    let next = kept.world.work(vec![done()]).await;
    assert_eq!(next.history.unwrap().events.len(), kinds.len() + 1);
    assert_eq!(
        describe(&kept.restarted().world, "w").await.workflow_execution_info.unwrap().status(),
        WorkflowExecutionStatus::Completed
    );
}

#[tokio::test]
async fn timers_that_were_due_meanwhile_fire_at_once() {
    let kept = Kept::new();
    kept.world.start("w").await;
    let commands = vec![timer("soon", Duration::from_millis(300)), timer("late", HOUR)];
    kept.world.work(commands).await;
    let Kept { directory, world } = kept;
    drop(world);
    tokio::time::sleep(Duration::from_millis(400)).await;
    let world = World::kept(&directory.path().join("server.db"));
    let task = world.poll().await;
    let fired =
        task.history.clone().unwrap().events.into_iter().filter(|event| event.event_type() == EventType::TimerFired);
    assert_eq!(fired.count(), 1);
    world.complete(task, vec![]).await.unwrap();
    assert!(world.kinds("w").await.ends_with(&[EventType::WorkflowTaskCompleted]));
}

#[tokio::test]
async fn a_task_of_a_worker_that_went_away_too_times_out() {
    let kept = Kept::new();
    let request = StartWorkflowExecutionRequest {
        workflow_task_timeout: Some(Duration::from_millis(500).try_into().unwrap()),
        ..start("w")
    };
    let StartWorkflowExecutionResponse { .. } = kept.world.call(request).await.unwrap();
    let lost = kept.world.poll().await;
    let kept = kept.restarted();
    let again = kept.world.poll().await;
    assert_eq!(again.attempt, 2);
    assert_eq!(kept.world.complete(lost, vec![]).await.unwrap_err().code(), Code::NotFound);
    kept.world.complete(again, vec![done()]).await.unwrap();
}

#[tokio::test]
async fn a_task_that_waits_is_handed_out_and_the_worker_that_has_the_run_may_go_on() {
    let kept = Kept::new();
    kept.world.start("w").await;
    let task = kept.world.poll().await;
    let mut sticky = queue();
    sticky.name = "sticky".into();
    let request = RespondWorkflowTaskCompletedRequest {
        task_token: task.task_token,
        namespace: "default".into(),
        sticky_attributes: Some(StickyExecutionAttributes {
            worker_task_queue: Some(sticky),
            schedule_to_start_timeout: Some(HOUR.try_into().unwrap()),
        }),
        ..Default::default()
    };
    let RespondWorkflowTaskCompletedResponse { .. } = kept.world.call(request).await.unwrap();
    kept.world.signal("w").await;
    let kept = kept.restarted();
    // Nobody looks after the sticky queue now.
    let task = kept.world.poll().await;
    assert_eq!(task.history.as_ref().unwrap().events[0].event_type(), EventType::WorkflowExecutionStarted);
    kept.world.complete(task, vec![done()]).await.unwrap();
}

#[tokio::test]
async fn starts_find_their_workflows_again() {
    let kept = Kept::new();
    let request = StartWorkflowExecutionRequest { request_id: "same".into(), ..start("w") };
    let started: StartWorkflowExecutionResponse = kept.world.call(request.clone()).await.unwrap();
    let kept = kept.restarted();
    let again: StartWorkflowExecutionResponse = kept.world.call(request).await.unwrap();
    assert_eq!(again.run_id, started.run_id);
    assert_eq!(
        kept.world.call::<_, StartWorkflowExecutionResponse>(start("w")).await.unwrap_err().code(),
        Code::AlreadyExists
    );
    kept.world.work(vec![done()]).await;
    let second = kept.world.start("w").await;
    let kept = kept.restarted();
    assert_eq!(describe(&kept.world, "w").await.workflow_execution_info.unwrap().execution.unwrap().run_id, second);
    let delete = |run: &str| {
        let mut execution = execution("w");
        execution.run_id = run.into();
        DeleteWorkflowExecutionRequest { namespace: "default".into(), workflow_execution: Some(execution) }
    };
    let DeleteWorkflowExecutionResponse {} = kept.world.call(delete(&second)).await.unwrap();
    let kept = kept.restarted();
    let gone = kept.world.call::<_, DeleteWorkflowExecutionResponse>(delete(&second)).await.unwrap_err();
    assert_eq!(gone.code(), Code::NotFound);
    // The one before is not the latest one for that.
    assert_eq!(
        kept.world.call::<_, DeleteWorkflowExecutionResponse>(delete("")).await.unwrap_err().code(),
        Code::NotFound
    );
    let DeleteWorkflowExecutionResponse {} = kept.world.call(delete(&started.run_id)).await.unwrap();
    let kept = kept.restarted();
    let count: CountWorkflowExecutionsResponse = kept
        .world
        .call(CountWorkflowExecutionsRequest { namespace: "default".into(), ..Default::default() })
        .await
        .unwrap();
    assert_eq!(count.count, 0);
}

#[tokio::test]
async fn updates_and_their_outcomes_are_there() {
    let kept = Kept::new();
    kept.world.start("w").await;
    kept.world.work(vec![]).await;
    let update = |id: &str| UpdateWorkflowExecutionRequest {
        namespace: "default".into(),
        workflow_execution: Some(execution("w")),
        request: Some(Request {
            meta: Some(Meta { update_id: id.into(), identity: "client".into() }),
            input: Some(Input { name: "u".into(), ..Input::default() }),
            ..Request::default()
        }),
        ..Default::default()
    };
    let caller = tokio::spawn({
        let (world, update) = (kept.world.clone(), update("rejected"));
        async move { world.call::<_, UpdateWorkflowExecutionResponse>(update).await }
    });
    // The worker says nothing of it.
    kept.world.work(vec![]).await;
    let rejected = caller.await.unwrap().unwrap();
    let waiting = tokio::spawn({
        let (world, update) = (kept.world.clone(), update("waits"));
        async move { world.call::<_, UpdateWorkflowExecutionResponse>(update).await }
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    waiting.abort();
    assert!(waiting.await.is_err());
    let kept = kept.restarted();
    let again: UpdateWorkflowExecutionResponse = kept.world.call(update("rejected")).await.unwrap();
    assert_eq!((again.outcome, again.stage), (rejected.outcome, rejected.stage));
    let task = kept.world.poll().await;
    let sent: Vec<_> = task.messages.iter().map(|message| message.protocol_instance_id.as_str()).collect();
    assert_eq!(sent, ["waits"]);
}

#[tokio::test]
async fn schedules_go_on() {
    let kept = Kept::new();
    let action = |id: &str| NewWorkflowExecutionInfo {
        workflow_id: id.into(),
        workflow_type: Some(WorkflowType { name: "W".into() }),
        task_queue: Some(queue()),
        ..Default::default()
    };
    let schedule = |id: &str| Schedule {
        spec: Some(ScheduleSpec {
            interval: vec![IntervalSpec { interval: Some(HOUR.try_into().unwrap()), phase: None }],
            ..ScheduleSpec::default()
        }),
        action: Some(ScheduleAction { action: Some(Action::StartWorkflow(action(id))) }),
        ..Schedule::default()
    };
    for id in ["s", "deleted"] {
        let request = CreateScheduleRequest {
            namespace: "default".into(),
            schedule_id: id.into(),
            schedule: Some(schedule(id)),
            request_id: "r".into(),
            initial_patch: Some(SchedulePatch { trigger_immediately: Some(Default::default()), ..Default::default() }),
            ..Default::default()
        };
        let CreateScheduleResponse { .. } = kept.world.call(request).await.unwrap();
    }
    let delete =
        DeleteScheduleRequest { namespace: "default".into(), schedule_id: "deleted".into(), ..Default::default() };
    let DeleteScheduleResponse {} = kept.world.call(delete).await.unwrap();
    let pause = PatchScheduleRequest {
        namespace: "default".into(),
        schedule_id: "s".into(),
        patch: Some(SchedulePatch { pause: "for now".into(), ..Default::default() }),
        ..Default::default()
    };
    let PatchScheduleResponse {} = kept.world.call(pause).await.unwrap();
    let describe = async |world: &World, id: &str| {
        let request = DescribeScheduleRequest { namespace: "default".into(), schedule_id: id.into() };
        world.call::<_, DescribeScheduleResponse>(request).await
    };
    let before = describe(&kept.world, "s").await.unwrap();
    assert_eq!(before.info.as_ref().unwrap().running_workflows.len(), 1);

    let kept = kept.restarted();
    assert_eq!(describe(&kept.world, "s").await.unwrap(), before);
    assert_eq!(describe(&kept.world, "deleted").await.unwrap_err().message(), "schedule not found");
    let list = ListSchedulesRequest { namespace: "default".into(), ..Default::default() };
    let ListSchedulesResponse { schedules, .. } = kept.world.call(list).await.unwrap();
    assert_eq!(schedules.len(), 1);
    // It is told of the run that it has started before.
    kept.world.work(vec![done()]).await;
    kept.world.work(vec![done()]).await;
    let after = describe(&kept.restarted().world, "s").await.unwrap().info.unwrap();
    assert_eq!((after.running_workflows.len(), after.action_count), (0, 1));
}

#[tokio::test]
async fn namespaces_and_lists_are_as_they_were() {
    let kept = Kept::new();
    let namespace = async |world: &World, name: &str| {
        let request = DescribeNamespaceRequest { namespace: name.into(), ..Default::default() };
        world.call::<_, DescribeNamespaceResponse>(request).await
    };
    let register = RegisterNamespaceRequest {
        namespace: "orders".into(),
        description: "of the shop".into(),
        workflow_execution_retention_period: Some((HOUR * 72).try_into().unwrap()),
        data: [("key".to_owned(), "value".to_owned())].into(),
        ..Default::default()
    };
    let RegisterNamespaceResponse {} = kept.world.call(register).await.unwrap();
    let add = AddSearchAttributesRequest {
        namespace: "orders".into(),
        search_attributes: [("Customer".to_owned(), IndexedValueType::Keyword as i32)].into(),
    };
    let added = kept.world.bytes(OPERATORS, "AddSearchAttributes", add.encode_to_vec()).await.unwrap();
    AddSearchAttributesResponse::decode(&*added).unwrap();
    let update = UpdateNamespaceRequest {
        namespace: "orders".into(),
        update_info: Some(temporalio_protos::temporal::api::namespace::v1::UpdateNamespaceInfo {
            owner_email: "me@shop".into(),
            ..Default::default()
        }),
        ..Default::default()
    };
    let UpdateNamespaceResponse { .. } = kept.world.call(update).await.unwrap();
    let customer = json("Ada");
    let request = StartWorkflowExecutionRequest {
        namespace: "orders".into(),
        search_attributes: Some(SearchAttributes { indexed_fields: [("Customer".to_owned(), customer)].into() }),
        ..start("w")
    };
    let StartWorkflowExecutionResponse { .. } = kept.world.call(request).await.unwrap();
    let list = ListWorkflowExecutionsRequest {
        namespace: "orders".into(),
        query: "Customer = 'Ada' AND ExecutionStatus = 'Running'".into(),
        ..Default::default()
    };
    let before: ListWorkflowExecutionsResponse = kept.world.call(list.clone()).await.unwrap();
    assert_eq!(before.executions.len(), 1);
    let (default, orders) = (namespace(&kept.world, "default").await, namespace(&kept.world, "orders").await);

    let kept = kept.restarted();
    assert_eq!(namespace(&kept.world, "default").await.unwrap(), default.unwrap());
    assert_eq!(namespace(&kept.world, "orders").await.unwrap(), orders.unwrap());
    let after: ListWorkflowExecutionsResponse = kept.world.call(list).await.unwrap();
    assert_eq!(after, before);
    let request = ListSearchAttributesRequest { namespace: "orders".into() };
    let listed = kept.world.bytes(OPERATORS, "ListSearchAttributes", request.encode_to_vec()).await.unwrap();
    let listed = ListSearchAttributesResponse::decode(&*listed).unwrap();
    assert_eq!(listed.custom_attributes, [("Customer".to_owned(), IndexedValueType::Keyword as i32)].into());
    // Another one of the builder is added, and those that are there stay.
    let Kept { directory, world } = kept;
    drop(world);
    let path = directory.path().join("server.db");
    let world = World(Server::builder().namespace("orders").namespace("more").persist(path).start().unwrap());
    assert_eq!(namespace(&world, "orders").await.unwrap().namespace_info.unwrap().description, "of the shop");
    assert!(namespace(&world, "more").await.is_ok());
}

#[tokio::test]
async fn time_that_was_skipped_stays_skipped() {
    let directory = TempDir::new();
    let path = directory.path().join("server.db");
    let skipping = || World(Server::builder().time_skipping(true).persist(&path).start().unwrap());
    let world = skipping();
    let began = world.now().await;
    world.start("w").await;
    world.work(vec![timer("t", YEAR)]).await;
    world.work(vec![]).await;
    let before = world.now().await;
    assert!(before - began >= YEAR);
    drop(world);
    let world = World::kept(&path);
    let after = world.now().await;
    assert!(after >= before && after < before + HOUR, "{before:?}, then {after:?}");
}

#[tokio::test]
async fn a_question_of_before_is_answered_to_nobody() {
    let kept = Kept::new();
    kept.world.start("w").await;
    kept.world.work(vec![]).await;
    let query = QueryWorkflowRequest {
        namespace: "default".into(),
        execution: Some(execution("w")),
        query: Some(WorkflowQuery { query_type: "q".into(), ..Default::default() }),
        ..Default::default()
    };
    let asking = tokio::spawn({
        let world = kept.world.clone();
        async move { world.call::<_, QueryWorkflowResponse>(query).await }
    });
    let asked = kept.world.poll().await;
    asking.abort();
    assert!(asking.await.is_err());
    let kept = kept.restarted();
    let request = temporalio_protos::temporal::api::workflowservice::v1::RespondQueryTaskCompletedRequest {
        task_token: asked.task_token,
        namespace: "default".into(),
        ..Default::default()
    };
    let answer = kept
        .world
        .call::<_, temporalio_protos::temporal::api::workflowservice::v1::RespondQueryTaskCompletedResponse>(request)
        .await;
    assert_eq!(answer.unwrap_err().code(), Code::NotFound);
}

#[tokio::test]
async fn what_cannot_be_opened_is_said_and_left_alone() {
    let directory = TempDir::new();
    let open = |path: &std::path::Path| Server::builder().persist(path).start();
    let says = |path: &std::path::Path, text: &str| {
        let error = open(path).unwrap_err().to_string();
        assert!(error.starts_with(path.to_str().unwrap()) && error.contains(text), "{error}");
    };
    says(directory.path(), "is a directory");
    says(&directory.path().join("no/such/directory"), "cannot be opened");
    let path = directory.path().join("server.db");
    let world = World::kept(&path);
    world.start("w").await;
    says(&path, "is in use by another server");
    drop(world);
    let whole = std::fs::read(&path).unwrap();

    let other = directory.path().join("other");
    for content in
        [b"a text of somebody".to_vec(), vec![0; 10_000], whole[..100].to_vec(), whole[..whole.len() / 2].to_vec()]
    {
        std::fs::write(&other, &content).unwrap();
        says(&other, "is no file of durably-embedded, or it is damaged");
        assert_eq!(std::fs::read(&other).unwrap(), content);
    }
    // Wherever it is damaged, what is answered then was written before, or nothing is answered.
    for at in (0..whole.len()).step_by(whole.len() / 100) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        std::fs::write(&other, &damaged).unwrap();
        if let Ok(server) = open(&other) {
            assert_eq!(World(server).kinds("w").await.len(), 2, "a byte at {at}");
        }
    }
    assert_eq!(World::kept(&path).kinds("w").await.len(), 2);
    // No others are left there.
    let names: Vec<_> = std::fs::read_dir(directory.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[tokio::test]
async fn an_empty_file_becomes_one() {
    let directory = TempDir::new();
    let path = directory.path().join("empty.db");
    std::fs::write(&path, "").unwrap();
    let world = World::kept(&path);
    world.start("w").await;
    drop(world);
    assert_eq!(World::kept(&path).kinds("w").await.len(), 2);
}

fn json(text: &str) -> temporalio_protos::temporal::api::common::v1::Payload {
    temporalio_protos::temporal::api::common::v1::Payload {
        metadata: [("encoding".to_owned(), b"json/plain".to_vec())].into(),
        data: format!("\"{text}\"").into_bytes(),
        ..Default::default()
    }
}
