use std::ffi::OsString;
use std::io::{self, BufRead, BufReader};
use std::process::{Child, Command, ExitCode, Stdio};

use xtask::{AnyServer, point_at, target_dir};

use super::child::{self, cargo, display};
use super::error::CommandError;

pub(crate) fn run(mut args: Vec<OsString>) -> Result<ExitCode, CommandError> {
    match args.first().and_then(|first| first.to_str()) {
        Some("--real") => on_a_real_server(args.split_off(1)),
        Some("--embedded") => on_the_embedded_server(args.split_off(1)),
        _ => Err(CommandError::Usage("`test --real` or `test --embedded`; the rest is `cargo test`".to_owned())),
    }
}

/// Tests of what the embedded server says it does not implement.
const NOT_EMBEDDED: &[&str] = &["deployments::"];

fn on_a_real_server(args: Vec<OsString>) -> Result<ExitCode, CommandError> {
    let server = AnyServer::get()?;
    eprintln!("xtask: testing on the server at {}", server.address());
    let mut command = tests(args);
    server.apply(&mut command);
    let result = child::run(&mut command);
    server.stop();
    result
}

fn on_the_embedded_server(args: Vec<OsString>) -> Result<ExitCode, CommandError> {
    // That builds the server as well: it has tests of its own that run it.
    let mut build = cargo();
    build.args(["test", "--no-run"]);
    let status = build.status();
    let status = status.map_err(|cause| CommandError::Spawn { command: display(&build), cause })?;
    if !status.success() {
        return Err(CommandError::Failed { command: display(&build), ending: status.to_string() });
    }
    let mut program = Command::new(target_dir().join("debug/durably-embedded"));
    program.args(["--port", "0"]).stdout(Stdio::piped());
    let started = program.spawn().and_then(|process| {
        let mut server = Embedded(process);
        let address = server.address()?;
        Ok((server, address))
    });
    let (_server, address) = started.map_err(|cause| CommandError::Spawn { command: display(&program), cause })?;
    eprintln!("xtask: testing on the embedded server at {address}");
    let mut command = tests(args);
    if !command.get_args().any(|arg| arg == "--") {
        command.arg("--");
    }
    command.args(NOT_EMBEDDED.iter().flat_map(|test| ["--skip", test]));
    point_at(&mut command, &address);
    child::run(&mut command)
}

/// As `cargo test` has built them. With `--package`, cargo may choose other features and build again.
fn tests(args: Vec<OsString>) -> Command {
    let mut command = cargo();
    command.args(["test", "--test", "main"]).args(args);
    command
}

/// The embedded server in a process of its own, killed when dropped.
struct Embedded(Child);

impl Embedded {
    /// What it says of itself first: `durably-embedded listens on 127.0.0.1:PORT`.
    fn address(&mut self) -> io::Result<String> {
        let output = self.0.stdout.take().ok_or_else(|| io::Error::other("it has no output"))?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let address = line.trim().rsplit(' ').next().filter(|address| address.contains(':'));
        address.map(str::to_owned).ok_or_else(|| io::Error::other(format!("it says {line:?} instead of its address")))
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
