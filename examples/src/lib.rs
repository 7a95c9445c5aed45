//! What the examples share: a Temporal service to run on.

pub use xtask::AnyServer;

/// The Temporal service the examples run on: the one `TEMPORAL_ADDRESS` names, else a dev server that lives as long as the
/// value returned.
///
/// Errors: there is no Temporal CLI, and none can be installed; the message says what was tried.
pub fn server() -> Result<AnyServer, Box<dyn std::error::Error>> {
    Ok(AnyServer::get()?)
}
