//! Numbers of the retry policy.

use darling::{Error, FromMeta, Result};
use syn::{Expr, ExprUnary, Lit, Meta, UnOp, spanned::Spanned as _};

use super::{at, expected, key, value_of};
use crate::model::Spanned;

/// `option = 2.0`
#[derive(Debug)]
pub(crate) struct Decimal(pub(crate) Spanned<f64>);

/// `option = 5`
#[derive(Debug)]
pub(crate) struct Count(pub(crate) Spanned<u32>);

impl FromMeta for Decimal {
    fn from_meta(item: &Meta) -> Result<Self> {
        let value = value_of(item, "2.0")?;
        let (sign, literal) = match value {
            Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => (-1.0, &**expr),
            _ => (1.0, value),
        };
        let parsed = match literal {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Float(float) => float.base10_parse::<f64>().ok(),
                Lit::Int(int) => int.base10_parse::<u32>().ok().map(f64::from),
                _ => None,
            },
            _ => None,
        };
        match parsed {
            Some(number) if !number.is_finite() => {
                Err(at(value, format!("`{}` is not a number that there is: write one such as 2.0", key(item))))
            }
            Some(number) => Ok(Self(Spanned { value: sign * number, span: value.span() })),
            None => Err(expected(item, value, "2.0")),
        }
    }
}

impl FromMeta for Count {
    fn from_meta(item: &Meta) -> Result<Self> {
        let value = value_of(item, "5")?;
        match value {
            Expr::Lit(literal) => match &literal.lit {
                // The field on the wire is a signed 32-bit number.
                Lit::Int(int) if int.base10_digits().starts_with('-') => Err(negative(item, value)),
                Lit::Int(int) => match int.base10_parse::<i32>().ok().and_then(|number| u32::try_from(number).ok()) {
                    Some(number) => Ok(Self(Spanned { value: number, span: int.span() })),
                    None => Err(at(int, format!("`{}` is too large: the largest is {}", key(item), i32::MAX))),
                },
                _ => Err(expected(item, value, "5")),
            },
            Expr::Unary(ExprUnary { op: UnOp::Neg(_), .. }) => Err(negative(item, value)),
            _ => Err(expected(item, value, "5")),
        }
    }
}

fn negative(item: &Meta, value: &Expr) -> Error {
    at(value, format!("`{}` cannot be negative: write a whole number of at least 1", key(item)))
}
