//! Task queues, as they are described.

use temporalio_protos::temporal::api::{
    enums::v1::{DescribeTaskQueueMode, TaskQueueType},
    taskqueue::v1::{
        PollerInfo, TaskIdBlock, TaskQueueStats, TaskQueueStatus, TaskQueueTypeInfo, TaskQueueVersionInfo,
    },
    workflowservice::v1::{DescribeTaskQueueRequest, DescribeTaskQueueResponse},
};

use super::Call;
use crate::{
    engine::{Kind, QueueKey},
    refusal::Refusal,
};

/// Tasks a second that a queue may hand out; nothing keeps to it.
const RATE: f64 = 100_000.0;

impl Call {
    /// Who polls and what waits; by version, all of which are one here, if the caller wants that.
    #[allow(deprecated)]
    pub(super) async fn describe_task_queue(
        self,
        request: DescribeTaskQueueRequest,
    ) -> Result<DescribeTaskQueueResponse, Refusal> {
        let name = request.task_queue.clone().unwrap_or_default().name;
        let describe = |kind: TaskQueueType| -> Result<TaskQueueTypeInfo, Refusal> {
            let kind = if kind == TaskQueueType::Activity { Kind::Activity } else { Kind::Workflow };
            Ok(self.described(&self.queue(&request.namespace, name.clone(), kind)?))
        };
        if request.api_mode() != DescribeTaskQueueMode::Enhanced {
            let TaskQueueTypeInfo { pollers, stats } = describe(request.task_queue_type())?;
            // Older programs read it without looking whether it is there.
            let block = TaskIdBlock { start_id: 1, end_id: 100_000 };
            let status = TaskQueueStatus {
                backlog_count_hint: stats.as_ref().map_or(0, |stats| stats.approximate_backlog_count),
                rate_per_second: RATE,
                task_id_block: Some(block),
                ..TaskQueueStatus::default()
            };
            return Ok(DescribeTaskQueueResponse {
                pollers,
                stats,
                task_queue_status: request.include_task_queue_status.then_some(status),
                ..DescribeTaskQueueResponse::default()
            });
        }
        let mut kinds: Vec<_> = request.task_queue_types().collect();
        if kinds.is_empty() {
            kinds = vec![TaskQueueType::Workflow, TaskQueueType::Activity];
        }
        let types_info = kinds.into_iter().map(|kind| {
            let TaskQueueTypeInfo { pollers, stats } = describe(kind)?;
            let pollers = if request.report_pollers { pollers } else { Vec::new() };
            Ok((kind as i32, TaskQueueTypeInfo { pollers, stats: stats.filter(|_| request.report_stats) }))
        });
        let types_info = types_info.collect::<Result<_, Refusal>>()?;
        let version = TaskQueueVersionInfo { types_info, ..TaskQueueVersionInfo::default() };
        let versions_info = [(String::new(), version)].into();
        Ok(DescribeTaskQueueResponse { versions_info, ..DescribeTaskQueueResponse::default() })
    }

    fn described(&self, key: &QueueKey) -> TaskQueueTypeInfo {
        let (pollers, backlog) =
            self.shared.with(|engine| engine.matching.describe(key, |item| engine.is_wanted(item)));
        let poller = |(identity, seen): (String, std::time::SystemTime)| PollerInfo {
            last_access_time: Some(seen.into()),
            identity,
            rate_per_second: RATE,
            ..PollerInfo::default()
        };
        TaskQueueTypeInfo {
            pollers: pollers.into_iter().map(poller).collect(),
            stats: Some(TaskQueueStats {
                approximate_backlog_count: i64::try_from(backlog).unwrap_or(i64::MAX),
                approximate_backlog_age: Some(prost_wkt_types::Duration::default()),
                ..TaskQueueStats::default()
            }),
        }
    }
}
