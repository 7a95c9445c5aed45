//! Whether the server is there.

use temporalio_protos::grpc::health::v1::{
    HealthCheckRequest, HealthCheckResponse, health_check_response::ServingStatus,
};

use super::Call;
use crate::refusal::Refusal;

/// The services that are there; the empty name stands for the server as a whole.
const SERVICES: [&str; 3] =
    ["", "temporal.api.workflowservice.v1.WorkflowService", "temporal.api.operatorservice.v1.OperatorService"];

impl Call {
    pub(super) async fn check_health(self, request: HealthCheckRequest) -> Result<HealthCheckResponse, Refusal> {
        match status(&request) {
            ServingStatus::Serving => Ok(HealthCheckResponse { status: ServingStatus::Serving as i32 }),
            _ => Err(Refusal::not_found("unknown service")),
        }
    }
}

/// What a watch says of the service, and never anything else: a server that is there serves.
pub(crate) fn status(request: &HealthCheckRequest) -> ServingStatus {
    match SERVICES.contains(&request.service.as_str()) {
        true => ServingStatus::Serving,
        false => ServingStatus::ServiceUnknown,
    }
}
