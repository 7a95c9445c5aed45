//! Why a namespace call failed.

use temporalio_client::tonic::{Code, Status};

use crate::calls::Said;

/// A call about a namespace failed.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum NamespaceError {
    /// There is a namespace of this name already.
    #[error("namespace `{name}` exists already")]
    AlreadyExists {
        /// The namespace.
        name: String,
        /// What the server says.
        source: Status,
    },
    /// There is no namespace of this name.
    #[error("namespace `{name}` is not found")]
    NotFound {
        /// The namespace.
        name: String,
        /// What the server says.
        source: Status,
    },
    /// The server refused the call.
    #[error("namespace `{name}`: {}", Said(.source))]
    Rpc {
        /// The namespace.
        name: String,
        /// What the server says.
        source: Status,
    },
}

crate::shown::debug_is_display!(NamespaceError);

impl NamespaceError {
    pub(super) fn new(name: &str, source: Status) -> Self {
        let name = name.to_owned();
        match source.code() {
            Code::AlreadyExists => Self::AlreadyExists { name, source },
            Code::NotFound => Self::NotFound { name, source },
            _ => Self::Rpc { name, source },
        }
    }
}
