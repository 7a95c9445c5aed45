//! A child process that does not outlive its owner, however the owner ends.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::bounded::wait_within;
use crate::scratch::Scratch;

/// The shell becomes the program (`exec`), so the program has the process id we know. Before that
/// it leaves a watcher behind that reads the pipe whose other end only the owner holds. A line
/// means that the owner has seen the program end. The end of the pipe without a line means that the
/// owner is gone, be it by SIGKILL.
const SCRIPT: &str = r#"
exec 3<&0
(
    read -r _ <&3 && exit
    kill -TERM $$
    tries=0
    while [ $tries -lt 100 ] && kill -0 $$; do sleep 0.1; tries=$((tries + 1)); done
    kill -KILL $$
) </dev/null >/dev/null 2>&1 &
exec "$@" 3<&- </dev/null
"#;

#[derive(Debug)]
pub(crate) struct Leashed {
    child: Child,
    leash: Option<ChildStdin>,
}

impl Leashed {
    pub(crate) fn spawn<A: AsRef<OsStr>>(program: &Path, args: &[A], log: &Scratch) -> io::Result<Self> {
        let mut command = Command::new("sh");
        command.args(["-c", SCRIPT, "leash"]).arg(program).args(args);
        command.stdin(Stdio::piped()).stdout(log.stdio()?).stderr(log.stdio()?);
        // Ctrl-C in a terminal goes to the owner, which decides what becomes of its children.
        command.process_group(0);
        let mut child = command.spawn()?;
        let leash = child.stdin.take();
        Ok(Self { child, leash })
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// How it ended, if it has.
    pub(crate) fn ended(&mut self) -> io::Result<Option<ExitStatus>> {
        let status = self.child.try_wait()?;
        if status.is_some() {
            self.release();
        }
        Ok(status)
    }

    /// Asks it to end, and kills it if it has not after `limit`.
    pub(crate) fn terminate(mut self, limit: Duration) {
        let running = matches!(self.child.try_wait(), Ok(None));
        // The process is not reaped yet, so the id is still its own.
        if let Some(pid) = Pid::from_raw(self.child.id() as i32).filter(|_| running)
            && kill_process(pid, Signal::TERM).is_ok()
        {
            let _ = wait_within(&mut self.child, limit);
        }
        // Dropping kills what still runs.
    }

    fn release(&mut self) {
        if let Some(mut leash) = self.leash.take() {
            // The watcher may be gone already.
            let _ = leash.write_all(b"\n");
        }
    }
}

impl Drop for Leashed {
    /// Kills and reaps it.
    fn drop(&mut self) {
        // Both do nothing for a process that was waited for.
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.release();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::Instant;

    use super::*;

    fn shell(script: &str, log: &Scratch) -> Leashed {
        Leashed::spawn(Path::new("sh"), &["-c", script], log).unwrap()
    }

    fn wait_for(what: &str, mut done: impl FnMut() -> bool) {
        let start = Instant::now();
        while !done() {
            assert!(start.elapsed() < Duration::from_secs(10), "still waiting for {what}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn output_goes_to_the_log_and_the_status_is_the_programs_own() {
        let log = Scratch::new().unwrap();
        let mut leashed = shell("echo hello; exit 7", &log);
        let mut status = None;
        wait_for("the end", || {
            status = leashed.ended().unwrap();
            status.is_some()
        });
        assert_eq!(status.unwrap().code(), Some(7));
        assert_eq!(log.text().unwrap(), "hello\n");
    }

    #[test]
    fn terminate_lets_the_program_clean_up() {
        let log = Scratch::new().unwrap();
        let leashed = shell("trap 'echo cleaned; exit 0' TERM; echo ready; while :; do sleep 0.01; done", &log);
        wait_for("ready", || log.tail() == "ready");
        leashed.terminate(Duration::from_secs(10));
        assert_eq!(log.tail(), "ready\ncleaned");
    }

    #[test]
    fn terminate_kills_what_ignores_it() {
        let log = Scratch::new().unwrap();
        let leashed = shell("trap '' TERM; echo ready; while :; do sleep 0.01; done", &log);
        wait_for("ready", || log.tail() == "ready");
        let start = Instant::now();
        leashed.terminate(Duration::from_millis(50));
        assert!(start.elapsed() < Duration::from_secs(5));
    }

    #[test]
    fn a_closed_leash_ends_the_program() {
        let log = Scratch::new().unwrap();
        let mut leashed = shell("trap 'echo cleaned; exit 0' TERM; echo ready; while :; do sleep 0.01; done", &log);
        wait_for("ready", || log.tail() == "ready");
        // What the system does when the owner dies.
        leashed.leash = None;
        wait_for("the end", || leashed.ended().unwrap().is_some());
        assert_eq!(log.tail(), "ready\ncleaned");
    }
}
