//! The values that options take, each with a message that shows how to write it.

mod choice;
mod error_types;
mod name;
mod number;
mod period;
mod text;

use darling::{Error, Result};
use quote::ToTokens;
use syn::{Expr, Lit, Meta};

pub(crate) use choice::{Category, ConflictPolicy, Flavor, ReusePolicy};
pub(crate) use error_types::ErrorTypes;
pub(crate) use name::{CratePath, FunctionPath, TypeName};
pub(crate) use number::{Count, Decimal};
pub(crate) use period::Period;
pub(crate) use text::{Nested, Text, Word};

/// What stands behind the `=`. The invisible group around a fragment of a `macro_rules!` does not count.
fn value_of<'a>(item: &'a Meta, example: &str) -> Result<&'a Expr> {
    let Meta::NameValue(pair) = item else {
        return Err(at(item, format!("`{0}` takes a value: write `{0} = {example}`", key(item))));
    };
    let mut value = &pair.value;
    while let Expr::Group(group) = value {
        value = &group.expr;
    }
    Ok(value)
}

fn text_of(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

fn expected(item: &Meta, value: &Expr, example: &str) -> Error {
    let written = value.to_token_stream();
    at(value, format!("`{written}` is not a value of `{0}`: write `{0} = {example}`", key(item)))
}

fn key(item: &Meta) -> String {
    item.path().to_token_stream().to_string()
}

fn at(tokens: impl ToTokens, message: String) -> Error {
    syn::Error::new_spanned(tokens, message).into()
}
