//! The program `durably-embedded`, as a process.

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
};

/// A server in a process of its own, killed when dropped.
pub(crate) struct Program {
    process: Child,
    address: String,
}

fn command(file: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_durably-embedded"));
    command.args(["--port", "0", "--db"]).arg(file);
    command
}

impl Program {
    /// Does not wait until it is there.
    pub(crate) fn spawn(file: &Path) -> Self {
        Self::run(command(file))
    }

    fn run(mut command: Command) -> Self {
        let process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        Self { process, address: String::new() }
    }

    /// Waits until it listens.
    pub(crate) fn start(file: &Path) -> Self {
        Self::start_with(command(file))
    }

    fn start_with(command: Command) -> Self {
        let mut program = Self::run(command);
        let mut line = String::new();
        BufReader::new(program.process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        program.address = match line.trim().strip_prefix("durably-embedded listens on ") {
            Some(address) => address.to_owned(),
            None => panic!("{line:?}: {}", program.errors()),
        };
        program
    }

    /// One whose files may not be larger than that.
    pub(crate) fn start_limited(file: &Path, kilobytes: u64) -> Self {
        let plain = command(file);
        let mut limited = Command::new("bash");
        limited.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" \"$@\""));
        limited.arg(plain.get_program()).args(plain.get_args());
        Self::start_with(limited)
    }

    /// Runs until it ends by itself: how, and what it says of it.
    pub(crate) fn fails(file: &Path) -> (ExitStatus, String) {
        let mut program = Self::spawn(file);
        let errors = program.errors();
        (program.process.wait().unwrap(), errors)
    }

    fn errors(&mut self) -> String {
        let mut errors = String::new();
        self.process.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        errors
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// With SIGKILL.
    pub(crate) fn kill(self) {
        drop(self);
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
