//! What can go wrong, and what to do about it.

use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;
use std::time::Duration;

/// Why a virtual environment of Python could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InstallError {
    /// The Python interpreter does not start.
    #[error("`{python}` does not run ({cause}); install Python 3 with its venv module")]
    Python {
        /// The interpreter.
        python: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// A command failed.
    #[error("`{command}` failed ({ending}){fix}, and printed:\n{output}")]
    Command {
        /// The command line.
        command: String,
        /// How it ended.
        ending: String,
        /// What to do, if it is known.
        fix: &'static str,
        /// The end of what it printed.
        output: String,
    },
    /// A file or folder of the environment cannot be read or written.
    #[error("cannot prepare {path} ({cause}); check that it can be written, or set CARGO_TARGET_DIR to another folder")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
}

/// Why there is no Temporal CLI.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CliError {
    /// `DURABLY_TEMPORAL_CLI` names something else.
    #[error(
        "DURABLY_TEMPORAL_CLI is {path}, which is not a Temporal CLI ({cause}); \
         set it to the path of a `temporal` program, or unset it"
    )]
    Override {
        /// Its value.
        path: PathBuf,
        /// What happened when it was tried.
        cause: String,
    },
    /// Every way to find or install one failed.
    #[error(
        "there is no Temporal CLI:\n\
         - DURABLY_TEMPORAL_CLI is not set\n\
         - PATH has no working `temporal`{rejected}\n\
         - installing it into {venv} did not work: {cause}\n\
         To fix it: install the Temporal CLI (https://docs.temporal.io/cli), or set DURABLY_TEMPORAL_CLI to the path \
         of one, or set TEMPORAL_ADDRESS to use a server that runs already."
    )]
    NotFound {
        /// The programs of that name that did not answer as a Temporal CLI.
        rejected: String,
        /// Where one was to be installed.
        venv: PathBuf,
        /// Why it was not.
        cause: Box<InstallError>,
    },
}

/// Why there is no dev server.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DevServerError {
    /// There is no Temporal CLI to start it with.
    #[error(transparent)]
    Cli(#[from] CliError),
    /// The port that was asked for is in use.
    #[error("port {port} of 127.0.0.1 is in use; stop what listens there, or leave the port out to get a free one")]
    PortInUse {
        /// The port.
        port: u16,
    },
    /// The system refused something that the server needs.
    #[error("cannot {action} for the dev server: {cause}")]
    System {
        /// What was refused.
        action: &'static str,
        /// Why.
        cause: io::Error,
    },
    /// It ended by itself before it was healthy.
    #[error("the dev server ended ({status}) before it was healthy; `{command}` printed:\n{log}")]
    Ended {
        /// How it ended.
        status: ExitStatus,
        /// The command line.
        command: String,
        /// The end of what it printed.
        log: String,
    },
    /// It was not healthy in time.
    #[error(
        "the dev server at {address} was not healthy after {limit:?} ({detail}); \
         a busy machine may need a longer start_limit. `{command}` printed:\n{log}"
    )]
    NotHealthy {
        /// Where it should listen.
        address: String,
        /// How long was waited.
        limit: Duration,
        /// What the last check said.
        detail: String,
        /// The command line.
        command: String,
        /// The end of what it printed.
        log: String,
    },
}
