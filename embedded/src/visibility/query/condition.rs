use std::cmp::Ordering;

use super::{
    super::record::Record,
    column::Column,
    operand::{Datum, Operand},
};

/// What a filter says of a record.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Condition {
    /// True of everything if it is empty.
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Test {
        column: Column,
        test: Test,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Test {
    Null {
        negated: bool,
    },
    Compare(Comparison, Operand),
    OneOf {
        operands: Vec<Operand>,
        negated: bool,
    },
    Between {
        low: Operand,
        high: Operand,
        negated: bool,
    },
    StartsWith {
        prefix: String,
        negated: bool,
    },
    /// Lists and texts: any of these is in it. A record without it has none of them, so this is never unknown.
    Has {
        operands: Vec<Operand>,
        negated: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Condition {
    /// SQL's three values: nothing is not known.
    pub(super) fn holds(&self, record: &Record) -> Option<bool> {
        match self {
            Self::All(parts) => fold(parts, record, false),
            Self::Any(parts) => fold(parts, record, true),
            Self::Not(part) => part.holds(record).map(|holds| !holds),
            Self::Test { column, test } => test.holds(column.read(record)),
        }
    }
}

/// One `decisive` part decides; else one that is not known leaves it open.
fn fold(parts: &[Condition], record: &Record, decisive: bool) -> Option<bool> {
    let mut result = Some(!decisive);
    for part in parts {
        match part.holds(record) {
            Some(holds) if holds == decisive => return Some(decisive),
            Some(_) => {}
            None => result = None,
        }
    }
    result
}

impl Test {
    pub(super) const fn equals(operand: Operand) -> Self {
        Self::Compare(Comparison::Equal, operand)
    }

    fn holds(&self, datum: Option<Datum<'_>>) -> Option<bool> {
        match self {
            Self::Null { negated } => Some(datum.is_none() != *negated),
            Self::Has { operands, negated } => {
                let has = datum.is_some_and(|datum| operands.iter().any(|operand| datum.has(operand)));
                Some(has != *negated)
            }
            Self::Compare(comparison, operand) => datum?.compare(operand).map(|order| comparison.holds(order)),
            Self::OneOf { operands, negated } => {
                let datum = datum?;
                let found = operands.iter().any(|operand| datum.compare(operand) == Some(Ordering::Equal));
                Some(found != *negated)
            }
            Self::Between { low, high, negated } => {
                let datum = datum?;
                let within = datum.compare(low)?.is_ge() && datum.compare(high)?.is_le();
                Some(within != *negated)
            }
            Self::StartsWith { prefix, negated } => match datum? {
                Datum::Text(text) => Some(text.starts_with(prefix) != *negated),
                _ => None,
            },
        }
    }
}

impl Comparison {
    const fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }
}
