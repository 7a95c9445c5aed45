//! Why workflows are not listed or counted.

use temporalio_client::errors::ClientError;

/// Workflows could not be listed or counted.
#[derive(thiserror::Error)]
#[error("workflows cannot be found with the list filter `{query}`: {source}")]
#[non_exhaustive]
pub struct VisibilityError {
    /// The list filter the service was asked with; empty if there was none.
    pub query: String,
    /// What Temporal's client says.
    pub source: ClientError,
}

crate::shown::debug_is_display!(VisibilityError);
