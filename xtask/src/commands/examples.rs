//! Running every example as a user would.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;
use xtask::{AnyServer, run_within, unconfigured};

use super::child::{cargo, display};
use super::ci::timed;
use super::error::CommandError;

const EXAMPLE_LIMIT: Duration = Duration::from_secs(60);
/// The package of the examples that users run; those of others are tools.
const PACKAGE: &str = "durably-examples";
const METADATA_LIMIT: Duration = Duration::from_secs(60);

/// An example that has run.
pub(crate) struct Ran {
    /// Its main file.
    pub(crate) source: PathBuf,
    pub(crate) printed: String,
}

/// The examples, by their names.
pub(crate) type Outputs = BTreeMap<String, Ran>;

/// Runs them one after the other, each on an embedded server of its own; they are built already.
pub(crate) fn run_all() -> Result<Outputs, CommandError> {
    each(unconfigured)
}

/// Runs them one after the other on one real server.
pub(crate) fn run_all_on_a_real_server() -> Result<Outputs, CommandError> {
    let server = AnyServer::get()?;
    let outputs = each(|command| server.apply(command))?;
    server.stop();
    Ok(outputs)
}

fn each(mut prepare: impl FnMut(&mut Command)) -> Result<Outputs, CommandError> {
    let examples = list()?;
    if examples.is_empty() {
        return Err(CommandError::NoExamples);
    }
    let mut outputs = Outputs::new();
    for (name, source) in examples {
        let printed = timed(&name, "example", || run(&name, &mut prepare))?;
        outputs.insert(name, Ran { source, printed });
    }
    Ok(outputs)
}

fn run(name: &str, prepare: impl FnOnce(&mut Command)) -> Result<String, CommandError> {
    let mut command = cargo();
    // As README.md has it. With `--package`, cargo may choose other features and build again,
    // within the limit.
    command.args(["run", "--quiet", "--example", name]);
    prepare(&mut command);
    let line = display(&command);
    // On Unix, cargo becomes the program it runs, so the limit holds for the program.
    let finished = run_within(&mut command, EXAMPLE_LIMIT)
        .map_err(|cause| CommandError::Spawn { command: line.clone(), cause })?;
    if finished.success() {
        return Ok(finished.stdout);
    }
    let ending = format!("{}; it printed:\n{}{}", finished.ending(), finished.stdout, finished.stderr);
    Err(CommandError::Failed { command: line, ending })
}

/// The examples, by their names, and their main files.
fn list() -> Result<BTreeMap<String, PathBuf>, CommandError> {
    let mut command = cargo();
    command.args(["metadata", "--no-deps", "--format-version", "1"]);
    let finished = run_within(&mut command, METADATA_LIMIT)
        .map_err(|cause| CommandError::Spawn { command: display(&command), cause })?;
    if !finished.success() {
        let ending = format!("{}; it printed:\n{}", finished.ending(), finished.stderr);
        return Err(CommandError::Failed { command: display(&command), ending });
    }
    parse(&finished.stdout)
}

fn parse(metadata: &str) -> Result<BTreeMap<String, PathBuf>, CommandError> {
    let metadata: Value = serde_json::from_str(metadata).map_err(|cause| CommandError::Metadata(cause.to_string()))?;
    let mut examples = BTreeMap::new();
    for package in array(&metadata, "packages")? {
        if text(package, "name")? != PACKAGE {
            continue;
        }
        for target in array(package, "targets")? {
            if array(target, "kind")?.iter().any(|kind| kind == "example") {
                examples.insert(text(target, "name")?.to_owned(), text(target, "src_path")?.into());
            }
        }
    }
    Ok(examples)
}

fn array<'a>(value: &'a Value, key: &str) -> Result<&'a Vec<Value>, CommandError> {
    value[key].as_array().ok_or_else(|| missing(key))
}

fn text<'a>(value: &'a Value, key: &str) -> Result<&'a str, CommandError> {
    value[key].as_str().ok_or_else(|| missing(key))
}

fn missing(key: &str) -> CommandError {
    CommandError::Metadata(format!("`{key}` is missing"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_found_in_the_metadata() {
        let metadata = r#"{"packages": [
            {"name": "tools", "targets": [{"name": "fuzz", "kind": ["example"], "src_path": "/tools/fuzz.rs"}]},
            {"name": "durably-examples", "targets": [
                {"name": "timer", "kind": ["example"], "src_path": "/samples/timer.rs"},
                {"name": "greeting", "kind": ["example"], "src_path": "/samples/greeting/main.rs"}
            ]}
        ]}"#;
        let greeting = ("greeting".to_owned(), "/samples/greeting/main.rs".into());
        let timer = ("timer".to_owned(), "/samples/timer.rs".into());
        assert_eq!(parse(metadata).unwrap(), BTreeMap::from([greeting, timer]));
    }

    #[test]
    fn other_metadata_is_an_error_that_says_what_is_missing() {
        let message = parse(r#"{"packages": [{"name": "durably-examples"}]}"#).unwrap_err().to_string();
        assert!(message.contains("`targets` is missing"), "{message}");
        assert!(parse("no json").is_err());
    }
}
