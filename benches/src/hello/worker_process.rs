//! A worker in a process of its own that tells its CPU time.

use std::{
    error::Error,
    io::{BufRead as _, Write as _},
    process::Stdio,
    time::Duration,
};

use rustix::time::{ClockId, clock_gettime};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    process::{Child, ChildStdin, ChildStdout, Command},
};

use super::variant::Variant;

/// Answers each line on stdin with the CPU time so far, and ends the process when stdin does.
pub(super) fn answer_cpu_time() {
    std::thread::spawn(|| {
        for line in std::io::stdin().lock().lines() {
            if line.is_err() {
                break;
            }
            let time = clock_gettime(ClockId::ProcessCPUTime);
            let nanoseconds = time.tv_sec as u128 * 1_000_000_000 + time.tv_nsec as u128;
            println!("{nanoseconds}");
            let _ = std::io::stdout().flush();
        }
        std::process::exit(0);
    });
}

/// The other end.
pub(super) struct WorkerProcess {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl WorkerProcess {
    pub(super) async fn start(variant: &Variant, address: &str, task_queue: &str) -> Result<Self, Box<dyn Error>> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["worker", variant.id, address, task_queue]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("the worker has no pipes".into());
        };
        Ok(Self { child, stdin, stdout: BufReader::new(stdout) })
    }

    pub(super) async fn cpu_time(&mut self) -> Result<Duration, Box<dyn Error>> {
        self.stdin.write_all(b"\n").await?;
        let mut line = String::new();
        self.stdout.read_line(&mut line).await?;
        Ok(Duration::from_nanos(line.trim().parse()?))
    }

    pub(super) async fn stop(mut self) -> Result<(), Box<dyn Error>> {
        drop(self.stdin);
        self.child.wait().await?;
        Ok(())
    }
}
