//! Why an update has no answer.

use temporalio_client::{
    errors::{WorkflowStartError, WorkflowUpdateError, WorkflowUpdateWithStartError},
    tonic::Status,
};
use temporalio_common::{
    data_converters::{DataConverter, PayloadConversionError, SerializationContextData, WorkflowSerializationContext},
    error::IncomingError,
};

use super::Said;

/// An update has no answer: a kind of [`CallError`](crate::CallError).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UpdateError {
    /// The validator refused it, or its handler failed.
    #[error("the update failed: {0}")]
    Failed(#[source] Box<IncomingError>),
    /// There is no running workflow of this id, or no update of this id.
    #[error("the workflow or the update is not found: {}", Said(.0))]
    NotFound(#[source] Status),
    /// The arguments, the answer or the failure do not convert.
    #[error("the arguments or the answer of the update do not convert: {0}")]
    PayloadConversion(#[source] PayloadConversionError),
    /// The server refused the call.
    #[error("the server refused the update: {}", Said(.0))]
    Rpc(#[source] Status),
    /// Anything else.
    #[error(transparent)]
    Other(Box<dyn std::error::Error + Send + Sync>),
}

impl UpdateError {
    /// Temporal's error, with the failure in it decoded.
    pub(crate) fn new(error: WorkflowUpdateError, converter: &DataConverter) -> Self {
        match error {
            WorkflowUpdateError::Failed(failure) => {
                let context = SerializationContextData::Workflow(WorkflowSerializationContext::new());
                match converter.failure_converter().to_error(*failure, converter.payload_converter(), &context) {
                    Ok(failure) => Self::Failed(Box::new(failure)),
                    Err(error) => Self::PayloadConversion(error),
                }
            }
            WorkflowUpdateError::NotFound(status) => Self::NotFound(status),
            WorkflowUpdateError::PayloadConversion(error) => Self::PayloadConversion(error),
            WorkflowUpdateError::Rpc(status) => Self::Rpc(status),
            WorkflowUpdateError::Other(error) => Self::Other(error),
            other => Self::Other(other.into()),
        }
    }
}

/// A workflow was not started along with an update, or the update has no answer: a kind of [`CallError`](crate::CallError).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartWithUpdateError {
    /// The workflow was not started; neither was it updated.
    #[error(transparent)]
    Start(WorkflowStartError),
    /// The update has no answer.
    #[error(transparent)]
    Update(UpdateError),
    /// The arguments do not convert.
    #[error("the arguments of the workflow or of the update do not convert: {0}")]
    PayloadConversion(#[source] PayloadConversionError),
    /// The server refused the call.
    #[error("the server refused the start with its update: {}", Said(.0))]
    Rpc(#[source] Status),
    /// Options that do not go together.
    #[error("{0}")]
    Options(&'static str),
    /// Anything else.
    #[error(transparent)]
    Other(Box<dyn std::error::Error + Send + Sync>),
}

impl StartWithUpdateError {
    /// Temporal's error, with the failure in it decoded.
    pub(crate) fn new(error: WorkflowUpdateWithStartError, converter: &DataConverter) -> Self {
        match error {
            WorkflowUpdateWithStartError::Start(error) => Self::Start(error),
            WorkflowUpdateWithStartError::Update(error) => Self::Update(UpdateError::new(error, converter)),
            WorkflowUpdateWithStartError::PayloadConversion(error) => Self::PayloadConversion(error),
            WorkflowUpdateWithStartError::Rpc(status) => Self::Rpc(status),
            WorkflowUpdateWithStartError::Other(error) => Self::Other(error),
            other => Self::Other(other.into()),
        }
    }
}
