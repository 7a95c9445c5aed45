//! Clients that ask something of a workflow.

use temporalio_protos::temporal::api::{
    query::v1::WorkflowQuery,
    update::v1::{Input, Meta, Request, UpdateRef, WaitPolicy},
    workflowservice::v1 as service,
};

use crate::{requests, world::World};

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
    if world.rng.once_in(3) {
        let update_ref = UpdateRef { workflow_execution: request.workflow_execution, update_id: "u1".to_owned() };
        let request = service::PollWorkflowExecutionUpdateRequest {
            namespace: request.namespace,
            update_ref: Some(update_ref),
            wait_policy: request.wait_policy,
            ..Default::default()
        };
        let _: Option<service::PollWorkflowExecutionUpdateResponse> = world.call(request).await;
    } else if world.rng.once_in(2) {
        world.wait(request);
    } else {
        let _: Option<service::UpdateWorkflowExecutionResponse> = world.call(request).await;
    }
}

pub(super) async fn query(world: &mut World) {
    let request = service::QueryWorkflowRequest {
        namespace: requests::namespace(&mut world.rng),
        execution: Some(requests::execution(&mut world.rng, &world.run_ids)),
        query: Some(WorkflowQuery { query_type: requests::name(&mut world.rng), ..Default::default() }),
        query_reject_condition: i32::try_from(world.rng.below(4)).unwrap_or(0),
    };
    match world.rng.once_in(2) {
        true => world.wait(request),
        false => {
            let _: Option<service::QueryWorkflowResponse> = world.call(request).await;
        }
    }
}
