//! Sorts the user's own attributes: what generated items carry too.

use syn::{Attribute, Meta};

use crate::model::Attrs;

const LINTS: [&str; 5] = ["allow", "expect", "warn", "deny", "forbid"];

/// Sorts the attributes of an item. What is not ours to copy (derives, `cfg_attr`, `#[doc(hidden)]`) stays on the item only.
pub(crate) fn parse_attrs(attributes: &[Attribute]) -> Attrs {
    let mut attrs = Attrs::default();
    for attribute in attributes {
        let path = attribute.path();
        if let (true, Meta::NameValue(doc)) = (path.is_ident("doc"), &attribute.meta) {
            attrs.docs.push(doc.value.clone());
        } else if path.is_ident("cfg") {
            attrs.cfg.push(attribute.clone());
        } else if path.is_ident("deprecated") {
            attrs.deprecated.push(attribute.clone());
        } else if LINTS.iter().any(|lint| path.is_ident(lint)) {
            attrs.lint.push(attribute.clone());
        }
    }
    attrs
}
