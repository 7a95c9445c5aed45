//! Tests that need a process of their own: for signals of the operating system, or for another environment.

use std::{
    env, io,
    process::{Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

const TOLD: &str = "DURABLY_TESTS_CHILD";
const LIMIT: Duration = Duration::from_secs(60);

/// An ignored test of this binary, run in a process of its own; killed when dropped.
pub struct Child(std::process::Child);

impl Child {
    /// Runs the ignored test of this name; `word` is what [`told_to`] gives there.
    pub fn start(test: &str, word: &str, change: impl FnOnce(&mut Command)) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args([test, "--exact", "--ignored", "--nocapture"]).env(TOLD, word).stdout(Stdio::null());
        change(&mut command);
        Self(command.spawn().unwrap())
    }

    /// Asks it to end, as a service manager does.
    pub fn terminate(&self) {
        let killed = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status().unwrap();
        assert!(killed.success());
    }

    /// Waits for it to end by itself.
    pub fn wait(mut self) -> io::Result<ExitStatus> {
        let deadline = Instant::now() + LIMIT;
        loop {
            match self.0.try_wait()? {
                Some(status) => return Ok(status),
                None if Instant::now() > deadline => return Err(io::ErrorKind::TimedOut.into()),
                None => thread::sleep(Duration::from_millis(20)),
            }
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What the process was started to do; `None` if no [`Child`] started it.
pub fn told_to() -> Option<String> {
    env::var(TOLD).ok()
}
