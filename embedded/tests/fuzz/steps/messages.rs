//! Clients that ask something of a workflow.

use prost::Message;
use temporalio_protos::temporal::api::{
    enums::v1::EventType,
    query::v1::WorkflowQuery,
    update::v1::{Input, Meta, Request, UpdateRef, WaitPolicy, outcome},
    workflowservice::v1 as service,
};

use crate::{ledger::Promise, requests, world::World};

pub(super) fn update_request(world: &mut World) -> service::UpdateWorkflowExecutionRequest {
    let update_id = world.rng.pick(&["", "u1", "u2", "u3"]).to_owned();
    service::UpdateWorkflowExecutionRequest {
        namespace: requests::namespace(&mut world.rng),
        workflow_execution: Some(requests::execution(&mut world.rng, &world.run_ids)),
        wait_policy: world.rng.maybe(2, |rng| WaitPolicy { lifecycle_stage: i32::try_from(rng.below(5)).unwrap_or(0) }),
        request: Some(Request {
            meta: Some(Meta { update_id, ..Default::default() }),
            input: Some(Input {
                name: requests::name(&mut world.rng),
                args: requests::payloads(&mut world.rng),
                ..Default::default()
            }),
            ..Default::default()
        }),
        ..Default::default()
    }
}

pub(super) async fn update(world: &mut World) {
    let request = update_request(world);
    let namespace = request.namespace.clone();
    if world.rng.once_in(3) {
        let update_id = world.rng.pick(&["u1", "u2", "u3"]).to_owned();
        let request = service::PollWorkflowExecutionUpdateRequest {
            namespace,
            update_ref: Some(UpdateRef { workflow_execution: request.workflow_execution, update_id }),
            wait_policy: request.wait_policy,
            ..Default::default()
        };
        let _: Option<service::PollWorkflowExecutionUpdateResponse> = world.call(request).await;
    } else if world.rng.once_in(4) {
        let answer: Option<service::UpdateWorkflowExecutionResponse> = world.call(request).await;
        if let Some(answer) = answer {
            updated(world, namespace, answer);
        }
    } else {
        // It takes a worker to answer.
        world.wait(namespace, request);
    }
}

pub(super) fn heard_update(world: &mut World, namespace: String, answer: &[u8]) {
    // Nobody has touched it on its way.
    world.damaged = false;
    match Message::decode(answer) {
        Ok(answer) => updated(world, namespace, answer),
        Err(error) => world.fail(format!("the answer to an update does not decode: {error}")),
    }
}

/// An update that has succeeded is in the history; one that was rejected is not.
pub(super) fn updated(world: &mut World, namespace: String, answer: service::UpdateWorkflowExecutionResponse) {
    let succeeded = matches!(answer.outcome.and_then(|outcome| outcome.value), Some(outcome::Value::Success(_)));
    if let Some(UpdateRef { workflow_execution: Some(execution), update_id }) = answer.update_ref
        && succeeded
    {
        let event = EventType::WorkflowExecutionUpdateCompleted;
        world.promised(Promise { namespace, workflow_id: execution.workflow_id, event, by: update_id });
    }
}

pub(super) async fn query(world: &mut World) {
    let namespace = requests::namespace(&mut world.rng);
    let request = service::QueryWorkflowRequest {
        namespace: namespace.clone(),
        execution: Some(requests::execution(&mut world.rng, &world.run_ids)),
        query: Some(WorkflowQuery { query_type: requests::name(&mut world.rng), ..Default::default() }),
        query_reject_condition: i32::try_from(world.rng.below(4)).unwrap_or(0),
    };
    match world.rng.once_in(2) {
        true => world.wait(namespace, request),
        false => {
            let _: Option<service::QueryWorkflowResponse> = world.call(request).await;
        }
    }
}
