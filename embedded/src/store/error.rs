//! Why a file cannot be opened.

use std::path::{Path, PathBuf};

/// A server cannot keep what it has in this file. The file is as it was before.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// use durably_embedded::Server;
///
/// let error = Server::builder().persist(std::env::temp_dir()).start().unwrap_err();
/// assert!(error.to_string().ends_with("is a directory; give the path of a file, which may be a new one"));
/// assert_eq!(error.path(), std::env::temp_dir());
/// # }
/// ```
#[derive(Debug, thiserror::Error)]
#[error("{} {problem}", path.display())]
pub struct OpenError {
    path: PathBuf,
    #[source]
    problem: Problem,
}

impl OpenError {
    pub(super) fn new(path: &Path, problem: Problem) -> Self {
        Self { path: path.to_owned(), problem }
    }

    /// What is in the file makes no sense.
    pub(crate) fn damaged(path: &Path, cause: impl std::fmt::Display) -> Self {
        Self::new(path, Problem::Damaged(cause.to_string()))
    }

    /// The system does not let us.
    pub(crate) fn io(path: &Path, error: std::io::Error) -> Self {
        Self::new(path, Problem::Io(error))
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// What is wrong, and what can be done about it; goes on from the path.
#[derive(Debug, thiserror::Error)]
pub(super) enum Problem {
    #[error("is a directory; give the path of a file, which may be a new one")]
    Directory,
    #[error("is in use by another server; stop that one, or give each server a file of its own")]
    InUse,
    #[error(
        "has format {0}, and this version of durably-embedded knows formats up to {known}; use a newer version, or another file",
        known = super::FORMAT
    )]
    Newer(u64),
    #[error(
        "is no file of durably-embedded, or it is damaged ({0}); it was left as it is: give another path, or put back a copy of it"
    )]
    Damaged(String),
    #[error("cannot be opened: {0}; see to it that its directory is there, and that both can be written")]
    Io(std::io::Error),
}
