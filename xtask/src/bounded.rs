//! Commands with a time limit.

use std::io;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::scratch::Scratch;

/// What a command printed, and how it ended.
#[derive(Debug)]
pub struct Finished {
    /// `None` if the time limit came first and the command was killed.
    pub status: Option<ExitStatus>,
    /// Everything on standard output.
    pub stdout: String,
    /// Everything on standard error.
    pub stderr: String,
}

impl Finished {
    /// Whether the command ended by itself, with success.
    pub fn success(&self) -> bool {
        self.status.is_some_and(|status| status.success())
    }

    /// How it ended, in words.
    pub fn ending(&self) -> String {
        self.status.map_or_else(|| "it was killed at its time limit".to_owned(), |status| status.to_string())
    }
}

/// Runs `command` without standard input and captures its output; kills it after `limit`.
pub fn run_within(command: &mut Command, limit: Duration) -> io::Result<Finished> {
    let (stdout, stderr) = (Scratch::new()?, Scratch::new()?);
    let mut child = command.stdin(Stdio::null()).stdout(stdout.stdio()?).stderr(stderr.stdio()?).spawn()?;
    let status = wait_within(&mut child, limit)?;
    if status.is_none() {
        child.kill()?;
        child.wait()?;
    }
    Ok(Finished { status, stdout: stdout.text()?, stderr: stderr.text()? })
}

/// The child's exit status, or `None` if it still runs after `limit`.
pub(crate) fn wait_within(child: &mut Child, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= deadline {
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(5));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_and_status_are_captured() {
        let finished =
            run_within(Command::new("sh").args(["-c", "echo out; echo err >&2; exit 3"]), Duration::from_secs(10));
        let finished = finished.unwrap();
        assert_eq!(finished.status.and_then(|status| status.code()), Some(3));
        assert_eq!((finished.stdout.as_str(), finished.stderr.as_str()), ("out\n", "err\n"));
    }

    #[test]
    fn a_command_over_its_limit_is_killed() {
        let start = Instant::now();
        let finished = run_within(Command::new("sleep").arg("30"), Duration::from_millis(50)).unwrap();
        assert!(finished.status.is_none() && !finished.success());
        assert!(start.elapsed() < Duration::from_secs(10));
    }
}
