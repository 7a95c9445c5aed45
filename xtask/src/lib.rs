//! Repository chores as a library: a real Temporal dev server and Python environments, for tests,
//! examples and benches that need them.
//!
//! ```no_run
//! let server = xtask::DevServer::start()?;
//! println!("a Temporal service listens on {}", server.address());
//! # Ok::<(), xtask::DevServerError>(())
//! ```
//!
//! There is no async code here and no Temporal crate: this builds in seconds, before anything else.

#[cfg(not(unix))]
compile_error!("xtask runs on Unix only; on Windows, use WSL or set TEMPORAL_ADDRESS to a running server");

mod any_server;
mod bounded;
mod cli_binary;
mod error;
mod health;
mod lacking;
mod leash;
mod lock;
mod port;
mod scratch;
mod server;
mod venv;
mod workspace;

pub use any_server::{AnyServer, point_at, unconfigured};
pub use bounded::{Finished, run_within};
pub use cli_binary::temporal_cli;
pub use error::{CliError, DevServerError, InstallError};
pub use lacking::lacking;
pub use server::{DevServer, DevServerBuilder};
pub use venv::python_venv;
pub use workspace::{target_dir, workspace_root};
