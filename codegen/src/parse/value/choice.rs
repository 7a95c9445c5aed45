//! One of a few named values: as an identifier, as a path to it, or as a string.

use darling::{FromMeta, Result};
use heck::ToUpperCamelCase;
use quote::ToTokens;
use syn::{Expr, Ident, Meta, spanned::Spanned as _};

use super::{at, key, text_of, value_of};
use crate::{parse::rename::RenameAll, suggest};

/// `id_reuse_policy = AllowDuplicate`
#[derive(Debug)]
pub(crate) struct ReusePolicy(pub(crate) Ident);

/// `id_conflict_policy = UseExisting`
#[derive(Debug)]
pub(crate) struct ConflictPolicy(pub(crate) Ident);

/// `flavor = "multi_thread"`
#[derive(Debug)]
pub(crate) struct Flavor(pub(crate) Ident);

impl FromMeta for Flavor {
    fn from_meta(item: &Meta) -> Result<Self> {
        parse_choice(item, &["current_thread", "multi_thread"]).map(Self)
    }
}

/// `category = Benign`
#[derive(Debug)]
pub(crate) struct Category(pub(crate) Ident);

impl FromMeta for Category {
    fn from_meta(item: &Meta) -> Result<Self> {
        parse_choice(item, &["Benign"]).map(Self)
    }
}

impl FromMeta for ReusePolicy {
    fn from_meta(item: &Meta) -> Result<Self> {
        parse_choice(item, &["AllowDuplicate", "AllowDuplicateFailedOnly", "RejectDuplicate"]).map(Self)
    }
}

impl FromMeta for ConflictPolicy {
    fn from_meta(item: &Meta) -> Result<Self> {
        parse_choice(item, &["Fail", "UseExisting", "TerminateExisting"]).map(Self)
    }
}

impl FromMeta for RenameAll {
    fn from_meta(item: &Meta) -> Result<Self> {
        let value = value_of(item, "\"PascalCase\"")?;
        // `kebab-case` without quotes is a subtraction to syn.
        let written = text_of(value).unwrap_or_else(|| value.to_token_stream().to_string().replace(' ', ""));
        Self::named(&written).ok_or_else(|| {
            let allowed = suggest::list(Self::NAMES);
            let hint = suggest::did_you_mean(&written, Self::NAMES);
            at(value, format!("`{written}` is not a case: `rename_all` is one of {allowed}{hint}"))
        })
    }
}

/// One of the named values of an enum: as an identifier, as a path to it, or as a string in any case.
fn parse_choice(item: &Meta, allowed: &[&str]) -> Result<Ident> {
    let value = value_of(item, allowed.first().copied().unwrap_or_default())?;
    let written = match value {
        Expr::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => text_of(value),
    }
    .unwrap_or_else(|| value.to_token_stream().to_string());
    match allowed.iter().find(|name| **name == written || **name == written.to_upper_camel_case()) {
        Some(name) => Ok(Ident::new(name, value.span())),
        None => {
            let hint = suggest::did_you_mean(&written.to_upper_camel_case(), allowed.iter().copied());
            let one_of = if allowed.len() == 1 { "" } else { "one of " };
            let allowed = suggest::list(allowed.iter().copied());
            Err(at(value, format!("`{written}` is not a value of `{}`: it is {one_of}{allowed}{hint}", key(item))))
        }
    }
}
