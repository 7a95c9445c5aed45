//! The steps of continuous integration, in order; the first that fails ends the run.

use std::process::ExitCode;
use std::time::Instant;

use super::child::{cargo, display};
use super::error::CommandError;
use super::{examples, features, headers, readme};

struct CargoStep {
    name: &'static str,
    args: &'static [&'static str],
    env: &'static [(&'static str, &'static str)],
}

const CARGO_STEPS: &[CargoStep] = &[
    CargoStep { name: "format", args: &["fmt", "--all", "--", "--check"], env: &[] },
    CargoStep { name: "lints", args: &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"], env: &[] },
    CargoStep { name: "docs", args: &["doc", "--workspace", "--no-deps"], env: &[("RUSTDOCFLAGS", "-Dwarnings")] },
    // As `cargo run --example` builds them: then each example runs at once, within its limit.
    CargoStep { name: "build examples", args: &["build", "--examples"], env: &[] },
];

pub(crate) fn run() -> Result<ExitCode, CommandError> {
    let start = Instant::now();
    timed("features", "docs/features.md has every row, and what it names exists", features::check)?;
    for step in CARGO_STEPS {
        let env: String = step.env.iter().map(|(name, value)| format!("{name}={value} ")).collect();
        let line = format!("{env}cargo {}", step.args.join(" "));
        timed(step.name, &line, || run_cargo(step))?;
    }
    let outputs = timed("run examples", "each on an embedded server, in 60 s", examples::run_all)?;
    timed("headers", "each example shows what it prints", || headers::check(&outputs))?;
    timed("README.md", "shows what the greeting example prints", || readme::check(&outputs))?;
    let outputs = timed("run examples", "all on one real server", examples::run_all_on_a_real_server)?;
    timed("headers", "each example prints there what it shows", || headers::check(&outputs))?;
    println!("==> all passed in {:.1} s", start.elapsed().as_secs_f64());
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn timed<T>(
    name: &str,
    what: &str,
    step: impl FnOnce() -> Result<T, CommandError>,
) -> Result<T, CommandError> {
    println!("==> {name}: {what}");
    let start = Instant::now();
    let result = step();
    let ending = if result.is_ok() { "passed" } else { "failed" };
    println!("    {name} {ending} after {:.1} s", start.elapsed().as_secs_f64());
    result
}

fn run_cargo(step: &CargoStep) -> Result<(), CommandError> {
    let mut command = cargo();
    command.args(step.args).envs(step.env.iter().copied());
    let status = command.status();
    let status = status.map_err(|cause| CommandError::Spawn { command: display(&command), cause })?;
    if status.success() {
        return Ok(());
    }
    Err(CommandError::Failed { command: display(&command), ending: status.to_string() })
}
