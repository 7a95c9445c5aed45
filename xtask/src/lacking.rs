//! What a machine may lack.

use std::{
    env,
    fmt::Display,
    io::{Write as _, stderr},
};

/// Some tests need more than Rust: Python, or the real server. Where `DURABLY_TEST_ALL` is set, as in continuous
/// integration, a lack fails them; elsewhere they are skipped, and it is said on stderr.
///
/// Panics: what is lacking must be there.
pub fn lacking(what: &str, error: &dyn Display) {
    assert!(env::var_os("DURABLY_TEST_ALL").is_none(), "no {what}: {error}");
    // The test harness would keep what `eprintln!` says of a test that passes.
    let _ = writeln!(stderr(), "skipped, there is no {what}: {error}");
}
