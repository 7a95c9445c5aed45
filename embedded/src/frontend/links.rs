//! Links to what a request has led to.

use temporalio_protos::temporal::api::{
    common::v1::{
        Link,
        link::{
            self,
            workflow_event::{EventReference, Reference, RequestIdReference},
        },
    },
    enums::v1::EventType,
};

use crate::{engine::Engine, engine::RunKey};

/// To the first event of a run.
pub(super) fn to_start(engine: &Engine, key: RunKey) -> Option<Link> {
    let event_type = EventType::WorkflowExecutionStarted as i32;
    to(engine, key, Reference::EventRef(EventReference { event_id: 1, event_type }))
}

/// To the event that a request has led to, which may have no id so far.
pub(super) fn to_request(engine: &Engine, key: RunKey, request_id: &str, kind: EventType) -> Option<Link> {
    let reference = RequestIdReference { request_id: request_id.to_owned(), event_type: kind as i32 };
    to(engine, key, Reference::RequestIdRef(reference))
}

fn to(engine: &Engine, key: RunKey, reference: Reference) -> Option<Link> {
    let ids = &engine.run(key)?.ids;
    let event = link::WorkflowEvent {
        namespace: ids.namespace.clone(),
        workflow_id: ids.workflow_id.clone(),
        run_id: ids.run_id.clone(),
        reference: Some(reference),
    };
    Some(Link { variant: Some(link::Variant::WorkflowEvent(event)) })
}
