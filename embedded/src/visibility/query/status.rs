use temporalio_protos::temporal::api::enums::v1::WorkflowExecutionStatus;

/// How filters and groups call a status.
pub(in super::super) const fn name(status: WorkflowExecutionStatus) -> &'static str {
    match status {
        WorkflowExecutionStatus::Unspecified => "Unspecified",
        WorkflowExecutionStatus::Running => "Running",
        WorkflowExecutionStatus::Completed => "Completed",
        WorkflowExecutionStatus::Failed => "Failed",
        WorkflowExecutionStatus::Canceled => "Canceled",
        WorkflowExecutionStatus::Terminated => "Terminated",
        WorkflowExecutionStatus::ContinuedAsNew => "ContinuedAsNew",
        WorkflowExecutionStatus::TimedOut => "TimedOut",
        WorkflowExecutionStatus::Paused => "Paused",
    }
}

/// By its name here or in the API.
pub(super) fn parse(text: &str) -> Option<WorkflowExecutionStatus> {
    let all = (0..).map_while(|number| WorkflowExecutionStatus::try_from(number).ok());
    all.into_iter().find(|status| name(*status) == text || status.as_str_name() == text)
}
