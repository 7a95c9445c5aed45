//! Whether the server is there.

use prost::Message;
use temporalio_protos::grpc::health::v1::{
    HealthCheckRequest, HealthCheckResponse, health_check_response::ServingStatus,
};
use tonic::{Code, Status};

use crate::support::World;

async fn check(world: &World, service: &str) -> Result<ServingStatus, Status> {
    let request = HealthCheckRequest { service: service.into() };
    let answer = world.bytes("grpc.health.v1.Health", "Check", request.encode_to_vec()).await?;
    Ok(HealthCheckResponse::decode(&*answer).unwrap().status())
}

#[tokio::test]
async fn the_services_that_are_there_serve() {
    let world = World::new();
    for service in ["", "temporal.api.workflowservice.v1.WorkflowService"] {
        assert_eq!(check(&world, service).await.unwrap(), ServingStatus::Serving);
    }
    assert_eq!(check(&world, "no.such.Service").await.unwrap_err().code(), Code::NotFound);
}
