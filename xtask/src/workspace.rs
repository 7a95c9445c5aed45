//! Where this repository and its build artifacts are.

use std::env;
use std::path::{Path, PathBuf};

/// The folder of the workspace's `Cargo.toml`.
pub fn workspace_root() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

/// Cargo's target folder: `CARGO_TARGET_DIR` (relative to the workspace root), else `target` in the
/// workspace root.
pub fn target_dir() -> PathBuf {
    let dir = env::var_os("CARGO_TARGET_DIR").filter(|dir| !dir.is_empty());
    // `join` keeps an absolute path as it is.
    workspace_root().join(dir.unwrap_or_else(|| "target".into()))
}
