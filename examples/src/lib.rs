//! What the examples share: names for what they leave on a Temporal service, and patience with it.

mod eventually;
mod search_attribute;

pub use eventually::eventually;
pub use search_attribute::register_keyword;

/// A name that nothing else on the service has, however often an example runs there.
pub fn unique(name: &str) -> String {
    format!("{name}-{}", uuid::Uuid::new_v4().simple())
}
