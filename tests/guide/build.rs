//! Makes Rust of docs/guide.md, which `src/guide.rs` includes.

mod translate;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

fn main() -> ExitCode {
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<(), String> {
    let variable = |name: &str| env::var_os(name).map(PathBuf::from).ok_or(format!("{name} is not set"));
    let guide = variable("CARGO_MANIFEST_DIR")?.join("../docs/guide.md");
    println!("cargo::rerun-if-changed={}", guide.display());
    let text = fs::read_to_string(&guide).map_err(|error| format!("{}: {error}", guide.display()))?;
    // The name is what errors of the compiler show, so it is the guide's own.
    let module = variable("OUT_DIR")?.join("docs/guide.md");
    let rust = translate::translate(&text).map_err(|error| format!("docs/guide.md:{error}"))?;
    let written = fs::create_dir_all(module.parent().unwrap_or(Path::new("."))).and_then(|()| fs::write(&module, rust));
    written.map_err(|error| format!("{}: {error}", module.display()))
}
