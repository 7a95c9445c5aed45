//! Search attributes: their types, their values, and which a namespace has.

pub(super) mod datetime;
mod kind;
mod limits;
mod payloads;
mod registry;
mod system;
mod value;

pub(crate) use kind::Kind;
pub(crate) use payloads::merge;
pub(crate) use registry::Attributes;
pub(crate) use value::Value;

/// What a run's search attributes hold, by name; what is unset is absent.
pub(crate) type Values = std::collections::BTreeMap<String, Value>;

#[cfg(test)]
mod tests;
