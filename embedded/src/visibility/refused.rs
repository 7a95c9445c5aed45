use thiserror::Error;

/// Why a request is not answered: the gRPC code and what the caller reads.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub(crate) struct Refused {
    pub(crate) reason: Reason,
    pub(crate) message: String,
}

/// The gRPC code of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    InvalidArgument,
}

impl Refused {
    pub(super) fn invalid_argument(message: impl Into<String>) -> Self {
        Self { reason: Reason::InvalidArgument, message: message.into() }
    }

    /// A list filter that says something wrong.
    pub(super) fn query(message: impl std::fmt::Display) -> Self {
        Self::invalid_argument(format!("invalid query: {message}"))
    }

    /// Well-formed, but it compares what cannot be compared, or with what cannot be read.
    pub(super) fn expression(message: impl std::fmt::Display) -> Self {
        Self::query(format_args!("invalid expression: {message}"))
    }

    /// Well-formed SQL that list filters do not have.
    pub(super) fn unsupported(message: impl std::fmt::Display) -> Self {
        Self::query(format_args!("operation is not supported: {message}"))
    }

    pub(super) fn malformed(message: impl std::fmt::Display) -> Self {
        Self::query(format_args!("malformed SQL query: {message}"))
    }
}

impl From<Refused> for tonic::Status {
    fn from(refused: Refused) -> Self {
        match refused.reason {
            Reason::InvalidArgument => Self::invalid_argument(refused.message),
        }
    }
}
