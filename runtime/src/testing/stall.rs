//! Tasks that nobody will ever take.

use std::time::Duration;

use temporalio_client::{
    Client, WorkflowExecutionStatus,
    tonic::{IntoRequest, Status},
};
use temporalio_common::protos::temporal::api::{
    common::v1::WorkflowExecution,
    enums::v1::{PendingActivityState, PendingWorkflowTaskState, TaskQueueType},
    history::v1::history_event::Attributes,
    taskqueue::v1::TaskQueue,
    workflowservice::v1::{
        DescribeTaskQueueRequest, DescribeWorkflowExecutionRequest, DescribeWorkflowExecutionResponse,
    },
};

use super::{connection::NAMESPACE, histories};

/// How long a task may lie there without anybody who could take it, twice: workers may be about to start.
const PATIENCE: Duration = Duration::from_secs(3);

/// Waits until some task has had no worker for so long that none will come, and tells of it. Such a task holds time, and the
/// test would wait for ever.
pub(super) async fn stalled(client: &Client) -> String {
    let mut before = Vec::new();
    loop {
        tokio::time::sleep(PATIENCE).await;
        // Whatever keeps it from looking will be told by the test itself.
        let now = abandoned(client).await.unwrap_or_default();
        if let Some(same) = now.iter().find(|task| before.contains(*task)) {
            return same.clone();
        }
        before = now;
    }
}

/// All tasks on task queues that nobody polls.
async fn abandoned(client: &Client) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut found = Vec::new();
    for run in histories::fetch(client).await?.into_iter().filter(|run| run.status == WorkflowExecutionStatus::Running)
    {
        let described = describe(client, &run).await?;
        let queue = described.execution_config.and_then(|config| config.task_queue).unwrap_or_default().name;
        let waits =
            described.pending_workflow_task.is_some_and(|task| task.state() == PendingWorkflowTaskState::Scheduled);
        if waits && !is_polled(client, &queue, TaskQueueType::Workflow).await? {
            found.push(format!(
                "{run} waits for a worker on the task queue `{queue}`, which no worker of this test polls"
            ));
        }
        for activity in described.pending_activities.iter().filter(|it| it.state() == PendingActivityState::Scheduled) {
            let scheduled = run.events.iter().find_map(|event| match &event.attributes {
                Some(Attributes::ActivityTaskScheduledEventAttributes(it))
                    if it.activity_id == activity.activity_id =>
                {
                    Some(it)
                }
                _ => None,
            });
            let Some(scheduled) = scheduled else { continue };
            let queue = scheduled.task_queue.clone().unwrap_or_default().name;
            if !is_polled(client, &queue, TaskQueueType::Activity).await? {
                let name = scheduled.activity_type.clone().unwrap_or_default().name;
                found.push(format!(
                    "{run} called the activity `{name}` on the task queue `{queue}`, which no worker of this test polls"
                ));
            }
        }
    }
    Ok(found)
}

async fn describe(client: &Client, run: &histories::Recorded) -> Result<DescribeWorkflowExecutionResponse, Status> {
    let execution = WorkflowExecution { workflow_id: run.workflow_id.clone(), run_id: run.run_id.clone() };
    let request = DescribeWorkflowExecutionRequest { namespace: NAMESPACE.to_owned(), execution: Some(execution) };
    Ok(client.connection().workflow_service().describe_workflow_execution(request.into_request()).await?.into_inner())
}

async fn is_polled(client: &Client, queue: &str, kind: TaskQueueType) -> Result<bool, Status> {
    let request = DescribeTaskQueueRequest {
        namespace: NAMESPACE.to_owned(),
        task_queue: Some(TaskQueue { name: queue.to_owned(), ..TaskQueue::default() }),
        task_queue_type: kind.into(),
        ..DescribeTaskQueueRequest::default()
    };
    let described = client.connection().workflow_service().describe_task_queue(request.into_request()).await?;
    Ok(!described.into_inner().pollers.is_empty())
}
