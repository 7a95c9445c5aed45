//! `clippy-workflows.toml`, for crates that no attribute of ours reads, does what it says.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

/// A crate of helpers, each with one mistake; what is right stands beside it.
const HELPERS: &str = r#"
use std::collections::{BTreeMap, HashMap};

pub fn clock() -> std::time::SystemTime {
    std::time::SystemTime::now()
}

pub fn order(votes: &HashMap<String, u32>) -> Vec<String> {
    votes.keys().cloned().collect()
}

pub fn printing() {
    println!("hello");
}

pub fn environment() -> Option<String> {
    std::env::var("HOME").ok()
}

pub fn locked(lock: &std::sync::Mutex<u8>) -> bool {
    lock.is_poisoned()
}

pub fn fine(votes: &BTreeMap<String, u32>, index: &HashMap<String, u32>) -> Option<u32> {
    votes.keys().next().and_then(|name| index.get(name)).copied()
}
"#;

const MANIFEST: &str = "[package]\nname = \"helpers\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n";

fn clippy(folder: &Path) -> Option<Output> {
    let installed = Command::new("cargo").args(["clippy", "--version"]).output().ok()?.status.success();
    let mut command = Command::new("cargo");
    // Warnings are read, whatever the tests themselves are built with.
    command.args(["clippy", "--quiet", "--offline"]).current_dir(folder).env_remove("RUSTFLAGS");
    command.env("CARGO_TARGET_DIR", folder.join("target"));
    installed.then(|| command.output().expect("cargo runs"))
}

#[test]
fn clippy_refuses_helpers_that_do_not_replay() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("helpers");
    fs::create_dir_all(folder.join("src")).expect("the folder can be made");
    let toml = concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime/clippy-workflows.toml");
    fs::copy(toml, folder.join("clippy.toml")).expect("the file is there");
    fs::write(folder.join("Cargo.toml"), MANIFEST).expect("the folder can be written");
    fs::write(folder.join("src/lib.rs"), HELPERS).expect("the folder can be written");
    let Some(output) = clippy(&folder) else { return };
    let said = String::from_utf8_lossy(&output.stderr);
    for refused in [
        "use of a disallowed method `std::time::SystemTime::now`",
        "use of a disallowed method `std::collections::HashMap::keys`",
        "use of a disallowed macro `std::println`",
        "use of a disallowed method `std::env::var`",
        "use of a disallowed type `std::sync::Mutex`",
    ] {
        assert!(said.contains(refused), "{refused}:\n{said}");
    }
    assert_eq!(said.matches("use of a disallowed").count(), 5, "{said}");
    assert!(!said.contains("does not refer to") && !said.contains("error"), "{said}");
}
