//! Directories that go away again.

use std::path::{Path, PathBuf};

/// A new directory, gone with everything in it when this is dropped.
pub(crate) struct TempDir(PathBuf);

impl TempDir {
    pub(crate) fn new() -> Self {
        let path = std::env::temp_dir().join(format!("durably-embedded-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        // What is left is in a directory for such things.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
