//! Random conditions over records that lack things: what their text finds is what three-valued logic says.

use proptest::prelude::*;
use serde_json::json;

use super::super::{super::tests, Filter};

/// A condition as text and, for the values at hand, whether it holds: nothing if that is not known.
#[derive(Clone, Debug)]
enum Model {
    Num(&'static str, i64),
    Kw(&'static str, &'static str),
    NumNull(bool),
    NumIn(bool, Vec<i64>),
    NumBetween(bool, i64, i64),
    KwStarts(bool, &'static str),
    Tag(bool, &'static str),
    Not(Box<Model>),
    And(Box<Model>, Box<Model>),
    Or(Box<Model>, Box<Model>),
}

#[derive(Clone, Debug)]
struct Values {
    num: Option<i64>,
    kw: Option<&'static str>,
    tags: Option<Vec<&'static str>>,
}

fn order<T: PartialOrd>(operator: &str, left: &T, right: &T) -> bool {
    match operator {
        "=" => left == right,
        "!=" => left != right,
        "<" => left < right,
        "<=" => left <= right,
        ">" => left > right,
        _ => left >= right,
    }
}

const fn not(negated: bool) -> &'static str {
    if negated { "NOT " } else { "" }
}

impl Model {
    fn text(&self) -> String {
        match self {
            Self::Num(operator, number) => format!("Num {operator} {number}"),
            Self::Kw(operator, text) => format!("`Kw` {operator} '{text}'"),
            Self::NumNull(negated) => format!("Num IS {}NULL", not(*negated)),
            Self::NumIn(negated, numbers) => {
                let numbers = numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
                format!("Num {}IN ({numbers})", not(*negated))
            }
            Self::NumBetween(negated, low, high) => format!("Num {}BETWEEN {low} AND {high}", not(*negated)),
            Self::KwStarts(negated, prefix) => format!("Kw {}STARTS_WITH \"{prefix}\"", not(*negated)),
            Self::Tag(negated, tag) => format!("Tags {}IN ('{tag}', 'z')", not(*negated)),
            Self::Not(inner) => format!("NOT ({})", inner.text()),
            Self::And(left, right) => format!("({}) AND ({})", left.text(), right.text()),
            Self::Or(left, right) => format!("({}) OR ({})", left.text(), right.text()),
        }
    }

    fn holds(&self, values: &Values) -> Option<bool> {
        match self {
            Self::Num(operator, number) => values.num.map(|num| order(operator, &num, number)),
            Self::Kw(operator, text) => values.kw.map(|kw| order(operator, &kw, text)),
            Self::NumNull(negated) => Some(values.num.is_none() != *negated),
            Self::NumIn(negated, numbers) => values.num.map(|num| numbers.contains(&num) != *negated),
            Self::NumBetween(negated, low, high) => values.num.map(|num| (*low..=*high).contains(&num) != *negated),
            Self::KwStarts(negated, prefix) => values.kw.map(|kw| kw.starts_with(prefix) != *negated),
            Self::Tag(negated, tag) => {
                Some(values.tags.as_ref().is_some_and(|tags| tags.contains(tag) || tags.contains(&"z")) != *negated)
            }
            Self::Not(inner) => inner.holds(values).map(|holds| !holds),
            Self::And(left, right) => match (left.holds(values), right.holds(values)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            Self::Or(left, right) => match (left.holds(values), right.holds(values)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
        }
    }
}

fn operator() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["=", "!=", "<", "<=", ">", ">="])
}

fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["", "a", "ab", "b", "z"])
}

fn model() -> impl Strategy<Value = Model> {
    let leaf = prop_oneof![
        (operator(), -2..3_i64).prop_map(|(operator, number)| Model::Num(operator, number)),
        (operator(), word()).prop_map(|(operator, text)| Model::Kw(operator, text)),
        any::<bool>().prop_map(Model::NumNull),
        (any::<bool>(), prop::collection::vec(-2..3_i64, 1..4)).prop_map(|(not, numbers)| Model::NumIn(not, numbers)),
        (any::<bool>(), -2..3_i64, -2..3_i64).prop_map(|(not, low, high)| Model::NumBetween(not, low, high)),
        (any::<bool>(), word()).prop_map(|(not, prefix)| Model::KwStarts(not, prefix)),
        (any::<bool>(), word()).prop_map(|(not, tag)| Model::Tag(not, tag)),
    ];
    leaf.prop_recursive(4, 24, 2, |inner| {
        let pair = (inner.clone().prop_map(Box::new), inner.clone().prop_map(Box::new));
        prop_oneof![
            inner.prop_map(|inner| Model::Not(Box::new(inner))),
            pair.clone().prop_map(|(left, right)| Model::And(left, right)),
            pair.prop_map(|(left, right)| Model::Or(left, right)),
        ]
    })
}

fn values() -> impl Strategy<Value = Values> {
    let tags = prop::collection::vec(word(), 1..3);
    (prop::option::of(-2..3_i64), prop::option::of(word()), prop::option::of(tags)).prop_map(|(num, kw, tags)| Values {
        num,
        kw,
        tags,
    })
}

proptest! {
    #[test]
    fn filters_follow_three_valued_logic(model in model(), values in values()) {
        let attributes = tests::attributes();
        let json = json!({"Num": values.num, "Kw": values.kw, "Tags": values.tags});
        let record = tests::with(&attributes, tests::record("x", 0), &json);
        let filter = Filter::parse(&model.text(), &attributes).unwrap();
        prop_assert_eq!(filter.finds(&record), model.holds(&values) == Some(true), "{}", model.text());
    }
}
