//! Links in answers: to what a request has led to.

use temporalio_protos::temporal::api::{
    common::v1::{
        Link,
        link::{Variant, workflow_event::Reference},
    },
    enums::v1::EventType,
    workflowservice::v1::{
        SignalWithStartWorkflowExecutionRequest, SignalWithStartWorkflowExecutionResponse,
        SignalWorkflowExecutionRequest, SignalWorkflowExecutionResponse, StartWorkflowExecutionResponse,
    },
};

use crate::support::{World, execution, start};

/// The request and the kind of event that a link is about.
fn request_of(link: Option<Link>) -> (String, EventType) {
    let Some(Variant::WorkflowEvent(event)) = link.and_then(|link| link.variant) else { panic!("no link") };
    match event.reference {
        Some(Reference::RequestIdRef(of)) => (of.request_id.clone(), of.event_type()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_start_is_linked_by_its_event_and_a_signal_by_its_request() {
    let world = World::new();
    let started: StartWorkflowExecutionResponse = world.call(start("w")).await.unwrap();
    let Some(Variant::WorkflowEvent(event)) = started.link.and_then(|link| link.variant) else { panic!("no link") };
    assert!(matches!(event.reference, Some(Reference::EventRef(of)) if of.event_id == 1));

    let request = SignalWorkflowExecutionRequest {
        namespace: "default".into(),
        workflow_execution: Some(execution("w")),
        signal_name: "s".into(),
        request_id: "r1".into(),
        ..Default::default()
    };
    let signaled: SignalWorkflowExecutionResponse = world.call(request).await.unwrap();
    assert_eq!(request_of(signaled.link), ("r1".to_owned(), EventType::WorkflowExecutionSignaled));

    let request = start("v");
    let request = SignalWithStartWorkflowExecutionRequest {
        namespace: request.namespace,
        workflow_id: request.workflow_id,
        workflow_type: request.workflow_type,
        task_queue: request.task_queue,
        signal_name: "s".into(),
        request_id: "r2".into(),
        ..Default::default()
    };
    let answer: SignalWithStartWorkflowExecutionResponse = world.call(request).await.unwrap();
    assert_eq!(request_of(answer.signal_link), ("r2".to_owned(), EventType::WorkflowExecutionSignaled));
}
