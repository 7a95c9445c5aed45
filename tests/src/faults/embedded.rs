//! The program `durably-embedded` with a file.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use xtask::target_dir;

/// The process, killed when dropped.
pub(super) struct EmbeddedServer(Child);

impl EmbeddedServer {
    /// The server, and where it listens. `cargo test` builds it with the tests.
    pub(super) fn start(db_file: &Path, port: u16) -> (Self, String) {
        let program = target_dir().join("debug/durably-embedded");
        let mut command = Command::new(&program);
        command.arg("--port").arg(port.to_string()).arg("--db").arg(db_file).stdout(Stdio::piped());
        let started = command.spawn();
        let mut process =
            started.unwrap_or_else(|error| panic!("{}: {error}; `cargo test --no-run` builds it", program.display()));
        let mut line = String::new();
        let output = process.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut line).expect("its output");
        match line.trim().strip_prefix("durably-embedded listens on ") {
            Some(address) => (Self(process), address.to_owned()),
            None => panic!("the server says {line:?} instead of its address"),
        }
    }

    /// As a service manager does it.
    pub(super) fn stop(mut self) {
        let status = Command::new("kill").arg(self.0.id().to_string()).status().expect("`kill`");
        assert!(status.success());
        assert!(self.0.wait().expect("its end").success());
    }
}

impl Drop for EmbeddedServer {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
