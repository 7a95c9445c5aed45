use std::cmp::Ordering;

use chrono::{DateTime, Utc};

use super::words;

/// What a filter compares with.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) enum Operand {
    Text(String),
    Number(Number),
    Bool(bool),
    Time(DateTime<Utc>),
    /// For attributes of words: any of these.
    Words(Vec<Vec<String>>),
}

impl Operand {
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Whole numbers and fractions compare with each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) enum Number {
    Int(i64),
    Float(f64),
}

/// What a record holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Datum<'a> {
    Text(&'a str),
    Number(Number),
    Bool(bool),
    Time(DateTime<Utc>),
    List(&'a [String]),
    Words(&'a str),
}

impl Datum<'_> {
    /// Nothing if they are of different types.
    pub(super) fn compare(&self, operand: &Operand) -> Option<Ordering> {
        match (self, operand) {
            (Self::Text(text), Operand::Text(other)) => Some((*text).cmp(other)),
            (Self::Number(number), Operand::Number(other)) => number.compare(*other),
            (Self::Bool(value), Operand::Bool(other)) => Some(value.cmp(other)),
            (Self::Time(time), Operand::Time(other)) => Some(time.cmp(other)),
            _ => None,
        }
    }

    /// Whether a list or text has it.
    pub(super) fn has(&self, operand: &Operand) -> bool {
        match (self, operand) {
            (Self::List(list), Operand::Text(text)) => list.contains(text),
            (Self::Words(text), Operand::Words(alternatives)) => words::contain(text, alternatives),
            _ => false,
        }
    }
}

impl Number {
    fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Int(left), Self::Int(right)) => Some(left.cmp(&right)),
            (Self::Float(left), Self::Float(right)) => left.partial_cmp(&right),
            (Self::Int(left), Self::Float(right)) => int_with_float(left, right),
            (Self::Float(left), Self::Int(right)) => int_with_float(right, left).map(Ordering::reverse),
        }
    }
}

/// Without rounding the whole number to what an `f64` can hold.
#[expect(clippy::cast_possible_truncation, reason = "within the range of i64, and whole")]
fn int_with_float(int: i64, float: f64) -> Option<Ordering> {
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    if float.is_nan() {
        None
    } else if float >= BEYOND {
        Some(Ordering::Less)
    } else if float < -BEYOND {
        Some(Ordering::Greater)
    } else {
        let whole = float.trunc();
        Some(int.cmp(&(whole as i64)).then(0.0_f64.total_cmp(&(float - whole + 0.0))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_compare_exactly() {
        let cases = [
            (5, 5.0, Ordering::Equal),
            (-3, -3.0, Ordering::Equal),
            (0, -0.0, Ordering::Equal),
            (5, 4.5, Ordering::Greater),
            (-5, -5.5, Ordering::Greater),
            (i64::MAX, 1e30, Ordering::Less),
            (i64::MIN, -1e30, Ordering::Greater),
            (i64::MIN, -9_223_372_036_854_775_808.0, Ordering::Equal),
            (9_007_199_254_740_993, 9_007_199_254_740_992.0, Ordering::Greater),
        ];
        for (int, float, order) in cases {
            assert_eq!(Number::Int(int).compare(Number::Float(float)), Some(order), "{int} {float}");
            assert_eq!(Number::Float(float).compare(Number::Int(int)), Some(order.reverse()), "{float} {int}");
        }
        assert_eq!(Number::Int(1).compare(Number::Float(f64::NAN)), None);
    }
}
