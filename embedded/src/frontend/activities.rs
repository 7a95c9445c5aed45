//! What workers and others say of activities.

use temporalio_protos::temporal::api::workflowservice::v1::{
    RecordActivityTaskHeartbeatByIdRequest, RecordActivityTaskHeartbeatByIdResponse,
    RecordActivityTaskHeartbeatRequest, RecordActivityTaskHeartbeatResponse, RespondActivityTaskCanceledByIdRequest,
    RespondActivityTaskCanceledByIdResponse, RespondActivityTaskCanceledRequest, RespondActivityTaskCanceledResponse,
    RespondActivityTaskCompletedByIdRequest, RespondActivityTaskCompletedByIdResponse,
    RespondActivityTaskCompletedRequest, RespondActivityTaskCompletedResponse, RespondActivityTaskFailedByIdRequest,
    RespondActivityTaskFailedByIdResponse, RespondActivityTaskFailedRequest, RespondActivityTaskFailedResponse,
};

use super::Call;
use crate::{
    api::WorkflowExecution,
    engine::{RunKey, Token},
    refusal::Refusal,
    run::{Run, Step},
};

const GONE: &str = "invalid activityID or activity already timed out or invoking workflow is completed";

/// An attempt of an activity.
#[derive(Clone, Copy)]
struct Attempt {
    run: RunKey,
    scheduled_id: i64,
    stamp: u64,
}

impl Call {
    fn by_token(&self, namespace: &str, token: &[u8]) -> Result<Attempt, Refusal> {
        let Token { namespace_id, run_id, id, stamp, .. } = self.token(namespace, token, Token::ACTIVITY)?;
        let run = self.shared.with(|engine| engine.by_run_id(&namespace_id, &run_id));
        let run = run.ok_or_else(|| Refusal::not_found(GONE))?;
        Ok(Attempt { run, scheduled_id: id, stamp })
    }

    fn by_id(&self, namespace: &str, workflow_id: &str, run_id: &str, activity_id: &str) -> Result<Attempt, Refusal> {
        let namespace = self.namespace(namespace)?.name;
        if activity_id.is_empty() {
            return Err(Refusal::invalid("ActivityId is not set on request."));
        }
        let execution = WorkflowExecution { workflow_id: workflow_id.to_owned(), run_id: run_id.to_owned() };
        self.shared.with(|engine| {
            let key = engine.find(&namespace, &execution)?;
            if engine.run(key).is_some_and(|run| !run.is_open()) {
                return Err(Refusal::not_found("workflow execution already completed"));
            }
            let activity = engine.run(key).and_then(|run| run.activity_by_id(activity_id));
            let activity = activity.ok_or_else(|| {
                let message = format!(
                    "cannot find pending activity with ActivityID {activity_id}, check workflow execution history for more details"
                );
                Refusal::not_found(message)
            })?;
            Ok(Attempt { run: key, scheduled_id: activity.scheduled_id, stamp: activity.stamp })
        })
    }

    /// One transition of the run that the attempt belongs to.
    fn act<R>(
        &self,
        attempt: Attempt,
        act: impl FnOnce(&mut Run, &mut Step<'_>) -> Result<R, Refusal>,
    ) -> Result<R, Refusal> {
        let done = self.shared.with(|engine| engine.transition(attempt.run, act));
        done.unwrap_or_else(|| Err(Refusal::not_found(GONE)))
    }

    pub(super) async fn respond_activity_task_completed(
        self,
        request: RespondActivityTaskCompletedRequest,
    ) -> Result<RespondActivityTaskCompletedResponse, Refusal> {
        let attempt = self.by_token(&request.namespace, &request.task_token)?;
        self.act(attempt, |run, step| {
            run.complete_activity(attempt.scheduled_id, attempt.stamp, request.result, &request.identity, step)
        })?;
        Ok(RespondActivityTaskCompletedResponse::default())
    }

    pub(super) async fn respond_activity_task_completed_by_id(
        self,
        request: RespondActivityTaskCompletedByIdRequest,
    ) -> Result<RespondActivityTaskCompletedByIdResponse, Refusal> {
        let attempt = self.by_id(&request.namespace, &request.workflow_id, &request.run_id, &request.activity_id)?;
        self.act(attempt, |run, step| {
            // Whoever completes it by id may know of it before any worker does.
            let waits =
                run.activities.get(&attempt.scheduled_id).is_some_and(|activity| activity.started_time().is_none());
            let stamp = match waits {
                true => run
                    .start_activity(attempt.scheduled_id, attempt.stamp, &request.identity, step)
                    .map_or(attempt.stamp, |activity| activity.stamp),
                false => attempt.stamp,
            };
            run.complete_activity(attempt.scheduled_id, stamp, request.result, &request.identity, step)
        })?;
        Ok(RespondActivityTaskCompletedByIdResponse::default())
    }

    pub(super) async fn respond_activity_task_failed(
        self,
        request: RespondActivityTaskFailedRequest,
    ) -> Result<RespondActivityTaskFailedResponse, Refusal> {
        let attempt = self.by_token(&request.namespace, &request.task_token)?;
        let failure = request.failure.unwrap_or_default();
        let details = request.last_heartbeat_details;
        self.act(attempt, |run, step| {
            run.fail_activity(attempt.scheduled_id, attempt.stamp, failure, details, &request.identity, step)
        })?;
        Ok(RespondActivityTaskFailedResponse::default())
    }

    pub(super) async fn respond_activity_task_failed_by_id(
        self,
        request: RespondActivityTaskFailedByIdRequest,
    ) -> Result<RespondActivityTaskFailedByIdResponse, Refusal> {
        let attempt = self.by_id(&request.namespace, &request.workflow_id, &request.run_id, &request.activity_id)?;
        let failure = request.failure.unwrap_or_default();
        let details = request.last_heartbeat_details;
        self.act(attempt, |run, step| {
            run.fail_activity(attempt.scheduled_id, attempt.stamp, failure, details, &request.identity, step)
        })?;
        Ok(RespondActivityTaskFailedByIdResponse::default())
    }

    pub(super) async fn respond_activity_task_canceled(
        self,
        request: RespondActivityTaskCanceledRequest,
    ) -> Result<RespondActivityTaskCanceledResponse, Refusal> {
        let attempt = self.by_token(&request.namespace, &request.task_token)?;
        self.act(attempt, |run, step| {
            run.cancel_activity(attempt.scheduled_id, attempt.stamp, request.details, &request.identity, step)
        })?;
        Ok(RespondActivityTaskCanceledResponse::default())
    }

    pub(super) async fn respond_activity_task_canceled_by_id(
        self,
        request: RespondActivityTaskCanceledByIdRequest,
    ) -> Result<RespondActivityTaskCanceledByIdResponse, Refusal> {
        let attempt = self.by_id(&request.namespace, &request.workflow_id, &request.run_id, &request.activity_id)?;
        self.act(attempt, |run, step| {
            run.cancel_activity(attempt.scheduled_id, attempt.stamp, request.details, &request.identity, step)
        })?;
        Ok(RespondActivityTaskCanceledByIdResponse::default())
    }

    pub(super) async fn record_activity_task_heartbeat(
        self,
        request: RecordActivityTaskHeartbeatRequest,
    ) -> Result<RecordActivityTaskHeartbeatResponse, Refusal> {
        let attempt = self.by_token(&request.namespace, &request.task_token)?;
        let cancel_requested =
            self.act(attempt, |run, step| run.heartbeat(attempt.scheduled_id, attempt.stamp, request.details, step))?;
        Ok(RecordActivityTaskHeartbeatResponse { cancel_requested, ..Default::default() })
    }

    pub(super) async fn record_activity_task_heartbeat_by_id(
        self,
        request: RecordActivityTaskHeartbeatByIdRequest,
    ) -> Result<RecordActivityTaskHeartbeatByIdResponse, Refusal> {
        let attempt = self.by_id(&request.namespace, &request.workflow_id, &request.run_id, &request.activity_id)?;
        let cancel_requested =
            self.act(attempt, |run, step| run.heartbeat(attempt.scheduled_id, attempt.stamp, request.details, step))?;
        Ok(RecordActivityTaskHeartbeatByIdResponse { cancel_requested, ..Default::default() })
    }
}
