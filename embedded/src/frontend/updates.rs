//! Updates of workflows.

use std::time::Duration;

use temporalio_protos::temporal::api::{
    enums::v1::{EventType, UpdateWorkflowExecutionLifecycleStage as Lifecycle},
    errordetails::v1::{MultiOperationExecutionFailure, multi_operation_execution_failure::OperationStatus},
    failure::v1::MultiOperationExecutionAborted,
    update::v1::{Outcome, UpdateRef},
    workflowservice::v1::{
        ExecuteMultiOperationRequest, ExecuteMultiOperationResponse, PollWorkflowExecutionUpdateRequest,
        PollWorkflowExecutionUpdateResponse, StartWorkflowExecutionRequest, UpdateWorkflowExecutionRequest,
        UpdateWorkflowExecutionResponse,
        execute_multi_operation_request::operation::Operation,
        execute_multi_operation_response::{Response, response},
    },
};
use tokio::time::{Instant, timeout_at};

use super::{Call, links, start::started_response};
use crate::{
    api::{Link, WorkflowExecution, update},
    engine::{RunKey, new_id},
    refusal::Refusal,
    run::Progress,
};

/// How long a call waits for an update to come further.
const WAIT: Duration = Duration::from_secs(20);

impl Call {
    pub(super) async fn update_workflow_execution(
        self,
        mut request: UpdateWorkflowExecutionRequest,
    ) -> Result<UpdateWorkflowExecutionResponse, Refusal> {
        let stage = wanted(request.wait_policy.as_ref())?;
        let update_id = name(&mut request)?;
        let namespace = self.namespace(&request.namespace)?.name;
        let execution = request.workflow_execution.clone().unwrap_or_default();
        let update = request.request.take().unwrap_or_default();
        let request_id = update.request_id.clone();
        let admit = |update: update::Request| {
            self.shared.with(|engine| {
                let key = engine.find(&namespace, &execution)?;
                engine.fits(update.input.as_ref().and_then(|input| input.args.as_ref()))?;
                let first = engine.run(key).map(|run| run.ids.first_run_id.clone());
                if !request.first_execution_run_id.is_empty() && first.as_ref() != Some(&request.first_execution_run_id)
                {
                    return Err(Refusal::not_found("workflow execution not found"));
                }
                engine.transition(key, |run, step| run.admit(update, step)).unwrap_or(Ok(()))?;
                Ok(key)
            })
        };
        let mut key = admit(update.clone())?;
        let mut follows = false;
        let (stage, outcome) = loop {
            match self.follow(key, &update_id, stage).await? {
                Progress::At(stage, outcome) => break (stage, outcome.map(|outcome| *outcome)),
                // The next run takes it, unless the caller means this one.
                Progress::Aborted { continued: true } if execution.run_id.is_empty() => {
                    if std::mem::replace(&mut follows, true) {
                        // Where time skips from run to run without end, callers must still be able to give up.
                        tokio::task::yield_now().await;
                    }
                    let next = admit(update.clone())?;
                    if next == key {
                        return Err(aborted());
                    }
                    key = next;
                }
                Progress::Aborted { .. } => return Err(aborted()),
            }
        };
        Ok(UpdateWorkflowExecutionResponse {
            link: self.update_link(key, &update_id, &request_id),
            update_ref: self.update_ref(key, update_id),
            outcome,
            stage: stage as i32,
        })
    }

    pub(super) async fn poll_workflow_execution_update(
        self,
        request: PollWorkflowExecutionUpdateRequest,
    ) -> Result<PollWorkflowExecutionUpdateResponse, Refusal> {
        let namespace = self.namespace(&request.namespace)?.name;
        let UpdateRef { workflow_execution, update_id } = request.update_ref.unwrap_or_default();
        let execution = workflow_execution.unwrap_or_default();
        let key = self.shared.with(|engine| engine.find(&namespace, &execution))?;
        let wanted = request.wait_policy.map_or(Lifecycle::Unspecified, |policy| policy.lifecycle_stage());
        let (stage, outcome) = reached(self.follow(key, &update_id, wanted).await?)?;
        Ok(PollWorkflowExecutionUpdateResponse {
            outcome,
            stage: stage as i32,
            update_ref: self.update_ref(key, update_id),
        })
    }

    /// Waits until the update has come that far, or for a while.
    async fn follow(&self, key: RunKey, update_id: &str, wanted: Lifecycle) -> Result<Progress, Refusal> {
        let end = Instant::now() + self.patience(WAIT);
        loop {
            let (progress, changed) = self
                .shared
                .with(|engine| (engine.run(key).and_then(|run| run.update_progress(update_id)), engine.watch(key)));
            let (stage, outcome) = match progress {
                None => return Err(Refusal::not_found(format!("update \"{update_id}\" not found"))),
                Some(Progress::Aborted { continued }) => return Ok(Progress::Aborted { continued }),
                Some(Progress::At(stage, outcome)) => (stage, outcome),
            };
            let Some(mut changed) = changed.filter(|_| stage < wanted) else { return Ok(Progress::At(stage, outcome)) };
            if timeout_at(end, changed.changed()).await.is_err() {
                return Ok(Progress::At(stage, outcome));
            }
        }
    }

    fn update_ref(&self, key: RunKey, update_id: String) -> Option<UpdateRef> {
        self.shared.with(|engine| {
            let ids = &engine.run(key)?.ids;
            let execution = WorkflowExecution { workflow_id: ids.workflow_id.clone(), run_id: ids.run_id.clone() };
            Some(UpdateRef { workflow_execution: Some(execution), update_id })
        })
    }

    /// To the acceptance, if there is one.
    fn update_link(&self, key: RunKey, update_id: &str, request_id: &str) -> Option<Link> {
        self.shared.with(|engine| {
            engine.run(key).filter(|run| run.has_accepted(update_id))?;
            links::to_request(engine, key, request_id, EventType::WorkflowExecutionUpdateAccepted)
        })
    }

    /// A start and an update, both or none of them.
    pub(super) async fn execute_multi_operation(
        self,
        request: ExecuteMultiOperationRequest,
    ) -> Result<ExecuteMultiOperationResponse, Refusal> {
        let operations = request.operations.into_iter().map(|operation| operation.operation).collect::<Vec<_>>();
        let Ok([Some(Operation::StartWorkflow(start)), Some(Operation::UpdateWorkflow(mut update))]) =
            <[_; 2]>::try_from(operations)
        else {
            return Err(Refusal::invalid("Operations have to be exactly [Start, Update]."));
        };
        let stage = wanted(update.wait_policy.as_ref()).map_err(|refusal| failed(1, refusal))?;
        let update_id = name(&mut update).map_err(|refusal| failed(1, refusal))?;
        together(&start, &update)?;
        let update_request_id = update.request.as_ref().map(|update| update.request_id.clone()).unwrap_or_default();
        let (key, started) = self.shared.with(|engine| {
            let (start, policies) = engine.checked(start).map_err(|refusal| failed(0, refusal))?;
            let request_id = start.request_id.clone();
            let id = (start.namespace.clone(), start.workflow_id.clone());
            // An update that was made before is found again, even if its workflow has closed.
            let execution = WorkflowExecution { workflow_id: id.1, run_id: String::new() };
            let known = engine
                .find(&id.0, &execution)
                .ok()
                .filter(|key| engine.run(*key).is_some_and(|run| run.update_progress(&update_id).is_some()));
            if let Some(key) = known {
                return Ok((key, started_response(engine, key, false, &request_id)));
            }
            let update = update.request.take().unwrap_or_default();
            let arguments = update.input.as_ref().and_then(|input| input.args.as_ref());
            engine.fits(arguments).map_err(|refusal| failed(1, refusal))?;
            let started = engine.start(start, policies, None).map_err(|refusal| failed(0, refusal))?;
            let admitted = engine.transition(started.key, |run, step| run.admit(update, step));
            admitted.unwrap_or(Ok(())).map_err(|refusal| failed(1, refusal))?;
            Ok::<_, Refusal>((started.key, started_response(engine, started.key, started.new, &request_id)))
        })?;
        let (stage, outcome) = self
            .follow(key, &update_id, stage.max(Lifecycle::Accepted))
            .await
            .and_then(reached)
            .map_err(|refusal| failed(1, refusal))?;
        let updated = UpdateWorkflowExecutionResponse {
            link: self.update_link(key, &update_id, &update_request_id),
            update_ref: self.update_ref(key, update_id),
            outcome,
            stage: stage as i32,
        };
        let responses = vec![
            Response { response: Some(response::Response::StartWorkflow(started)) },
            Response { response: Some(response::Response::UpdateWorkflow(updated)) },
        ];
        Ok(ExecuteMultiOperationResponse { responses })
    }
}

/// How far the update has come, if it was not given up.
fn reached(progress: Progress) -> Result<(Lifecycle, Option<Outcome>), Refusal> {
    match progress {
        Progress::At(stage, outcome) => Ok((stage, outcome.map(|outcome| *outcome))),
        Progress::Aborted { .. } => Err(aborted()),
    }
}

fn aborted() -> Refusal {
    Refusal::not_found("workflow update was aborted by closing workflow")
}

/// How far the caller waits for the update to come.
fn wanted(policy: Option<&crate::api::update::WaitPolicy>) -> Result<Lifecycle, Refusal> {
    match policy.map_or(Lifecycle::Unspecified, crate::api::update::WaitPolicy::lifecycle_stage) {
        Lifecycle::Admitted => {
            Err(Refusal::denied("WaitPolicy of UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ADMITTED is not allowed."))
        }
        Lifecycle::Unspecified => Ok(Lifecycle::Accepted),
        stage => Ok(stage),
    }
}

/// The id of the update, made up if it has none.
fn name(request: &mut UpdateWorkflowExecutionRequest) -> Result<String, Refusal> {
    let update = request.request.as_mut().ok_or_else(|| Refusal::invalid("UpdateRequest is not set on request."))?;
    if update.input.as_ref().is_none_or(|input| input.name.is_empty()) {
        return Err(Refusal::invalid("Update name is not set on request."));
    }
    let meta = update.meta.get_or_insert_default();
    if meta.update_id.is_empty() {
        meta.update_id = new_id();
    }
    Ok(meta.update_id.clone())
}

/// Errors: the operations are not for the same workflow, or have options that do not go together.
fn together(start: &StartWorkflowExecutionRequest, update: &UpdateWorkflowExecutionRequest) -> Result<(), Refusal> {
    let invalid = |index, message: &str| Err(failed(index, Refusal::invalid(message)));
    if !start.cron_schedule.is_empty() {
        return invalid(0, "INVALID_ARGUMENT: CronSchedule is not allowed.");
    }
    if start.request_eager_execution {
        return invalid(0, "RequestEagerExecution is not supported.");
    }
    if start.workflow_start_delay.is_some() {
        return invalid(0, "WorkflowStartDelay is not supported.");
    }
    let execution = update.workflow_execution.clone().unwrap_or_default();
    if execution.workflow_id != start.workflow_id {
        return invalid(1, "WorkflowId is not consistent with previous operation(s).");
    }
    if !execution.run_id.is_empty() {
        return invalid(1, "RunId is not allowed.");
    }
    if !update.first_execution_run_id.is_empty() {
        return invalid(1, "FirstExecutionRunId is not allowed.");
    }
    Ok(())
}

/// One of the operations failed; the other one was given up.
fn failed(index: usize, refusal: Refusal) -> Refusal {
    let aborted = OperationStatus {
        code: tonic::Code::Aborted as i32,
        message: "Operation was aborted.".to_owned(),
        details: vec![prost_wkt_types::Any {
            type_url: "type.googleapis.com/temporal.api.failure.v1.MultiOperationExecutionAborted".to_owned(),
            value: prost::Message::encode_to_vec(&MultiOperationExecutionAborted::default()),
        }],
    };
    let mut statuses = vec![aborted.clone(), aborted];
    if let Some(status) = statuses.get_mut(index) {
        *status = OperationStatus {
            code: refusal.code as i32,
            message: refusal.message.clone(),
            details: refusal.detail.clone().into_iter().collect(),
        };
    }
    let which = if index == 0 { "Start Workflow" } else { "Update Workflow" };
    let message = format!("{which}: {}", refusal.message);
    Refusal { message, detail: None, ..refusal }.with_detail(&MultiOperationExecutionFailure { statuses })
}
