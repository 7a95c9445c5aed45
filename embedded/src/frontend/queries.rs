//! Questions to workflows.

use std::{sync::Arc, time::Duration};

use temporalio_protos::temporal::api::{
    enums::v1::{QueryRejectCondition, QueryResultType, WorkflowExecutionStatus},
    errordetails::v1::{QueryFailedFailure, WorkflowNotReadyFailure},
    query::v1::{QueryRejected, WorkflowQueryResult},
    workflowservice::v1::{
        QueryWorkflowRequest, QueryWorkflowResponse, RespondQueryTaskCompletedRequest,
        RespondQueryTaskCompletedResponse,
    },
};
use tokio::time::{Instant, timeout};

use super::Call;
use crate::{
    engine::{Engine, RunKey, Shared, Token},
    refusal::Refusal,
    run::{self, Answer},
};

/// How long a question waits if its caller does not say.
const WAIT: Duration = Duration::from_secs(30);
/// How long the worker that has the run in memory may take before any other is asked.
const STICKY: Duration = Duration::from_secs(5);
const FAILING: i32 = 3;

impl Call {
    pub(super) async fn query_workflow(self, request: QueryWorkflowRequest) -> Result<QueryWorkflowResponse, Refusal> {
        let namespace = self.namespace(&request.namespace)?.name;
        let condition = request.query_reject_condition();
        let execution = request.execution.unwrap_or_default();
        let query = request.query.unwrap_or_default();
        if query.query_type.is_empty() {
            return Err(Refusal::invalid("QueryType is not set on request."));
        }
        let wait = self.deadline.unwrap_or(WAIT);
        let asked = self.shared.with(|engine| {
            engine.fits(query.query_args.as_ref())?;
            let key = engine.find(&namespace, &execution)?;
            if let Some(status) = rejected(engine, key, condition) {
                return Ok(Err(status));
            }
            ready(engine, key, wait)?;
            engine.ask(key, query).map(Ok)
        })?;
        let (id, mut answer) = match asked {
            Ok(asked) => asked,
            Err(status) => {
                let query_rejected = Some(QueryRejected { status: status as i32 });
                return Ok(QueryWorkflowResponse { query_rejected, ..QueryWorkflowResponse::default() });
            }
        };
        let _asking = Asking { shared: Arc::clone(&self.shared), id };
        let end = Instant::now() + wait;
        let answered = match timeout(STICKY.min(wait), &mut answer).await {
            Ok(answered) => Ok(answered),
            Err(_) => {
                self.shared.with(|engine| engine.dispatch_unanswered(id));
                tokio::time::timeout_at(end, &mut answer).await
            }
        };
        match answered {
            Ok(Ok(Ok(query_result))) => Ok(QueryWorkflowResponse { query_result, ..QueryWorkflowResponse::default() }),
            Ok(Ok(Err(failure))) => {
                Err(Refusal::invalid(failure.message.clone())
                    .with_detail(&QueryFailedFailure { failure: Some(*failure) }))
            }
            Ok(Err(_)) | Err(_) => Err(Refusal::deadline("no worker has answered the query in time")),
        }
    }

    pub(super) async fn respond_query_task_completed(
        self,
        request: RespondQueryTaskCompletedRequest,
    ) -> Result<RespondQueryTaskCompletedResponse, Refusal> {
        let token = self.token(&request.namespace, &request.task_token, Token::QUERY)?;
        let failed = request.completed_type() == QueryResultType::Failed;
        let answer: Answer = run::answer(WorkflowQueryResult {
            result_type: if failed { QueryResultType::Failed } else { QueryResultType::Answered } as i32,
            answer: request.query_result,
            error_message: request.error_message,
            failure: request.failure,
        });
        self.shared.with(|engine| engine.answer_query(&token, answer))?;
        Ok(RespondQueryTaskCompletedResponse::default())
    }
}

/// The status for which the caller does not want an answer.
fn rejected(engine: &Engine, key: RunKey, condition: QueryRejectCondition) -> Option<WorkflowExecutionStatus> {
    let status = engine.run(key)?.status;
    let rejected = match condition {
        QueryRejectCondition::NotOpen => status != WorkflowExecutionStatus::Running,
        QueryRejectCondition::NotCompletedCleanly => {
            !matches!(status, WorkflowExecutionStatus::Running | WorkflowExecutionStatus::Completed)
        }
        QueryRejectCondition::None | QueryRejectCondition::Unspecified => false,
    };
    rejected.then_some(status)
}

/// Errors: no worker will be there to answer in time.
fn ready(engine: &Engine, key: RunKey, wait: Duration) -> Result<(), Refusal> {
    let Some(run) = engine.run(key) else { return Ok(()) };
    let not_ready =
        |message: &str| Err(Refusal::precondition(message.to_owned()).with_detail(&WorkflowNotReadyFailure::default()));
    if !run.is_open() && run.last_started_id == 0 {
        return not_ready("workflow has not completed any workflow task, it cannot be queried");
    }
    if engine.first_task_in(key) > wait {
        return not_ready("Workflow task is not scheduled yet.");
    }
    if run.task.as_ref().is_some_and(|task| task.attempt >= FAILING) {
        return not_ready("Unable to query workflow due to Workflow Task in failed state.");
    }
    Ok(())
}

/// A question that is forgotten when nobody waits for the answer any more.
struct Asking {
    shared: Arc<Shared>,
    id: u64,
}

impl Drop for Asking {
    fn drop(&mut self) {
        self.shared.with(|engine| engine.forget_query(self.id));
    }
}
