//! What workers say of workflow tasks.

use temporalio_protos::temporal::api::workflowservice::v1::{
    RespondWorkflowTaskCompletedRequest, RespondWorkflowTaskCompletedResponse, RespondWorkflowTaskFailedRequest,
    RespondWorkflowTaskFailedResponse,
};

use super::Call;
use crate::{
    engine::Token,
    refusal::Refusal,
    run::{Completed, Completion},
    time,
};

const GONE: &str = "Workflow task not found.";

impl Call {
    #[allow(deprecated)]
    pub(super) async fn respond_workflow_task_completed(
        self,
        request: RespondWorkflowTaskCompletedRequest,
    ) -> Result<RespondWorkflowTaskCompletedResponse, Refusal> {
        let token = self.token(&request.namespace, &request.task_token, Token::WORKFLOW)?;
        let identity = request.identity.clone();
        let versioning_behavior = request.versioning_behavior();
        let sticky = request.sticky_attributes.and_then(|attributes| {
            let queue = attributes.worker_task_queue?.name;
            (!queue.is_empty()).then(|| (queue, time::duration(attributes.schedule_to_start_timeout.as_ref())))
        });
        let completion = Completion {
            commands: request.commands,
            messages: request.messages,
            query_results: request.query_results,
            identity: request.identity,
            sticky,
            heartbeat: request.force_create_new_workflow_task,
            discards_events: request
                .capabilities
                .is_some_and(|capabilities| capabilities.discard_speculative_workflow_task_with_events),
            sdk_metadata: request.sdk_metadata,
            metering_metadata: request.metering_metadata,
            worker_version: request.worker_version_stamp,
            binary_checksum: request.binary_checksum,
            versioning_behavior,
            deployment: request.deployment_options,
        };
        self.shared.with(|engine| {
            let key = engine.by_run_id(&token.namespace_id, &token.run_id).ok_or_else(|| Refusal::not_found(GONE))?;
            let completed = engine.transition(key, |run, step| run.complete_task(token.stamp, completion, step));
            let Completed { reset_history_event_id, eager } = completed.ok_or_else(|| Refusal::not_found(GONE))??;
            let activity_tasks = eager.into_iter().filter_map(|id| engine.take_eager(key, id, &identity)).collect();
            let workflow_task = match request.return_new_workflow_task {
                true => engine.start_inline(key, &identity, Some("request-from-RespondWorkflowTaskCompleted")),
                false => None,
            };
            Ok(RespondWorkflowTaskCompletedResponse { workflow_task, activity_tasks, reset_history_event_id })
        })
    }

    pub(super) async fn respond_workflow_task_failed(
        self,
        request: RespondWorkflowTaskFailedRequest,
    ) -> Result<RespondWorkflowTaskFailedResponse, Refusal> {
        let token = self.token(&request.namespace, &request.task_token, Token::WORKFLOW)?;
        let cause = request.cause();
        self.shared.with(|engine| {
            let key = engine.by_run_id(&token.namespace_id, &token.run_id).ok_or_else(|| Refusal::not_found(GONE))?;
            let failed = engine.transition(key, |run, step| {
                run.fail_task(token.stamp, cause, request.failure, &request.identity, step)
            });
            match failed {
                Some(true) => Ok(RespondWorkflowTaskFailedResponse::default()),
                _ => Err(Refusal::not_found(GONE)),
            }
        })
    }
}
