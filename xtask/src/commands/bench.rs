use std::ffi::OsString;
use std::process::{Command, ExitCode};

use xtask::target_dir;

use super::child::{self, cargo, display};
use super::error::CommandError;

/// Builds what is measured and runs a benchmark; its name and its options are the arguments.
pub(crate) fn run(args: Vec<OsString>) -> Result<ExitCode, CommandError> {
    if args.is_empty() {
        return Err(CommandError::Usage("`bench servers`, `bench hello` or `bench compile-time`".to_owned()));
    }
    let mut build = cargo();
    build.args(["build", "--release", "-p", "durably-benches", "-p", "durably-embedded"]);
    let status = build.status();
    let status = status.map_err(|cause| CommandError::Spawn { command: display(&build), cause })?;
    if !status.success() {
        return Err(CommandError::Failed { command: display(&build), ending: status.to_string() });
    }
    child::run(Command::new(target_dir().join("release/durably-benches")).args(args))
}
