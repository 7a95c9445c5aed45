//! Workers, as they describe themselves.

use temporalio_protos::temporal::api::{
    worker::v1::{WorkerHeartbeat, WorkerInfo, WorkerListInfo},
    workflowservice::v1::{
        CountWorkersRequest, CountWorkersResponse, DescribeWorkerRequest, DescribeWorkerResponse, ListWorkersRequest,
        ListWorkersResponse, RecordWorkerHeartbeatRequest, RecordWorkerHeartbeatResponse,
    },
};

use super::Call;
use crate::refusal::Refusal;
use temporalio_protos::temporal::api::errordetails::v1::NotFoundFailure;

impl Call {
    pub(super) async fn record_worker_heartbeat(
        self,
        request: RecordWorkerHeartbeatRequest,
    ) -> Result<RecordWorkerHeartbeatResponse, Refusal> {
        self.shared.with(|engine| engine.record_heartbeats(&request.namespace, request.worker_heartbeat))?;
        Ok(RecordWorkerHeartbeatResponse::default())
    }

    #[allow(deprecated)]
    pub(super) async fn list_workers(self, request: ListWorkersRequest) -> Result<ListWorkersResponse, Refusal> {
        self.shared.with(|engine| {
            let list = engine.workers(&request.namespace)?;
            let (found, next_page_token) = list.list(&request.query, request.page_size, &request.next_page_token)?;
            Ok(ListWorkersResponse {
                workers: found.iter().map(|heartbeat| entry(heartbeat)).collect(),
                // Older clients read these.
                workers_info: found.into_iter().map(info).collect(),
                next_page_token,
            })
        })
    }

    pub(super) async fn describe_worker(
        self,
        request: DescribeWorkerRequest,
    ) -> Result<DescribeWorkerResponse, Refusal> {
        self.shared.with(|engine| {
            let key = &request.worker_instance_key;
            let found = engine.workers(&request.namespace)?.get(key).map(info);
            let missing =
                || Refusal::not_found(format!("Worker {key} not found")).with_detail(&NotFoundFailure::default());
            Ok(DescribeWorkerResponse { worker_info: Some(found.ok_or_else(missing)?) })
        })
    }

    pub(super) async fn count_workers(self, request: CountWorkersRequest) -> Result<CountWorkersResponse, Refusal> {
        let count = self.shared.with(|engine| engine.workers(&request.namespace)?.count(&request.query))?;
        Ok(CountWorkersResponse { count })
    }
}

fn info(heartbeat: &WorkerHeartbeat) -> WorkerInfo {
    WorkerInfo { worker_heartbeat: Some(heartbeat.clone()) }
}

fn entry(heartbeat: &WorkerHeartbeat) -> WorkerListInfo {
    let WorkerHeartbeat { host_info, .. } = heartbeat;
    let host = host_info.clone().unwrap_or_default();
    WorkerListInfo {
        worker_instance_key: heartbeat.worker_instance_key.clone(),
        worker_identity: heartbeat.worker_identity.clone(),
        task_queue: heartbeat.task_queue.clone(),
        deployment_version: heartbeat.deployment_version.clone(),
        sdk_name: heartbeat.sdk_name.clone(),
        sdk_version: heartbeat.sdk_version.clone(),
        status: heartbeat.status,
        start_time: heartbeat.start_time,
        host_name: host.host_name,
        worker_grouping_key: host.worker_grouping_key,
        process_id: host.process_id,
        plugins: heartbeat.plugins.clone(),
        drivers: heartbeat.drivers.clone(),
    }
}
