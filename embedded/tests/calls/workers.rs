//! Workers, as they describe themselves.

use durably_embedded::Server;
use temporalio_protos::temporal::api::{
    enums::v1::WorkerStatus,
    worker::v1::WorkerHeartbeat,
    workflowservice::v1::{
        CountWorkersRequest, CountWorkersResponse, DescribeNamespaceRequest, DescribeNamespaceResponse,
        DescribeWorkerRequest, DescribeWorkerResponse, ListWorkersRequest, ListWorkersResponse,
        RecordWorkerHeartbeatRequest, RecordWorkerHeartbeatResponse, ShutdownWorkerRequest, ShutdownWorkerResponse,
    },
};
use tonic::Code;

use crate::support::{World, refusal};

fn heartbeat(key: &str, queue: &str) -> WorkerHeartbeat {
    WorkerHeartbeat {
        worker_instance_key: key.into(),
        worker_identity: format!("id-{key}"),
        task_queue: queue.into(),
        sdk_name: "temporal-rust".into(),
        sdk_version: "1".into(),
        status: WorkerStatus::Running as i32,
        start_time: Some(std::time::SystemTime::now().into()),
        heartbeat_time: Some(std::time::SystemTime::now().into()),
        ..Default::default()
    }
}

async fn world() -> World {
    let world = World(Server::start());
    let request = RecordWorkerHeartbeatRequest {
        namespace: "default".into(),
        worker_heartbeat: vec![heartbeat("k1", "q1"), heartbeat("k2", "q2")],
        ..Default::default()
    };
    let RecordWorkerHeartbeatResponse {} = world.call(request).await.unwrap();
    world
}

async fn keys(world: &World, query: &str) -> Vec<String> {
    let request = ListWorkersRequest { namespace: "default".into(), query: query.into(), ..Default::default() };
    let listed: ListWorkersResponse = world.call(request).await.unwrap();
    let mut keys: Vec<_> = listed.workers.into_iter().map(|worker| worker.worker_instance_key).collect();
    keys.sort();
    keys
}

#[tokio::test]
async fn workers_are_found_by_what_they_say_of_themselves() {
    let world = world().await;
    assert_eq!(keys(&world, "").await, ["k1", "k2"]);
    for query in [
        "TaskQueue = 'q2'",
        "WorkerInstanceKey = 'k2'",
        "WorkerIdentity STARTS_WITH 'id-' AND TaskQueue != 'q1'",
        "SdkName = 'temporal-rust' AND Status = 'Running' AND TaskQueue = 'q2'",
        "StartTime > '2020-01-01T00:00:00Z' AND HeartbeatTime > '2020-01-01T00:00:00Z' AND TaskQueue IN ('q2')",
    ] {
        assert_eq!(keys(&world, query).await, ["k2"], "{query}");
        let request = CountWorkersRequest { namespace: "default".into(), query: query.into(), ..Default::default() };
        let counted: CountWorkersResponse = world.call(request).await.unwrap();
        assert_eq!(counted.count, 1, "{query}");
    }
    assert_eq!(keys(&world, "HostName = 'x'").await, [""; 0]);
    let request = ListWorkersRequest { namespace: "default".into(), query: "(".into(), ..Default::default() };
    assert_eq!(refusal(world.call::<_, ListWorkersResponse>(request).await).0, Code::InvalidArgument);
}

#[tokio::test]
async fn a_worker_is_described_until_it_shuts_down() {
    let world = world().await;
    let request = DescribeWorkerRequest { namespace: "default".into(), worker_instance_key: "k1".into() };
    let described: DescribeWorkerResponse = world.call(request.clone()).await.unwrap();
    assert_eq!(described.worker_info.unwrap().worker_heartbeat.unwrap().worker_identity, "id-k1");

    let last = WorkerHeartbeat { status: WorkerStatus::Shutdown as i32, ..heartbeat("k1", "q1") };
    let shutdown =
        ShutdownWorkerRequest { namespace: "default".into(), worker_heartbeat: Some(last), ..Default::default() };
    let ShutdownWorkerResponse {} = world.call(shutdown).await.unwrap();
    let refused = refusal(world.call::<_, DescribeWorkerResponse>(request).await);
    assert_eq!(refused, (Code::NotFound, "Worker k1 not found".to_owned()));
    assert_eq!(keys(&world, "").await, ["k2"]);
}

#[tokio::test]
async fn workers_are_told_that_they_may_say_so() {
    let world = World::new();
    let request = DescribeNamespaceRequest { namespace: "default".into(), ..Default::default() };
    let described: DescribeNamespaceResponse = world.call(request).await.unwrap();
    assert!(described.namespace_info.unwrap().capabilities.unwrap().worker_heartbeats);
    let request = RecordWorkerHeartbeatRequest { namespace: "nowhere".into(), ..Default::default() };
    assert_eq!(refusal(world.call::<_, RecordWorkerHeartbeatResponse>(request).await).0, Code::NotFound);
}
