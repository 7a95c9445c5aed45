//! Durations, written as strings.

use std::time::Duration;

use darling::{Error, FromMeta, Result};
use quote::ToTokens;
use syn::{Expr, Lit, Meta};

use super::{at, expected, key, value_of};
use crate::model::Spanned;

/// The longest duration on the wire.
const LONGEST: Duration = Duration::from_secs(315_576_000_000);

/// `option = "10s"`
#[derive(Debug)]
pub(crate) struct Period(pub(crate) Spanned<Duration>);

impl FromMeta for Period {
    fn from_meta(item: &Meta) -> Result<Self> {
        let value = value_of(item, "\"10s\"")?;
        let text = match value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => text,
                number @ (Lit::Int(_) | Lit::Float(_)) => {
                    return Err(number_for_period(item, number));
                }
                _ => return Err(expected(item, value, "\"10s\"")),
            },
            _ => return Err(expected(item, value, "\"10s\"")),
        };
        let period = humantime::parse_duration(&text.value()).map_err(|error| {
            at(
                text,
                format!(
                    "`{}` is not a duration ({error}): write one such as \"10s\", \"5m\" or \"1h30m\"",
                    text.value()
                ),
            )
        })?;
        if period.is_zero() {
            return Err(at(text, format!("`{}` must be greater than zero", key(item))));
        }
        if period > LONGEST {
            let message = format!("`{}` is longer than Temporal can count: write at most 10000 years", key(item));
            return Err(at(text, message));
        }
        Ok(Self(Spanned { value: period, span: text.span() }))
    }
}

/// `10s` lacks its quotes, `10` its unit too.
fn number_for_period(item: &Meta, number: &Lit) -> Error {
    let key = key(item);
    let written = number.to_token_stream().to_string();
    let candidates = [written.clone(), format!("{written}s"), "10s".into()];
    let example = candidates.into_iter().find(|text| humantime::parse_duration(text).is_ok()).unwrap_or_default();
    at(number, format!("durations are strings with a unit: write `{key} = \"{example}\"`"))
}
