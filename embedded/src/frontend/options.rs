//! Options of workflows that run.

use temporalio_protos::temporal::api::{
    workflow::v1::{PostResetOperation, post_reset_operation::Variant},
    workflowservice::v1::{UpdateWorkflowExecutionOptionsRequest, UpdateWorkflowExecutionOptionsResponse},
};

use super::Call;
use crate::{refusal::Refusal, run::OptionsChange};

impl Call {
    pub(super) async fn update_workflow_execution_options(
        self,
        request: UpdateWorkflowExecutionOptionsRequest,
    ) -> Result<UpdateWorkflowExecutionOptionsResponse, Refusal> {
        let namespace = self.namespace(&request.namespace)?.name;
        let execution = request.workflow_execution.unwrap_or_default();
        let paths = request.update_mask.map(|mask| mask.paths);
        let change = OptionsChange::new(request.workflow_execution_options, paths)?;
        self.shared.with(|engine| {
            let key = engine.find(&namespace, &execution)?;
            let changed = engine.transition(key, |run, step| run.change_options(&change, &request.identity, step));
            let options = changed.ok_or_else(|| Refusal::not_found("workflow execution not found"))??;
            Ok(UpdateWorkflowExecutionOptionsResponse {
                workflow_execution_options: Some(options),
                ..UpdateWorkflowExecutionOptionsResponse::default()
            })
        })
    }
}

/// What a reset changes of the run that goes on.
///
/// Errors: it is no change of options; the real server does nothing else either.
pub(super) fn after_reset(operations: Vec<PostResetOperation>) -> Result<Vec<OptionsChange>, Refusal> {
    let change = |operation: PostResetOperation| match operation.variant {
        Some(Variant::UpdateWorkflowOptions(update)) => {
            OptionsChange::new(update.workflow_execution_options, update.update_mask.map(|mask| mask.paths))
        }
        Some(Variant::SignalWorkflow(_)) => {
            Err(Refusal::invalid("unsupported post reset operation: *workflow.PostResetOperation_SignalWorkflow_"))
        }
        None => Err(Refusal::invalid("unsupported post reset operation: <nil>")),
    };
    operations.into_iter().map(change).collect()
}
