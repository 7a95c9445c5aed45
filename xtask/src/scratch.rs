//! A nameless temporary file that collects what a child process prints.

use std::env;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::process::{self, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Debug)]
pub(crate) struct Scratch(File);

impl Scratch {
    pub(crate) fn new() -> io::Result<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!("durably-xtask-{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = env::temp_dir().join(name);
        // A name can be left from a process that died right here; it is not ours to write to.
        let _ = fs::remove_file(&path);
        let file = OpenOptions::new().create_new(true).read(true).append(true).open(&path)?;
        fs::remove_file(&path)?;
        Ok(Self(file))
    }

    /// A handle for a child's stdout or stderr.
    pub(crate) fn stdio(&self) -> io::Result<Stdio> {
        Ok(self.0.try_clone()?.into())
    }

    /// All that was printed so far.
    pub(crate) fn text(&self) -> io::Result<String> {
        self.last(u64::MAX)
    }

    /// The end of what was printed so far, for an error message.
    pub(crate) fn tail(&self) -> String {
        self.last(4096).map(|text| text.trim_end().to_owned()).unwrap_or_default()
    }

    fn last(&self, limit: u64) -> io::Result<String> {
        let length = self.0.metadata()?.len();
        let start = length.saturating_sub(limit);
        let mut bytes = vec![0; (length - start) as usize];
        self.0.read_exact_at(&mut bytes, start)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
