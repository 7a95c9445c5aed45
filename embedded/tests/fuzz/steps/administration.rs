//! Whoever looks after a server: namespaces, search attributes, workers.

use std::collections::HashMap;

use temporalio_protos::{
    grpc::health::v1::HealthCheckRequest,
    temporal::api::{
        namespace::v1::{NamespaceConfig, UpdateNamespaceInfo},
        operatorservice::v1::{self as operator},
        worker::v1::WorkerHeartbeat,
        workflowservice::v1 as service,
    },
};

use crate::{
    requests,
    world::{HEALTH, OPERATOR, World},
};

pub(super) async fn administer(world: &mut World) {
    match world.rng.below(12) {
        0 | 1 => namespaces(world).await,
        2 | 3 => attributes(world).await,
        4..=8 => workers(world).await,
        9 => {
            let activity = requests::name(&mut world.rng);
            world.server.release_activity("default", "w1", &activity);
        }
        10 => {
            let _: Option<service::GetSystemInfoResponse> = world.call(service::GetSystemInfoRequest {}).await;
            let _: Option<service::GetClusterInfoResponse> = world.call(service::GetClusterInfoRequest {}).await;
        }
        _ => {
            let service = world.rng.pick(&["", OPERATOR, "nonsense"]).to_owned();
            let message = prost::Message::encode_to_vec(&HealthCheckRequest { service });
            let _ = world.bytes(HEALTH, "Check", "Check", message).await;
        }
    }
}

async fn namespaces(world: &mut World) {
    let namespace = world.rng.pick(&["default", "other", "new", ""]).to_owned();
    let retention = if world.keeps { requests::hour() } else { requests::duration(&mut world.rng) };
    match world.rng.below(6) {
        0 => {
            let request = service::RegisterNamespaceRequest {
                namespace,
                workflow_execution_retention_period: retention,
                ..Default::default()
            };
            let _: Option<service::RegisterNamespaceResponse> = world.call(request).await;
        }
        1 => {
            let request = service::DescribeNamespaceRequest { namespace, ..Default::default() };
            let _: Option<service::DescribeNamespaceResponse> = world.call(request).await;
        }
        2 => {
            let page_size = i32::try_from(world.rng.below(3)).unwrap_or(0);
            let next_page_token = world.rng.try_pick(&world.page_tokens).unwrap_or_default();
            let request = service::ListNamespacesRequest { page_size, next_page_token, ..Default::default() };
            let _: Option<service::ListNamespacesResponse> = world.call(request).await;
        }
        3 => {
            let request = service::UpdateNamespaceRequest {
                namespace,
                update_info: Some(UpdateNamespaceInfo { description: "what".to_owned(), ..Default::default() }),
                config: world.rng.maybe(2, |_| NamespaceConfig {
                    workflow_execution_retention_ttl: retention,
                    ..Default::default()
                }),
                ..Default::default()
            };
            let _: Option<service::UpdateNamespaceResponse> = world.call(request).await;
        }
        4 => {
            let request = service::DeprecateNamespaceRequest { namespace, ..Default::default() };
            let _: Option<service::DeprecateNamespaceResponse> = world.call(request).await;
        }
        _ if world.keeps => {}
        _ => {
            let request = operator::DeleteNamespaceRequest { namespace, ..Default::default() };
            let _: Option<operator::DeleteNamespaceResponse> = world.ask(OPERATOR, request).await;
        }
    }
}

async fn attributes(world: &mut World) {
    let namespace = requests::namespace(&mut world.rng);
    let name = world.rng.pick(&["Custom", "Other", "WorkflowId", ""]).to_owned();
    match world.rng.below(4) {
        0 => {
            let kind = i32::try_from(world.rng.below(9)).unwrap_or(0);
            let search_attributes = HashMap::from([(name, kind)]);
            let request = operator::AddSearchAttributesRequest { namespace, search_attributes };
            let _: Option<operator::AddSearchAttributesResponse> = world.ask(OPERATOR, request).await;
        }
        1 => {
            let request = operator::RemoveSearchAttributesRequest { namespace, search_attributes: vec![name] };
            let _: Option<operator::RemoveSearchAttributesResponse> = world.ask(OPERATOR, request).await;
        }
        2 => {
            let request = operator::ListSearchAttributesRequest { namespace };
            let _: Option<operator::ListSearchAttributesResponse> = world.ask(OPERATOR, request).await;
        }
        _ => {
            let _: Option<service::GetSearchAttributesResponse> =
                world.call(service::GetSearchAttributesRequest {}).await;
        }
    }
}

async fn workers(world: &mut World) {
    let namespace = requests::namespace(&mut world.rng);
    let query = world.rng.pick(&["", "Status = 'Running'", "nonsense"]).to_owned();
    match world.rng.below(7) {
        0 | 1 => {
            let heartbeat = WorkerHeartbeat {
                worker_instance_key: requests::name(&mut world.rng),
                status: i32::try_from(world.rng.below(5)).unwrap_or(0),
                heartbeat_time: world.rng.maybe(2, |rng| prost_wkt_types::Timestamp {
                    seconds: rng.pick(&[0, -1, i64::MAX, 1_700_000_000]),
                    nanos: rng.pick(&[0, -1, i32::MAX]),
                }),
                ..Default::default()
            };
            let worker_heartbeat = vec![heartbeat];
            let request = service::RecordWorkerHeartbeatRequest { namespace, worker_heartbeat, ..Default::default() };
            let _: Option<service::RecordWorkerHeartbeatResponse> = world.call(request).await;
        }
        2 => {
            let request = service::ListWorkersRequest { namespace, query, ..Default::default() };
            let _: Option<service::ListWorkersResponse> = world.call(request).await;
        }
        3 => {
            let request = service::CountWorkersRequest { namespace, query, ..Default::default() };
            let _: Option<service::CountWorkersResponse> = world.call(request).await;
        }
        4 => {
            let worker_instance_key = requests::name(&mut world.rng);
            let request = service::DescribeWorkerRequest { namespace, worker_instance_key };
            let _: Option<service::DescribeWorkerResponse> = world.call(request).await;
        }
        5 => {
            let sticky_task_queue = world.rng.pick(&["sticky", "q", ""]).to_owned();
            let request = service::ShutdownWorkerRequest { namespace, sticky_task_queue, ..Default::default() };
            let _: Option<service::ShutdownWorkerResponse> = world.call(request).await;
        }
        _ => {
            let execution = Some(requests::execution(&mut world.rng, &world.run_ids));
            let request = service::ResetStickyTaskQueueRequest { namespace, execution };
            let _: Option<service::ResetStickyTaskQueueResponse> = world.call(request).await;
        }
    }
}
