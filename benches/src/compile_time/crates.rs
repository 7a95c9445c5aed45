//! The crates that are compiled.

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use xtask::{target_dir, workspace_root};

use super::{
    children::{self, Usage},
    source::{durably_source, official_source},
};

#[derive(Clone, Copy)]
pub(super) enum Mode {
    Check,
    Build,
}

impl Mode {
    pub(super) fn command(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Build => "build",
        }
    }
}

/// A crate of workflows.
pub(super) struct Crate {
    name: &'static str,
    dir: PathBuf,
}

impl Crate {
    pub(super) fn name(&self) -> &str {
        self.name
    }

    /// Makes the next compilation compile it, and nothing else.
    pub(super) fn touch(&self) -> Result<(), Box<dyn Error>> {
        let path = self.dir.join("src/lib.rs");
        let source = fs::read(&path)?;
        Ok(fs::write(path, source)?)
    }

    pub(super) fn compile(&self, mode: Mode) -> Result<Usage, Box<dyn Error>> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args([mode.command(), "--quiet", "--package", self.name]).current_dir(&self.dir);
        // Dependencies that were built already are used.
        command.env("CARGO_TARGET_DIR", target_dir()).env("CARGO_INCREMENTAL", "0");
        children::run(&mut command)
    }
}

/// Two crates with the same workflows: Durably's, and that of Temporal's own macros.
pub(super) fn generate(workflows: usize) -> Result<[Crate; 2], Box<dyn Error>> {
    let dir = target_dir().join("compile-time");
    fs::create_dir_all(&dir)?;
    let root = workspace_root();
    fs::write(dir.join("Cargo.toml"), WORKSPACE)?;
    fs::copy(root.join("Cargo.lock"), dir.join("Cargo.lock"))?;
    let runtime = root.join("runtime");
    let durably = format!("durably = {{ path = {runtime:?} }}\n");
    Ok([
        write(&dir, "with-durably", &durably, &durably_source(workflows))?,
        write(&dir, "with-official", OFFICIAL, &official_source(workflows))?,
    ])
}

fn write(dir: &Path, name: &'static str, dependencies: &str, source: &str) -> Result<Crate, Box<dyn Error>> {
    let dir = dir.join(name);
    fs::create_dir_all(dir.join("src"))?;
    let package = format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}");
    fs::write(dir.join("Cargo.toml"), package)?;
    fs::write(dir.join("src/lib.rs"), source)?;
    Ok(Crate { name, dir })
}

/// The profile is that of this repository, so that dependencies need not be built again.
const WORKSPACE: &str = r#"[workspace]
resolver = "3"
members = ["with-durably", "with-official"]

[profile.dev]
debug = "line-tables-only"
"#;

/// What the official macros and their expansions name.
const OFFICIAL: &str = r#"futures = "0.3"
temporalio-client = { version = "1.1", features = ["vendored-protox"] }
temporalio-common = "1.1"
temporalio-macros = "1.1"
temporalio-sdk = "1.1"
temporalio-workflow = "1.1"
"#;
