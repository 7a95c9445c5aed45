//! Why a test failed.

use std::{error::Error, fmt};

/// What a test is to be blamed for, in the words it is shown with: mocks that were called otherwise than expected, workflows
/// that do not replay, a workflow task that failed, or its own error.
///
/// Its `Debug` is its `Display`, since that is what a test prints.
#[derive(Clone, PartialEq, Eq)]
pub struct TestFailure {
    reasons: Vec<String>,
}

impl TestFailure {
    pub(super) fn of(reason: impl Into<String>) -> Self {
        Self { reasons: vec![reason.into()] }
    }

    /// The reasons as a failure; none is none.
    pub(super) fn from_reasons(reasons: Vec<String>) -> Result<(), Self> {
        if reasons.is_empty() { Ok(()) } else { Err(Self { reasons }) }
    }

    /// Another reason comes first.
    pub(super) fn after(mut self, reason: String) -> Self {
        self.reasons.insert(0, reason);
        self
    }

    /// Each reason.
    pub fn reasons(&self) -> &[String] {
        &self.reasons
    }
}

impl fmt::Display for TestFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reasons.join("\n"))
    }
}

crate::shown::debug_is_display!(TestFailure);

impl Error for TestFailure {}
