//! Options of workflows that run, and requests that are attached to them. What is expected was recorded on the real server.

use prost_wkt_types::FieldMask;
use temporalio_protos::temporal::api::{
    common::v1::{Callback, Priority, callback},
    enums::v1::{EventType, WorkflowIdConflictPolicy},
    history::v1::{WorkflowExecutionOptionsUpdatedEventAttributes, history_event::Attributes},
    workflow::v1::{
        OnConflictOptions, PostResetOperation, VersioningOverride, WorkflowExecutionOptions, post_reset_operation,
        versioning_override::Override,
    },
    workflowservice::v1::{
        ResetWorkflowExecutionRequest, ResetWorkflowExecutionResponse, StartWorkflowExecutionRequest,
        StartWorkflowExecutionResponse, UpdateWorkflowExecutionOptionsRequest, UpdateWorkflowExecutionOptionsResponse,
    },
};
use tonic::{Code, Status};

use crate::support::{World, done, execution, kinds, refusal, start};

fn auto() -> WorkflowExecutionOptions {
    let given = VersioningOverride { r#override: Some(Override::AutoUpgrade(true)), ..Default::default() };
    WorkflowExecutionOptions { versioning_override: Some(given), ..Default::default() }
}

fn priority(key: i32) -> WorkflowExecutionOptions {
    let priority = Priority { priority_key: key, fairness_key: "f".into(), ..Default::default() };
    WorkflowExecutionOptions { priority: Some(priority), ..Default::default() }
}

async fn change(
    world: &World,
    options: WorkflowExecutionOptions,
    path: &str,
) -> Result<WorkflowExecutionOptions, Status> {
    let request = UpdateWorkflowExecutionOptionsRequest {
        namespace: "default".into(),
        workflow_execution: Some(execution("w")),
        workflow_execution_options: Some(options),
        update_mask: Some(FieldMask {
            paths: path.split(',').filter(|path| !path.is_empty()).map(Into::into).collect(),
        }),
        identity: "me".into(),
    };
    let answer: UpdateWorkflowExecutionOptionsResponse = world.call(request).await?;
    Ok(answer.workflow_execution_options.unwrap())
}

async fn updates(world: &World) -> Vec<WorkflowExecutionOptionsUpdatedEventAttributes> {
    let of = |attributes| match attributes {
        Attributes::WorkflowExecutionOptionsUpdatedEventAttributes(updated) => Some(updated),
        _ => None,
    };
    world.history("w").await.into_iter().filter_map(|event| event.attributes.and_then(of)).collect()
}

#[tokio::test]
async fn what_changes_is_in_the_history() {
    let world = World::new();
    world.start("w").await;
    assert_eq!(change(&world, auto(), "versioning_override").await.unwrap(), auto());
    // It changes nothing.
    change(&world, auto(), "versioning_override").await.unwrap();
    let both = change(&world, priority(2), "priority").await.unwrap();
    assert_eq!((both.versioning_override, both.priority.unwrap().priority_key), (auto().versioning_override, 2));
    change(&world, priority(3), "priority.priority_key").await.unwrap();
    let described = world.describe("w").await.workflow_execution_info.unwrap();
    assert_eq!(described.priority, priority(3).priority);
    assert!(described.versioning_info.unwrap().versioning_override.is_some());
    change(&world, WorkflowExecutionOptions::default(), "versioning_override").await.unwrap();

    let updates = updates(&world).await;
    let seen: Vec<_> = updates
        .iter()
        .map(|event| {
            let key = event.priority.as_ref().map(|priority| priority.priority_key);
            (event.versioning_override.is_some(), event.unset_versioning_override, key, event.identity.as_str())
        })
        .collect();
    assert_eq!(
        seen,
        [
            (true, false, None, "me"),
            (true, false, Some(2), "me"),
            (true, false, Some(3), "me"),
            (false, true, Some(3), "me")
        ]
    );
    let history = world.history("w").await;
    assert!(history.last().unwrap().worker_may_ignore);
    assert_eq!(kinds(&history)[..2], [EventType::WorkflowExecutionStarted, EventType::WorkflowTaskScheduled]);
    assert_eq!(history.len(), 6, "no workflow task is made for it");
}

#[tokio::test]
async fn a_change_waits_for_the_task_that_is_out() {
    let world = World::new();
    world.start("w").await;
    let task = world.poll().await;
    change(&world, auto(), "versioning_override").await.unwrap();
    assert_eq!(world.history("w").await.len(), 3);
    world.complete(task, Vec::new()).await.unwrap();
    let rest = [
        EventType::WorkflowTaskCompleted,
        EventType::WorkflowExecutionOptionsUpdated,
        EventType::WorkflowTaskScheduled,
    ];
    assert_eq!(world.kinds("w").await[3..], rest);
}

#[tokio::test]
async fn senseless_changes_are_refused() {
    let world = World::new();
    world.start("w").await;
    let required = (Code::InvalidArgument, "UpdateMask is required".to_owned());
    assert_eq!(refusal(change(&world, auto(), "").await), required);
    let (code, message) = refusal(change(&world, auto(), "foo").await);
    assert_eq!(code, Code::InvalidArgument);
    assert!(message.starts_with("error parsing UpdateMask: "), "{message}");
    assert!(message.contains("invalid path \"foo\""), "{message}");
    let nothing = WorkflowExecutionOptions { versioning_override: Some(Default::default()), ..Default::default() };
    let refused = refusal(change(&world, nothing, "versioning_override").await);
    assert_eq!(refused, (Code::InvalidArgument, "override behavior is required".to_owned()));
    world.terminate("w").await;
    let closed = (Code::NotFound, "workflow execution already completed".to_owned());
    assert_eq!(refusal(change(&world, auto(), "versioning_override").await), closed);
}

fn again(request_id: &str, options: OnConflictOptions) -> StartWorkflowExecutionRequest {
    StartWorkflowExecutionRequest {
        request_id: request_id.into(),
        workflow_id_conflict_policy: WorkflowIdConflictPolicy::UseExisting as i32,
        on_conflict_options: Some(options),
        ..start("w")
    }
}

#[tokio::test]
async fn a_start_attaches_its_request_to_what_runs() {
    let world = World::new();
    let run_id = world.start("w").await;
    let attach = OnConflictOptions { attach_request_id: true, ..Default::default() };
    for _ in 0..2 {
        let answer: StartWorkflowExecutionResponse = world.call(again("r", attach)).await.unwrap();
        assert_eq!((answer.run_id.as_str(), answer.started), (run_id.as_str(), false));
        let link = format!("{:?}", answer.link);
        assert!(link.contains("request_id: \"r\""), "{link}");
    }
    // The same request again means the run that it is attached to, whatever the policy.
    let answer: StartWorkflowExecutionResponse =
        world.call(StartWorkflowExecutionRequest { request_id: "r".into(), ..start("w") }).await.unwrap();
    assert_eq!(answer.run_id, run_id);
    let updates = updates(&world).await;
    assert_eq!(updates.iter().map(|event| event.attached_request_id.as_str()).collect::<Vec<_>>(), ["r"]);

    let infos = world.describe("w").await.workflow_extended_info.unwrap().request_id_infos;
    assert_eq!((infos.len(), infos["r"].event_id), (2, 3));
    assert_eq!(infos["r"].event_type(), EventType::WorkflowExecutionOptionsUpdated);
}

#[tokio::test]
async fn callbacks_go_nowhere_unless_somebody_allows_it() {
    let world = World::new();
    let options = OnConflictOptions { attach_completion_callbacks: true, ..Default::default() };
    let refused = refusal(world.call::<_, StartWorkflowExecutionResponse>(again("r", options)).await);
    let message = "attaching request ID is required for attaching completion callbacks".to_owned();
    assert_eq!(refused, (Code::InvalidArgument, message));
    let nexus = callback::Nexus { url: "http://localhost:1/x".into(), ..Default::default() };
    let callback = Callback { variant: Some(callback::Variant::Nexus(nexus)), ..Default::default() };
    let request = StartWorkflowExecutionRequest { completion_callbacks: vec![callback], ..start("w") };
    let refused = refusal(world.call::<_, StartWorkflowExecutionResponse>(request).await);
    let message = "invalid url: url does not match any configured callback address: http://localhost:1/x".to_owned();
    assert_eq!(refused, (Code::InvalidArgument, message));
}

fn reset(operations: Vec<post_reset_operation::Variant>) -> ResetWorkflowExecutionRequest {
    let operation = |variant| PostResetOperation { variant: Some(variant) };
    ResetWorkflowExecutionRequest {
        namespace: "default".into(),
        workflow_execution: Some(execution("w")),
        workflow_task_finish_event_id: 4,
        request_id: "q".into(),
        post_reset_operations: operations.into_iter().map(operation).collect(),
        ..Default::default()
    }
}

#[tokio::test]
async fn a_reset_keeps_changes_and_makes_others() {
    let world = World::new();
    world.start("w").await;
    world.work(Vec::new()).await;
    change(&world, auto(), "versioning_override").await.unwrap();
    world.signal("w").await;
    let operation = post_reset_operation::UpdateWorkflowOptions {
        workflow_execution_options: Some(priority(2)),
        update_mask: Some(FieldMask { paths: vec!["priority".into()] }),
    };
    let request = reset(vec![post_reset_operation::Variant::UpdateWorkflowOptions(operation)]);
    let ResetWorkflowExecutionResponse { .. } = world.call(request).await.unwrap();
    let updated = EventType::WorkflowExecutionOptionsUpdated;
    let rest = [updated, EventType::WorkflowExecutionSignaled, updated, EventType::WorkflowTaskScheduled];
    assert_eq!(world.kinds("w").await[4..], rest);
    let last = updates(&world).await.pop().unwrap();
    assert_eq!((last.versioning_override, last.priority), (auto().versioning_override, priority(2).priority));
    world.work(vec![done()]).await;

    let signal = post_reset_operation::Variant::SignalWorkflow(Default::default());
    let (code, message) = refusal(world.call::<_, ResetWorkflowExecutionResponse>(reset(vec![signal])).await);
    assert_eq!(code, Code::InvalidArgument);
    assert_eq!(message, "unsupported post reset operation: *workflow.PostResetOperation_SignalWorkflow_");
}
