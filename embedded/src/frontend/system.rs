//! What the server is and can do.

use temporalio_protos::temporal::api::workflowservice::v1::{
    GetClusterInfoRequest, GetClusterInfoResponse, GetSystemInfoRequest, GetSystemInfoResponse,
    PollNexusTaskQueueRequest, PollNexusTaskQueueResponse, get_system_info_response::Capabilities,
};

use super::Call;
use crate::refusal::Refusal;

/// The version of the real server whose behaviour this one has.
const SERVER_VERSION: &str = "1.32.0";
const NAME: &str = "durably-embedded";
const POLL: std::time::Duration = std::time::Duration::from_secs(60);

impl Call {
    pub(super) async fn get_system_info(self, _: GetSystemInfoRequest) -> Result<GetSystemInfoResponse, Refusal> {
        Ok(GetSystemInfoResponse {
            server_version: SERVER_VERSION.to_owned(),
            capabilities: Some(Capabilities {
                signal_and_query_header: true,
                internal_error_differentiation: true,
                activity_failure_include_heartbeat: true,
                supports_schedules: true,
                encoded_failure_attributes: true,
                build_id_based_versioning: true,
                upsert_memo: true,
                eager_workflow_start: true,
                sdk_metadata: true,
                count_group_by_execution_status: true,
                ..Capabilities::default()
            }),
        })
    }

    pub(super) async fn get_cluster_info(self, _: GetClusterInfoRequest) -> Result<GetClusterInfoResponse, Refusal> {
        Ok(GetClusterInfoResponse {
            server_version: SERVER_VERSION.to_owned(),
            cluster_id: NAME.to_owned(),
            cluster_name: "active".to_owned(),
            history_shard_count: 1,
            persistence_store: NAME.to_owned(),
            visibility_store: NAME.to_owned(),
            ..GetClusterInfoResponse::default()
        })
    }

    /// There are no Nexus tasks. A poll that was refused would end its worker.
    pub(super) async fn poll_nexus_task_queue(
        self,
        _: PollNexusTaskQueueRequest,
    ) -> Result<PollNexusTaskQueueResponse, Refusal> {
        tokio::time::sleep(self.patience(POLL)).await;
        Ok(PollNexusTaskQueueResponse::default())
    }
}
