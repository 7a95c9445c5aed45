//! `cargo xtask`: the chores of this repository; see [`HELP`](commands::HELP).

mod commands;

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    commands::dispatch(env::args_os().skip(1).collect()).unwrap_or_else(|error| {
        eprintln!("xtask: {error}");
        error.exit_code()
    })
}
