//! A lock between processes, released when the guard is dropped or its process ends.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

use rustix::fs::{FlockOperation, flock};

pub(crate) struct FileLock(#[expect(dead_code, reason = "the lock is held as long as the file is open")] File);

impl FileLock {
    /// Waits until no other process or thread holds the lock.
    pub(crate) fn acquire(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
        // `File::lock` would do, but it is younger than our minimum Rust version.
        flock(&file, FlockOperation::LockExclusive)?;
        Ok(Self(file))
    }
}
