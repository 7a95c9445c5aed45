//! Names of crates and types.

use darling::{FromMeta, Result};
use syn::{Expr, Ident, Lit, Meta, Path};

use super::{expected, value_of};

/// `crate = path` or `crate = "path"`
#[derive(Debug)]
pub(crate) struct CratePath(pub(crate) Path);

/// `client = function` or `client = "function"`
#[derive(Debug)]
pub(crate) struct FunctionPath(pub(crate) Path);

/// `stub = "Name"` or `stub = Name`
#[derive(Debug)]
pub(crate) struct TypeName(pub(crate) Ident);

impl FromMeta for CratePath {
    fn from_meta(item: &Meta) -> Result<Self> {
        parse_path(item, "\"path::to::durably\"").map(Self)
    }
}

impl FromMeta for FunctionPath {
    fn from_meta(item: &Meta) -> Result<Self> {
        parse_path(item, "function").map(Self)
    }
}

fn parse_path(item: &Meta, example: &str) -> Result<Path> {
    let value = value_of(item, example)?;
    let path = match value {
        Expr::Path(path) if path.qself.is_none() => Some(path.path.clone()),
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => text.parse_with(Path::parse_mod_style).ok(),
            _ => None,
        },
        _ => None,
    };
    path.ok_or_else(|| expected(item, value, example))
}

impl FromMeta for TypeName {
    fn from_meta(item: &Meta) -> Result<Self> {
        let value = value_of(item, "\"Name\"")?;
        let ident = match value {
            Expr::Path(path) => path.path.get_ident().cloned(),
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => text.parse().ok(),
                _ => None,
            },
            _ => None,
        };
        ident.map(Self).ok_or_else(|| expected(item, value, "\"Name\""))
    }
}
