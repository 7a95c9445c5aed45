//! Namespaces, and how long they keep what has happened.

use std::time::Duration;

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
