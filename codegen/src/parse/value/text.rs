//! Strings, words and nested options.

use darling::{FromMeta, Result};
use proc_macro2::{Span, TokenStream};
use syn::{Expr, Lit, LitStr, MacroDelimiter, Meta, spanned::Spanned as _};

use super::{at, expected, key, value_of};

/// `option = ".."`, not empty.
#[derive(Debug)]
pub(crate) struct Text(pub(crate) LitStr);

/// `option`, without a value.
#[derive(Debug)]
pub(crate) struct Word(pub(crate) Span);

/// `option(..)` whose options are read on their own.
#[derive(Debug)]
pub(crate) struct Nested(pub(crate) TokenStream);

impl FromMeta for Text {
    fn from_meta(item: &Meta) -> Result<Self> {
        let example = "\"..\"";
        let value = value_of(item, example)?;
        match value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) if text.value().trim().is_empty() => {
                    Err(at(text, format!("`{}` must not be empty", key(item))))
                }
                Lit::Str(text) => Ok(Self(text.clone())),
                _ => Err(expected(item, value, example)),
            },
            _ => Err(expected(item, value, example)),
        }
    }
}

impl FromMeta for Word {
    fn from_meta(item: &Meta) -> Result<Self> {
        match item {
            Meta::Path(path) => Ok(Self(path.span())),
            _ => Err(at(item, format!("`{0}` takes no value: write only `{0}`", key(item)))),
        }
    }
}

impl FromMeta for Nested {
    fn from_meta(item: &Meta) -> Result<Self> {
        match item {
            Meta::List(list) if matches!(list.delimiter, MacroDelimiter::Paren(_)) && !list.tokens.is_empty() => {
                Ok(Self(list.tokens.clone()))
            }
            _ => Err(at(item, format!("`{0}` takes options: write `{0}(maximum_attempts = 5)`", key(item)))),
        }
    }
}
