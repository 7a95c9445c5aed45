//! Programs in `tests/python`, written with Temporal's SDK for Python.

use std::{
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
    sync::OnceLock,
    time::Duration,
};

use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::{Child, ChildStdin, ChildStdout, Command},
    task::JoinHandle,
    time::timeout,
};

use xtask::lacking;

/// What the programs import.
const PACKAGES: &[&str] = &["temporalio==1.35.0"];
/// The line a worker prints once it polls.
const READY: &str = "ready";
/// How long a program may take to get ready, to end, or for its whole work if it is a client.
const LIMIT: Duration = Duration::from_secs(60);

/// Runs a client to its end. It prints one line, which is what it saw, as JSON. `None` if there is
/// no Python here, and the test is to be skipped.
pub async fn run_client(script: &str, args: &[&str]) -> Option<Value> {
    let mut program = Program::spawn(script, args).await?;
    let line = program.line().await;
    let stderr = program.end().await;
    let seen = serde_json::from_str(&line);
    Some(seen.unwrap_or_else(|error| panic!("{script} printed `{line}`: {error}\n{stderr}")))
}

/// A worker that runs until it is stopped.
#[must_use = "dropping it kills the worker"]
pub struct PythonWorker(Program);

impl PythonWorker {
    /// Starts a worker; it is ready when this returns. `None` if there is no Python here, and the test is to be skipped.
    pub async fn start(script: &str, args: &[&str]) -> Option<Self> {
        let mut program = Program::spawn(script, args).await?;
        let line = program.line().await;
        if line != READY {
            let stderr = program.end().await;
            panic!("{script} printed `{line}` instead of `{READY}`\n{stderr}");
        }
        Some(Self(program))
    }

    /// Asks the worker to shut down, and waits until it has.
    pub async fn stop(self) {
        self.0.end().await;
    }
}

struct Program {
    script: String,
    child: Child,
    /// The program ends when this does, so it does not outlive a test that is killed.
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    stderr: JoinHandle<String>,
}

impl Program {
    async fn spawn(script: &str, args: &[&str]) -> Option<Self> {
        let mut command = Command::new(tokio::task::spawn_blocking(python).await.unwrap()?);
        command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("python").join(script)).args(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{script}: {error}"));
        let mut errors = child.stderr.take().unwrap();
        Some(Self {
            script: script.to_owned(),
            stdin: child.stdin.take(),
            stdout: BufReader::new(child.stdout.take().unwrap()),
            // Read all the time: a full pipe would block the program.
            stderr: tokio::spawn(async move {
                let mut text = Vec::new();
                let _ = errors.read_to_end(&mut text).await;
                String::from_utf8_lossy(&text).into_owned()
            }),
            child,
        })
    }

    /// The next line it prints; empty if it ends instead.
    async fn line(&mut self) -> String {
        let mut line = String::new();
        let read = timeout(LIMIT, self.stdout.read_line(&mut line)).await;
        read.unwrap_or_else(|_| panic!("{} printed nothing for {LIMIT:?}", self.script)).unwrap();
        line.trim_end().to_owned()
    }

    /// Waits for its end and gives what it wrote to stderr, for messages.
    async fn end(mut self) -> String {
        drop(self.stdin.take());
        let ended = timeout(LIMIT, self.child.wait()).await;
        let status: ExitStatus = ended.unwrap_or_else(|_| panic!("{} does not end", self.script)).unwrap();
        let stderr = self.stderr.await.unwrap();
        assert!(status.success(), "{} failed: {status}\n{stderr}", self.script);
        stderr
    }
}

/// The interpreter, with the packages; installing them takes a while, once.
fn python() -> Option<&'static PathBuf> {
    static PYTHON: OnceLock<Option<PathBuf>> = OnceLock::new();
    let install = || xtask::python_venv(PACKAGES).map_err(|error| lacking("Python", &error)).ok();
    PYTHON.get_or_init(install).as_ref()
}
