//! Namespaces, and how long they keep what has happened.

use std::time::Duration;

use durably_embedded::Server;
use prost::Message;
use temporalio_protos::temporal::api::{
    operatorservice::v1::{DeleteNamespaceRequest, DeleteNamespaceResponse},
    workflowservice::v1::{
        DescribeNamespaceRequest, DescribeNamespaceResponse, DescribeWorkflowExecutionRequest,
        DescribeWorkflowExecutionResponse, RegisterNamespaceRequest, RegisterNamespaceResponse,
        StartWorkflowExecutionRequest, StartWorkflowExecutionResponse, TerminateWorkflowExecutionRequest,
        TerminateWorkflowExecutionResponse,
    },
};
use tonic::{Code, Status};

use crate::directory::TempDir;
use crate::support::{World, YEAR, done, execution, refusal, start};

const OPERATOR: &str = "temporal.api.operatorservice.v1.OperatorService";

async fn register(world: &World, namespace: &str, retention: Duration) {
    let request = RegisterNamespaceRequest {
        namespace: namespace.into(),
        workflow_execution_retention_period: Some(retention.try_into().unwrap()),
        ..Default::default()
    };
    let RegisterNamespaceResponse {} = world.call(request).await.unwrap();
}

async fn delete(world: &World, request: DeleteNamespaceRequest) -> Result<DeleteNamespaceResponse, Status> {
    let answer = world.bytes(OPERATOR, "DeleteNamespace", request.encode_to_vec()).await?;
    Ok(DeleteNamespaceResponse::decode(&*answer).unwrap())
}

#[tokio::test]
async fn a_deleted_namespace_gets_another_name() {
    let world = World::new();
    register(&world, "orders", YEAR).await;
    let request = DescribeNamespaceRequest { namespace: "orders".into(), ..Default::default() };
    let described: DescribeNamespaceResponse = world.call(request).await.unwrap();
    let id = described.namespace_info.unwrap().id;
    let request = || DeleteNamespaceRequest { namespace: "orders".into(), ..Default::default() };
    let deleted = delete(&world, request()).await.unwrap();
    assert_eq!(deleted.deleted_namespace, format!("orders-deleted-{}", &id[..5]));

    let refused = refusal(delete(&world, request()).await);
    assert_eq!(refused, (Code::NotFound, "Namespace orders is not found.".to_owned()));
    let refused = refusal(delete(&world, DeleteNamespaceRequest::default()).await);
    assert_eq!(refused, (Code::InvalidArgument, "Namespace not set on request.".to_owned()));
    let unknown = DeleteNamespaceRequest { namespace_id: "nope".into(), ..Default::default() };
    let refused = refusal(delete(&world, unknown).await);
    assert_eq!(refused, (Code::NotFound, "Namespace nope is not found.".to_owned()));
}

#[tokio::test]
async fn a_namespace_of_the_builder_is_there_at_each_start_and_a_registered_one_until_it_is_deleted() {
    let directory = TempDir::new();
    let server = || {
        let builder = Server::builder().namespace("orders");
        World(builder.persist(directory.path().join("server.db")).start().unwrap())
    };
    let id = async |world: &World, namespace: &str| {
        let request = DescribeNamespaceRequest { namespace: namespace.into(), ..Default::default() };
        let described = world.call::<_, DescribeNamespaceResponse>(request).await;
        described.map(|described| described.namespace_info.unwrap().id)
    };
    let world = server();
    register(&world, "bills", YEAR).await;
    let before = id(&world, "orders").await.unwrap();
    for namespace in ["orders", "bills"] {
        let request = StartWorkflowExecutionRequest { namespace: namespace.into(), ..start("w") };
        let StartWorkflowExecutionResponse { .. } = world.call(request).await.unwrap();
        delete(&world, DeleteNamespaceRequest { namespace: namespace.into(), ..Default::default() }).await.unwrap();
    }
    drop(world);
    let world = server();
    assert_ne!(id(&world, "orders").await.unwrap(), before);
    assert_eq!(describe(&world, "orders").await.unwrap_err().message(), "workflow not found for ID: w");
    assert_eq!(id(&world, "bills").await.unwrap_err().code(), Code::NotFound);
}

async fn describe(world: &World, namespace: &str) -> Result<DescribeWorkflowExecutionResponse, Status> {
    let request = DescribeWorkflowExecutionRequest { namespace: namespace.into(), execution: Some(execution("w")) };
    world.call(request).await
}

#[tokio::test]
async fn a_closed_workflow_is_forgotten_after_the_retention() {
    let world = World::new();
    register(&world, "short", Duration::from_millis(300)).await;
    let request = StartWorkflowExecutionRequest { namespace: "short".into(), ..start("w") };
    let StartWorkflowExecutionResponse { .. } = world.call(request).await.unwrap();
    tokio::time::sleep(Duration::from_millis(400)).await;
    describe(&world, "short").await.expect("it runs");
    let request = TerminateWorkflowExecutionRequest {
        namespace: "short".into(),
        workflow_execution: Some(execution("w")),
        ..Default::default()
    };
    let TerminateWorkflowExecutionResponse {} = world.call(request).await.unwrap();
    describe(&world, "short").await.expect("it has just closed");
    assert_eq!(world.0.census().closed, 1);
    tokio::time::timeout(Duration::from_secs(10), async {
        while describe(&world, "short").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .expect("it is not forgotten");
    assert_eq!(world.0.census().runs, 0);
}

#[tokio::test]
async fn skipped_time_makes_no_workflow_older() {
    let world = World::skipping();
    world.start("w").await;
    world.work(vec![done()]).await;
    let before = world.now().await;
    world.sleep("Sleep", YEAR).await.unwrap();
    describe(&world, "default").await.expect("the namespace keeps it for a day of whoever looks for it");
    // The retention is no reason to skip either.
    tokio::time::sleep(crate::support::SOON).await;
    assert!(world.now().await - before < YEAR + Duration::from_secs(5));
}
