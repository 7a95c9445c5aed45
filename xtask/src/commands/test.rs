use std::ffi::OsString;
use std::process::{Command, ExitCode};

use xtask::AnyServer;

use super::child::{self, cargo};
use super::error::CommandError;

pub(crate) fn run(mut args: Vec<OsString>) -> Result<ExitCode, CommandError> {
    match args.first().and_then(|first| first.to_str()) {
        Some("--real") => on_a_real_server(args.split_off(1)),
        _ => Err(CommandError::Usage("`test --real`; on the embedded server it is `cargo test`".to_owned())),
    }
}

fn on_a_real_server(args: Vec<OsString>) -> Result<ExitCode, CommandError> {
    let server = AnyServer::get()?;
    eprintln!("xtask: testing on the server at {}", server.address());
    let mut command = tests(args);
    server.apply(&mut command);
    let result = child::run(&mut command);
    server.stop();
    result
}

/// As `cargo test` has built them. With `--package`, cargo may choose other features and build again.
fn tests(args: Vec<OsString>) -> Command {
    let mut command = cargo();
    command.args(["test", "--test", "main"]).args(args);
    command
}
