//! What the real server was seen to write, down to single fields.

use prost_wkt_types::Duration as ProtoDuration;
use temporalio_protos::temporal::api::{
    command::v1::{
        CancelTimerCommandAttributes, ContinueAsNewWorkflowExecutionCommandAttributes,
        RequestCancelActivityTaskCommandAttributes, RequestCancelExternalWorkflowExecutionCommandAttributes,
        SignalExternalWorkflowExecutionCommandAttributes, StartChildWorkflowExecutionCommandAttributes,
        command::Attributes as Command_,
    },
    common::v1::{Payload, Priority, RetryPolicy, WorkflowType},
    enums::v1::ParentClosePolicy,
    history::v1::{HistoryEvent, history_event::Attributes},
    sdk::v1::UserMetadata,
    workflowservice::v1::{
        DescribeWorkflowExecutionRequest, DescribeWorkflowExecutionResponse, StartWorkflowExecutionRequest,
        StartWorkflowExecutionResponse,
    },
};

use crate::support::*;

/// The attributes of the first event of a kind.
macro_rules! event {
    ($history:expr, $kind:ident) => {
        $history
            .iter()
            .find_map(|event: &HistoryEvent| match &event.attributes {
                Some(Attributes::$kind(attributes)) => Some(attributes.clone()),
                _ => None,
            })
            .unwrap()
    };
}

fn seconds(seconds: i64) -> Option<ProtoDuration> {
    Some(ProtoDuration { seconds, nanos: 0 })
}

fn child(id: &str) -> StartChildWorkflowExecutionCommandAttributes {
    StartChildWorkflowExecutionCommandAttributes {
        workflow_id: id.into(),
        workflow_type: Some(WorkflowType { name: "child".into() }),
        ..Default::default()
    }
}

#[tokio::test]
async fn a_start_says_what_was_said_and_no_more() {
    let world = World::new();
    world.start("plain").await;
    let started = event!(world.history("plain").await, WorkflowExecutionStartedEventAttributes);
    assert_eq!((started.workflow_execution_timeout, started.workflow_run_timeout), (None, None));
    assert_eq!((started.root_workflow_execution, started.first_workflow_task_backoff), (None, seconds(0)));

    let request = StartWorkflowExecutionRequest { workflow_run_timeout: seconds(0), ..start("zero") };
    let StartWorkflowExecutionResponse { .. } = world.call(request).await.unwrap();
    let started = event!(world.history("zero").await, WorkflowExecutionStartedEventAttributes);
    assert_eq!((started.workflow_execution_timeout, started.workflow_run_timeout), (None, seconds(0)));
}

#[tokio::test]
async fn a_description_has_the_request_of_the_start_and_the_root() {
    let world = World::new();
    let request = StartWorkflowExecutionRequest { request_id: "asked".into(), ..start("w") };
    let StartWorkflowExecutionResponse { run_id, .. } = world.call(request).await.unwrap();
    let request = DescribeWorkflowExecutionRequest { namespace: "default".into(), execution: Some(execution("w")) };
    let described: DescribeWorkflowExecutionResponse = world.call(request).await.unwrap();
    assert_eq!(described.workflow_execution_info.unwrap().root_execution.unwrap().run_id, run_id);
    let extended = described.workflow_extended_info.unwrap();
    assert_eq!(extended.request_id_infos["asked"].event_id, 1);
    // The zero of Go, for a run that does not expire.
    assert_eq!(extended.run_expiration_time.unwrap().seconds, -62_135_596_800);
}

#[tokio::test]
async fn a_run_that_continues_another_was_asked_for_by_nobody() {
    let world = World::new();
    let metadata = UserMetadata { summary: Some(Payload::default()), details: None };
    let request = StartWorkflowExecutionRequest {
        identity: "somebody".into(),
        user_metadata: Some(metadata),
        workflow_task_timeout: seconds(20),
        ..start("w")
    };
    let StartWorkflowExecutionResponse { .. } = world.call(request).await.unwrap();
    let first = world.history("w").await;
    assert!(first[0].user_metadata.is_some());
    let again = ContinueAsNewWorkflowExecutionCommandAttributes::default();
    let task = world.work(vec![command(Command_::ContinueAsNewWorkflowExecutionCommandAttributes(again))]).await;
    assert_eq!(task.workflow_execution.unwrap().workflow_id, "w");

    let second = world.history("w").await;
    let started = event!(second, WorkflowExecutionStartedEventAttributes);
    assert_eq!((started.identity.as_str(), started.first_workflow_task_backoff), ("", None));
    assert_eq!((started.workflow_run_timeout, started.workflow_task_timeout), (seconds(0), seconds(20)));
    assert_eq!(second[0].user_metadata, None);
}

#[tokio::test]
async fn a_child_has_the_defaults_and_not_its_parents_ways() {
    let world = World::new();
    let priority = Priority { priority_key: 2, ..Default::default() };
    let request = StartWorkflowExecutionRequest {
        priority: Some(priority),
        workflow_task_timeout: seconds(20),
        ..start("parent")
    };
    let StartWorkflowExecutionResponse { run_id, .. } = world.call(request).await.unwrap();
    let retry_policy = RetryPolicy { initial_interval: seconds(1), backoff_coefficient: 2.0, ..Default::default() };
    let command_ = StartChildWorkflowExecutionCommandAttributes { retry_policy: Some(retry_policy), ..child("child") };
    let brief = StartChildWorkflowExecutionCommandAttributes { workflow_run_timeout: seconds(4), ..child("brief") };
    let work = vec![
        command(Command_::StartChildWorkflowExecutionCommandAttributes(command_)),
        command(Command_::StartChildWorkflowExecutionCommandAttributes(brief)),
        activity("a", None, None),
        command(Command_::StartChildWorkflowExecutionCommandAttributes(child("parent"))),
    ];
    world.work(work).await;

    let history = world.history("parent").await;
    let initiated = event!(history, StartChildWorkflowExecutionInitiatedEventAttributes);
    assert_eq!((initiated.workflow_execution_timeout, initiated.workflow_task_timeout), (None, seconds(10)));
    assert_eq!(initiated.retry_policy.unwrap().maximum_interval, seconds(100));
    assert_eq!(initiated.priority, None);
    assert_eq!(event!(history, ActivityTaskScheduledEventAttributes).priority, None);
    let failed = event!(history, StartChildWorkflowExecutionFailedEventAttributes);
    assert_eq!(failed.workflow_task_completed_event_id, 0, "it is known, and not said");
    let brief = event!(world.history("brief").await, WorkflowExecutionStartedEventAttributes);
    assert_eq!(brief.workflow_task_timeout, seconds(4), "no longer than a run may take");
    let started = event!(world.history("child").await, WorkflowExecutionStartedEventAttributes);
    assert_eq!(started.root_workflow_execution.unwrap().run_id, run_id);
}

#[tokio::test]
async fn a_child_is_asked_to_cancel_by_the_end_of_its_parent_and_not_by_an_event() {
    let world = World::new();
    world.start("parent").await;
    let policy = ParentClosePolicy::RequestCancel as i32;
    let command_ = StartChildWorkflowExecutionCommandAttributes { parent_close_policy: policy, ..child("child") };
    world.work(vec![command(Command_::StartChildWorkflowExecutionCommandAttributes(command_))]).await;
    for task in [world.poll().await, world.poll().await] {
        let parent = task.workflow_execution.as_ref().unwrap().workflow_id == "parent";
        world.complete(task, if parent { vec![done()] } else { Vec::new() }).await.unwrap();
    }
    let asked = event!(world.history("child").await, WorkflowExecutionCancelRequestedEventAttributes);
    assert_eq!(asked.external_workflow_execution.unwrap().workflow_id, "parent");
    assert_eq!(asked.external_initiated_event_id, 0);
}

#[tokio::test]
async fn what_does_not_reach_another_workflow_says_less_than_it_knows() {
    let world = World::new();
    world.start("w").await;
    let signal = SignalExternalWorkflowExecutionCommandAttributes {
        execution: Some(execution("nobody")),
        signal_name: "s".into(),
        ..Default::default()
    };
    let cancel =
        RequestCancelExternalWorkflowExecutionCommandAttributes { workflow_id: "nobody".into(), ..Default::default() };
    let work = vec![
        command(Command_::SignalExternalWorkflowExecutionCommandAttributes(signal)),
        command(Command_::RequestCancelExternalWorkflowExecutionCommandAttributes(cancel)),
    ];
    world.work(work).await;
    let history = world.history("w").await;
    let failed = event!(history, SignalExternalWorkflowExecutionFailedEventAttributes);
    assert_eq!(failed.workflow_task_completed_event_id, 0);
    let failed = event!(history, RequestCancelExternalWorkflowExecutionFailedEventAttributes);
    assert_eq!((failed.workflow_task_completed_event_id, failed.namespace.as_str()), (0, "default"));
    let asked = event!(history, SignalExternalWorkflowExecutionInitiatedEventAttributes);
    assert_eq!(asked.namespace, "default");
    let asked = event!(history, RequestCancelExternalWorkflowExecutionInitiatedEventAttributes);
    assert_eq!(asked.namespace, "", "of the two, this one is left as it was given");
}

#[tokio::test]
async fn cancelling_keeps_the_summary_of_a_timer_and_the_worker_of_an_activity() {
    let world = World::new();
    world.start("w").await;
    world.work(vec![timer("t", HOUR), activity("a", None, None)]).await;
    world.signal("w").await;
    let task = world.poll().await;
    let history = world.history("w").await;
    let scheduled = history
        .iter()
        .find(|event| matches!(event.attributes, Some(Attributes::ActivityTaskScheduledEventAttributes(_))));
    let metadata = UserMetadata { summary: Some(Payload::default()), details: None };
    let mut cancel_timer =
        command(Command_::CancelTimerCommandAttributes(CancelTimerCommandAttributes { timer_id: "t".into() }));
    cancel_timer.user_metadata = Some(metadata.clone());
    let cancel_activity =
        RequestCancelActivityTaskCommandAttributes { scheduled_event_id: scheduled.unwrap().event_id };
    let cancel_activity = command(Command_::RequestCancelActivityTaskCommandAttributes(cancel_activity));
    world.complete(task, vec![cancel_timer, cancel_activity]).await.unwrap();

    let history = world.history("w").await;
    let cancelled =
        history.iter().find(|event| matches!(event.attributes, Some(Attributes::TimerCanceledEventAttributes(_))));
    assert_eq!(cancelled.unwrap().user_metadata, Some(metadata));
    let worker = event!(history, WorkflowTaskCompletedEventAttributes).identity;
    assert_eq!(event!(history, ActivityTaskCanceledEventAttributes).identity, worker);
}
