//! Commands that run in the foreground.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io;
use std::iter;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitCode, ExitStatus};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use signal_hook::consts::{SIGINT, SIGTERM};
use xtask::workspace_root;

use super::error::CommandError;

/// How often signals and children are looked at.
pub(crate) const PAUSE: Duration = Duration::from_millis(20);

fn cargo_program() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"))
}

/// The cargo that runs us, in the workspace's root, as a shell would run it: what cargo tells us of our own package would
/// make it build again each crate whose build script reads such variables, and all that depend on it.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(cargo_program());
    command.current_dir(workspace_root());
    for (name, _) in env::vars_os().filter(|(name, _)| is_of_our_package(name)) {
        command.env_remove(name);
    }
    command
}

fn is_of_our_package(variable: &OsStr) -> bool {
    let prefixes = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
    prefixes.iter().any(|prefix| variable.as_encoded_bytes().starts_with(prefix.as_bytes()))
}

/// The command line, for messages.
pub(crate) fn display(command: &Command) -> String {
    let program = command.get_program();
    let program = if program == cargo_program() { "cargo".as_ref() } else { program };
    iter::once(program).chain(command.get_args()).map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// From when this exists, Ctrl-C and SIGTERM only set flags, so that servers can be stopped in
/// order.
pub(crate) struct Signals {
    interrupt: Arc<AtomicBool>,
    terminate: Arc<AtomicBool>,
}

impl Signals {
    pub(crate) fn catch() -> io::Result<Self> {
        let (interrupt, terminate) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
        signal_hook::flag::register(SIGINT, Arc::clone(&interrupt))?;
        signal_hook::flag::register(SIGTERM, Arc::clone(&terminate))?;
        Ok(Self { interrupt, terminate })
    }

    pub(crate) fn came(&self) -> bool {
        self.interrupt.load(Ordering::Relaxed) || self.terminate.load(Ordering::Relaxed)
    }
}

/// Runs the command to its end, which is the command's to choose: a Ctrl-C in the terminal reaches
/// it as it reaches us, and a SIGTERM is passed on.
pub(crate) fn run(command: &mut Command) -> Result<ExitCode, CommandError> {
    let status = Signals::catch().and_then(|signals| wait(&mut command.spawn()?, &signals));
    match status {
        Ok(status) => Ok(exit_code(status)),
        Err(cause) => Err(CommandError::Spawn { command: display(command), cause }),
    }
}

fn wait(child: &mut Child, signals: &Signals) -> io::Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if signals.terminate.swap(false, Ordering::Relaxed)
            && let Some(pid) = Pid::from_raw(child.id() as i32)
        {
            kill_process(pid, Signal::TERM)?;
        }
        thread::sleep(PAUSE);
    }
}

/// As a shell reports it: 128 and the signal, if it was one.
fn exit_code(status: ExitStatus) -> ExitCode {
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    ExitCode::from(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_is_not_told_of_our_package() {
        let removed = |name: &str| cargo().get_envs().any(|(variable, value)| variable == name && value.is_none());
        for name in ["CARGO_PKG_NAME", "CARGO_PKG_VERSION_MAJOR", "CARGO_MANIFEST_DIR"] {
            assert!(env::var_os(name).is_some(), "cargo sets `{name}` for a test");
            assert!(removed(name), "`{name}`");
        }
        assert!(!removed("CARGO_HOME") && !removed("PATH"));
    }
}
