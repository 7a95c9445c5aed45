//! Why a request about a schedule is refused.

/// The variant is the status code, the text its message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("{0}")]
    InvalidArgument(String),
    #[error("{0}")]
    FailedPrecondition(String),
    /// Goes with the detail `WorkflowExecutionAlreadyStartedFailure`, without contents.
    #[error("{0}")]
    AlreadyExists(String),
    /// Goes with the detail `NotFoundFailure`, without contents.
    #[error("{0}")]
    NotFound(String),
}

impl Refusal {
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::InvalidArgument(message.into())
    }

    /// Another schedule of this id exists, and was made by another request.
    pub(crate) fn exists(id: &str) -> Self {
        Self::AlreadyExists(format!("schedule \"{id}\" is already registered"))
    }

    /// There has never been a schedule of this id.
    pub(crate) fn unknown(id: &str) -> Self {
        Self::NotFound(format!("workflow not found for ID: temporal-sys-scheduler:{id}"))
    }

    /// The schedule was deleted or is finished, and is described.
    pub(crate) fn gone() -> Self {
        Self::NotFound("schedule not found".into())
    }

    /// The schedule was deleted or is finished, and is patched, updated or deleted.
    pub(crate) fn over() -> Self {
        Self::NotFound("workflow execution already completed".into())
    }
}
