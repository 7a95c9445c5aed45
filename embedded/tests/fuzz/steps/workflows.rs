//! Clients that start workflows, and that tell them to do something.

use prost_wkt_types::FieldMask;
use temporalio_protos::temporal::api::{
    common::v1::WorkflowExecution,
    enums::v1::EventType,
    workflow::v1::WorkflowExecutionOptions,
    workflowservice::v1::{
        self as service,
        execute_multi_operation_request::{Operation, operation},
    },
};

use super::{messages::update_request, tasks::took};
use crate::{ledger::Promise, requests, world::World};

pub(super) async fn start(world: &mut World) {
    let request = requests::start(&mut world.rng);
    let namespace = request.namespace.clone();
    let started: Option<service::StartWorkflowExecutionResponse> = match world.rng.below(6) {
        0 => {
            let identity = world.ledger.asker();
            let promise =
                promise(&request.namespace, &request.workflow_id, EventType::WorkflowExecutionSignaled, &identity);
            let once = request.request_id.is_empty();
            let request = service::SignalWithStartWorkflowExecutionRequest {
                namespace: request.namespace,
                workflow_id: request.workflow_id,
                workflow_type: request.workflow_type,
                task_queue: request.task_queue,
                identity,
                signal_name: requests::name(&mut world.rng),
                signal_input: requests::payloads(&mut world.rng),
                request_id: request.request_id,
                workflow_id_conflict_policy: request.workflow_id_conflict_policy,
                workflow_id_reuse_policy: request.workflow_id_reuse_policy,
                workflow_start_delay: request.workflow_start_delay,
                ..Default::default()
            };
            let answer: Option<service::SignalWithStartWorkflowExecutionResponse> = world.call(request).await;
            if answer.is_some() && once {
                world.promised(promise);
            }
            None
        }
        1 => {
            // Most of what else there is to a start is not for this.
            let request = service::StartWorkflowExecutionRequest {
                cron_schedule: String::new(),
                request_eager_execution: false,
                workflow_start_delay: None,
                ..request
            };
            let update = update_request(world);
            let update = service::UpdateWorkflowExecutionRequest {
                namespace: request.namespace.clone(),
                workflow_execution: Some(WorkflowExecution {
                    workflow_id: request.workflow_id.clone(),
                    run_id: String::new(),
                }),
                ..update
            };
            let namespace = request.namespace.clone();
            let operations =
                [operation::Operation::StartWorkflow(request), operation::Operation::UpdateWorkflow(update)];
            let operations = operations.map(|operation| Operation { operation: Some(operation) }).to_vec();
            let request = service::ExecuteMultiOperationRequest {
                namespace: namespace.clone(),
                operations,
                ..Default::default()
            };
            // It takes a worker to answer.
            world.wait(namespace, request);
            return;
        }
        _ => world.call(request).await,
    };
    if let Some(started) = started {
        world.run_ids.push(started.run_id);
        if let Some(task) = started.eager_workflow_task {
            took(world, namespace, task);
        }
    }
}

pub(super) async fn tell(world: &mut World) {
    let namespace = requests::namespace(&mut world.rng);
    let execution = requests::execution(&mut world.rng, &world.run_ids);
    let (workflow_id, workflow_execution) = (execution.workflow_id.clone(), Some(execution));
    match world.rng.below(12) {
        0..=4 => {
            let (identity, request_id) = (world.ledger.asker(), requests::request_id(&mut world.rng));
            let promise = promise(&namespace, &workflow_id, EventType::WorkflowExecutionSignaled, &identity);
            let once = request_id.is_empty();
            let request = service::SignalWorkflowExecutionRequest {
                namespace,
                workflow_execution,
                identity,
                signal_name: requests::name(&mut world.rng),
                input: requests::payloads(&mut world.rng),
                request_id,
                ..Default::default()
            };
            let answer: Option<service::SignalWorkflowExecutionResponse> = world.call(request).await;
            if answer.is_some() && once {
                world.promised(promise);
            }
        }
        5 | 6 => {
            let request =
                service::RequestCancelWorkflowExecutionRequest { namespace, workflow_execution, ..Default::default() };
            let _: Option<service::RequestCancelWorkflowExecutionResponse> = world.call(request).await;
        }
        7 => {
            let identity = world.ledger.asker();
            let promise = promise(&namespace, &workflow_id, EventType::WorkflowExecutionTerminated, &identity);
            let request = service::TerminateWorkflowExecutionRequest {
                namespace,
                workflow_execution,
                identity,
                ..Default::default()
            };
            let answer: Option<service::TerminateWorkflowExecutionResponse> = world.call(request).await;
            if answer.is_some() {
                world.promised(promise);
            }
        }
        8 if !world.keeps => {
            let request = service::DeleteWorkflowExecutionRequest { namespace, workflow_execution };
            let _: Option<service::DeleteWorkflowExecutionResponse> = world.call(request).await;
        }
        9 | 10 => {
            let request = service::ResetWorkflowExecutionRequest {
                namespace,
                workflow_execution,
                workflow_task_finish_event_id: i64::try_from(world.rng.below(25)).unwrap_or(0) - 1,
                request_id: requests::request_id(&mut world.rng),
                reset_reapply_exclude_types: world.rng.maybe(3, |_| 1).into_iter().collect(),
                ..Default::default()
            };
            let _: Option<service::ResetWorkflowExecutionResponse> = world.call(request).await;
        }
        _ => {
            let path = world.rng.pick(&["versioning_override", "priority", "priority.fairness_key", "nonsense"]);
            let request = service::UpdateWorkflowExecutionOptionsRequest {
                namespace,
                workflow_execution,
                workflow_execution_options: Some(WorkflowExecutionOptions {
                    versioning_override: requests::versioning_override(&mut world.rng),
                    priority: world.rng.maybe(2, |_| Default::default()),
                    ..Default::default()
                }),
                update_mask: Some(FieldMask { paths: vec![path.to_owned()] }),
                ..Default::default()
            };
            let _: Option<service::UpdateWorkflowExecutionOptionsResponse> = world.call(request).await;
        }
    }
}

fn promise(namespace: &str, workflow_id: &str, event: EventType, by: &str) -> Promise {
    Promise { namespace: namespace.to_owned(), workflow_id: workflow_id.to_owned(), event, by: by.to_owned() }
}
