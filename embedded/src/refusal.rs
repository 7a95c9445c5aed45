//! Why a call is refused.

use prost::Message;
use prost_wkt_types::Any;
use temporalio_protos::google::rpc;
use tonic::{Code, Status};

/// A refusal: its code decides whether clients try again, its detail what they make of it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Refusal {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) detail: Option<Any>,
}

impl Refusal {
    fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), detail: None }
    }

    /// The request is wrong, whatever the state of the server.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(Code::InvalidArgument, message)
    }

    /// What the request names is not there.
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(Code::NotFound, message)
    }

    /// What the request would make is there already.
    pub(crate) fn already_exists(message: impl Into<String>) -> Self {
        Self::new(Code::AlreadyExists, message)
    }

    /// The request does not fit the state of what it names.
    pub(crate) fn precondition(message: impl Into<String>) -> Self {
        Self::new(Code::FailedPrecondition, message)
    }

    /// The request asks for what nobody may have.
    pub(crate) fn denied(message: impl Into<String>) -> Self {
        Self::new(Code::PermissionDenied, message)
    }

    /// There is too much of something for now.
    pub(crate) fn exhausted(message: impl Into<String>) -> Self {
        Self::new(Code::ResourceExhausted, message)
    }

    /// The time of the caller is over.
    pub(crate) fn deadline(message: impl Into<String>) -> Self {
        Self::new(Code::DeadlineExceeded, message)
    }

    /// The server does not do this.
    pub(crate) fn unimplemented(message: impl Into<String>) -> Self {
        Self::new(Code::Unimplemented, message)
    }

    /// With a message that says more, of the error details of Temporal's API.
    pub(crate) fn with_detail<M: Message + prost::Name>(mut self, detail: &M) -> Self {
        let type_url = format!("type.googleapis.com/{}", M::full_name());
        self.detail = Some(Any { type_url, value: detail.encode_to_vec() });
        self
    }
}

impl From<Refusal> for Status {
    fn from(refusal: Refusal) -> Self {
        let Refusal { code, message, detail } = refusal;
        let Some(detail) = detail else { return Self::new(code, message) };
        let status = rpc::Status { code: code as i32, message: message.clone(), details: vec![detail] };
        Self::with_details(code, message, status.encode_to_vec().into())
    }
}
