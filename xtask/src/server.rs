//! The real Temporal dev server as a value: it runs as long as the value lives.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::any_server::point_at;
use crate::cli_binary::temporal_cli;
use crate::error::DevServerError;
use crate::health::{Unhealthy, wait_until_healthy};
use crate::leash::Leashed;
use crate::port;
use crate::scratch::Scratch;

/// A graceful stop takes the server about three seconds.
const STOP_LIMIT: Duration = Duration::from_secs(10);
/// How often another port is tried when a free one is taken before the server gets to it.
const ATTEMPTS: usize = 5;

/// A Temporal dev server on this machine, healthy when you get it.
///
/// It ends with its owner: dropping the value kills it, and so does the end of the owner's process,
/// whatever the reason. So it may live in a `static`, shared by all tests of a process.
#[derive(Debug)]
pub struct DevServer {
    options: DevServerBuilder,
    cli: PathBuf,
    port: u16,
    address: String,
    ui_address: Option<String>,
    log: Scratch,
    process: Option<Leashed>,
}

/// What a dev server is started with.
#[derive(Clone, Debug)]
pub struct DevServerBuilder {
    db_file: Option<PathBuf>,
    port: Option<u16>,
    ui: bool,
    extra_args: Vec<OsString>,
    start_limit: Duration,
}

impl DevServerBuilder {
    /// Keeps the server's state in a file, so that it survives [`DevServer::kill`] and
    /// [`DevServer::restart`]; otherwise it is in memory.
    pub fn db_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.db_file = Some(path.into());
        self
    }

    /// Listens on this port of 127.0.0.1; otherwise on a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// Serves the web UI too, on a free port; off by default.
    pub fn ui(mut self, ui: bool) -> Self {
        self.ui = ui;
        self
    }

    /// More arguments for `temporal server start-dev`, such as `--dynamic-config-value` and
    /// `--search-attribute`.
    pub fn extra_args<A: Into<OsString>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.extra_args.extend(args.into_iter().map(Into::into));
        self
    }

    /// How long the server may take until it is healthy; 30 seconds by default.
    pub fn start_limit(mut self, limit: Duration) -> Self {
        self.start_limit = limit;
        self
    }

    /// Starts the server and waits until it is healthy.
    pub fn start(self) -> Result<DevServer, DevServerError> {
        let cli = temporal_cli()?;
        if let Some(port) = self.port {
            return DevServer::prepare(self, cli, port)?.run();
        }
        let mut attempt = 1;
        loop {
            let port = free_port()?;
            match DevServer::prepare(self.clone(), cli.clone(), port)?.run() {
                Err(error) if attempt < ATTEMPTS && is_port_taken(&error) => attempt += 1,
                result => return result,
            }
        }
    }

    fn args(&self, port: u16, ui_port: Option<u16>) -> Vec<OsString> {
        let mut args: Vec<OsString> =
            ["server", "start-dev", "--ip", "127.0.0.1", "--log-level", "error"].map(OsString::from).into();
        args.extend(["--port".into(), port.to_string().into()]);
        match ui_port {
            Some(ui_port) => args.extend(["--ui-port".into(), ui_port.to_string().into()]),
            None => args.push("--headless".into()),
        }
        if let Some(path) = &self.db_file {
            args.extend(["--db-filename".into(), path.into()]);
        }
        args.extend(self.extra_args.iter().cloned());
        args
    }
}

impl DevServer {
    /// Starts a server in memory, on a free port, without the web UI.
    pub fn start() -> Result<Self, DevServerError> {
        Self::builder().start()
    }

    /// Starts a server with other options.
    pub fn builder() -> DevServerBuilder {
        let start_limit = Duration::from_secs(30);
        DevServerBuilder { db_file: None, port: None, ui: false, extra_args: Vec::new(), start_limit }
    }

    /// Where it listens, as `TEMPORAL_ADDRESS` takes it: `127.0.0.1:PORT`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Where its web UI is, if it has one: `127.0.0.1:PORT`.
    pub fn ui_address(&self) -> Option<&str> {
        self.ui_address.as_deref()
    }

    /// The process id of the server, while it runs.
    pub fn process_id(&self) -> Option<u32> {
        self.process.as_ref().map(Leashed::id)
    }

    /// Whether the server runs: it was not killed, and has not ended by itself.
    pub fn is_running(&mut self) -> bool {
        let ended = self.process.as_mut().is_none_or(|process| !matches!(process.ended(), Ok(None)));
        if ended {
            self.process = None;
        }
        !ended
    }

    /// A command of the Temporal CLI that talks to this server: `server.cli(["workflow", "list"])`.
    pub fn cli<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Command {
        cli_command(&self.cli, &self.address, args)
    }

    /// The end of what the server printed; it prints errors only, unless `extra_args` say
    /// otherwise.
    pub fn log_tail(&self) -> String {
        self.log.tail()
    }

    /// Kills the server as a power failure would. What is not in its `db_file` is gone.
    pub fn kill(&mut self) {
        self.process = None;
    }

    /// Starts the server again, at the same address and with the same `db_file`; stops it before if
    /// it runs.
    pub fn restart(&mut self) -> Result<(), DevServerError> {
        self.terminate();
        self.launch()
    }

    /// Stops the server gracefully; kills it if that takes more than ten seconds.
    pub fn stop(mut self) {
        self.terminate();
    }

    fn prepare(options: DevServerBuilder, cli: PathBuf, port: u16) -> Result<Self, DevServerError> {
        let ui_port = if options.ui { Some(free_port()?) } else { None };
        Ok(Self {
            options,
            cli,
            port,
            address: format!("127.0.0.1:{port}"),
            ui_address: ui_port.map(|ui_port| format!("127.0.0.1:{ui_port}")),
            log: Scratch::new().map_err(refused("create a log file"))?,
            process: None,
        })
    }

    fn run(mut self) -> Result<Self, DevServerError> {
        self.launch()?;
        Ok(self)
    }

    fn launch(&mut self) -> Result<(), DevServerError> {
        if !port::is_free(self.port) {
            return Err(DevServerError::PortInUse { port: self.port });
        }
        let ui_port = self.ui_address.as_ref().and_then(|address| address.rsplit(':').next()?.parse().ok());
        let args = self.options.args(self.port, ui_port);
        let mut process = Leashed::spawn(&self.cli, &args, &self.log).map_err(refused("start a process"))?;
        let limit = self.options.start_limit;
        let healthy = wait_until_healthy(
            self.port,
            limit,
            || cli_command(&self.cli, &self.address, ["operator", "cluster", "health"]),
            || process.ended().transpose(),
        );
        let log = self.log.tail();
        match healthy {
            Ok(()) => {
                self.process = Some(process);
                Ok(())
            }
            Err(Unhealthy::Ended(Ok(status))) => {
                Err(DevServerError::Ended { status, command: command_line(&self.cli, &args), log })
            }
            Err(Unhealthy::Ended(Err(cause))) => Err(refused("watch the process")(cause)),
            Err(Unhealthy::TimedOut(detail)) => Err(DevServerError::NotHealthy {
                address: self.address.clone(),
                limit,
                detail,
                command: command_line(&self.cli, &args),
                log,
            }),
        }
    }

    fn terminate(&mut self) {
        if let Some(process) = self.process.take() {
            process.terminate(STOP_LIMIT);
        }
    }
}

fn free_port() -> Result<u16, DevServerError> {
    port::free_port().map_err(refused("find a free port"))
}

fn refused(action: &'static str) -> impl Fn(io::Error) -> DevServerError {
    move |cause| DevServerError::System { action, cause }
}

/// Only asked when the port was ours to choose.
fn is_port_taken(error: &DevServerError) -> bool {
    match error {
        DevServerError::PortInUse { .. } => true,
        DevServerError::Ended { log, .. } => log.contains("address already in use"),
        _ => false,
    }
}

fn cli_command<A: AsRef<OsStr>>(cli: &Path, address: &str, args: impl IntoIterator<Item = A>) -> Command {
    let mut command = Command::new(cli);
    command.args(args);
    point_at(&mut command, address);
    command
}

fn command_line(program: &Path, args: &[OsString]) -> String {
    let args: Vec<_> = args.iter().map(|arg| arg.to_string_lossy()).collect();
    format!("{} {}", program.display(), args.join(" "))
}

#[cfg(test)]
mod tests;
