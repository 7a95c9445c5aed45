//! What the store says when something fails.

/// An error of `redb`. They are large, and rare.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Failed(Box<redb::Error>);

impl Failed {
    pub(super) fn damaged(cause: impl Into<String>) -> Self {
        Self(Box::new(redb::Error::Corrupted(cause.into())))
    }

    pub(super) fn into_inner(self) -> redb::Error {
        *self.0
    }
}

macro_rules! from {
    ($($error:ty),*) => {$(
        impl From<$error> for Failed {
            fn from(error: $error) -> Self {
                Self(Box::new(error.into()))
            }
        }
    )*};
}

from!(redb::CommitError, redb::StorageError, redb::TableError, redb::TransactionError);
