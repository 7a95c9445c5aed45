//! Failures in a list: by their names on the wire, or as variants of a type.

use darling::{FromMeta, Result};
use syn::{
    LitStr, Meta, Path, Token,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
};

use super::{at, key};
use crate::model::ErrorType;

/// `option(PaymentError::Declined, "B")`
#[derive(Debug)]
pub(crate) struct ErrorTypes(pub(crate) Vec<ErrorType>);

impl FromMeta for ErrorTypes {
    fn from_meta(item: &Meta) -> Result<Self> {
        let types = match item {
            Meta::List(list) if !list.tokens.is_empty() => {
                Punctuated::<Written, Token![,]>::parse_terminated.parse2(list.tokens.clone()).ok()
            }
            _ => None,
        };
        let Some(types) = types else {
            let message = format!(
                "`{0}` takes a list of variants and strings: write `{0}(PaymentError::Declined, \"Other\")`",
                key(item)
            );
            return Err(at(item, message));
        };
        let types: Vec<ErrorType> = types.into_iter().map(|written| written.0).collect();
        match types.iter().find(|ty| matches!(ty, ErrorType::Name(name) if name.value().is_empty())) {
            Some(_) => Err(at(item, format!("`{}` holds an empty string", key(item)))),
            None => Ok(Self(types)),
        }
    }
}

struct Written(ErrorType);

impl Parse for Written {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            return input.parse().map(ErrorType::Name).map(Self);
        }
        Path::parse_mod_style(input).map(ErrorType::Variant).map(Self)
    }
}
