//! Each file below `fail/` must not compile, and the compiler must say what is in the `.stderr` beside it.
//!
//! `TRYBUILD=overwrite cargo test -p durably-ui-tests fail` writes those files anew. Read the difference as a user would:
//! does each message name the thing, say what is wrong with it and what to write instead?

use std::{
    env,
    io::{Write, stderr},
    process::Command,
};

/// The compiler whose words are in the `.stderr` files. Another one puts them differently.
const RUSTC: &str = "rustc 1.95.";

/// Compares the words even if another compiler says them.
const ANY_RUSTC: &str = "DURABLY_UI_TESTS_ANY_RUSTC";

#[test]
fn fail() {
    let version = rustc_version();
    if !version.starts_with(RUSTC) && env::var_os(ANY_RUSTC).is_none() {
        // Not `eprintln!`, which a test that passes keeps to itself.
        let _ = writeln!(
            stderr(),
            "\nSKIPPED: the messages in ui-tests/fail are those of {RUSTC}*, and this is {version}; set {ANY_RUSTC}=1 to \
             compare them nonetheless"
        );
        return;
    }
    // Only failing ones: with a single one that passes, `trybuild` builds and links where checking does.
    trybuild::TestCases::new().compile_fail("fail/**/*.rs");
}

fn rustc_version() -> String {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output().expect("rustc runs");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
