//! What the examples share: a Temporal service to run on, names for what they leave on it, patience with it.

mod eventually;
mod search_attribute;

pub use eventually::eventually;
pub use search_attribute::register_keyword;
pub use xtask::AnyServer;

/// The Temporal service the examples run on: the one `TEMPORAL_ADDRESS` names, else a dev server that lives as long as the
/// value returned.
///
/// Errors: there is no Temporal CLI, and none can be installed; the message says what was tried.
pub fn server() -> Result<AnyServer, Box<dyn std::error::Error>> {
    Ok(AnyServer::get()?)
}

/// A name that nothing else on the service has, however often an example runs there.
pub fn unique(name: &str) -> String {
    format!("{name}-{}", uuid::Uuid::new_v4().simple())
}
