//! The right side of a comparison: a literal that fits the attribute.

use chrono::DateTime;
use temporalio_protos::temporal::api::enums::v1::WorkflowExecutionStatus;

use super::{
    super::{
        Refused,
        attributes::{Kind, datetime},
        golang,
    },
    Column, Number, Operand,
    check::Field,
    duration,
    node::Node,
    status, words,
};

enum Literal {
    Text(String),
    Int(i64),
    Float(f64),
    Bool(bool),
}

pub(super) fn operand(field: &Field, node: &Node) -> Result<Operand, Refused> {
    match node {
        Node::Text(text) => special(field, Literal::Text(text.clone())),
        Node::Number(digits) => special(field, number(digits)?),
        // The real server asks only numbers and strings for the names of statuses and lengths of time.
        Node::Bool(value) => fit(field, Literal::Bool(*value)),
        Node::Unary(sign @ ("+" | "-"), inner) => match inner.as_ref() {
            Node::Number(digits) => signed(field, *sign == "-", digits),
            Node::Raw(_) => Err(unreadable(inner)),
            _ => Err(Refused::expression(format_args!("unary operator not supported in {:?}", node.show()))),
        },
        Node::Unary(sign, _) => Err(Refused::unsupported(format_args!("unary operator {sign:?}"))),
        Node::Raw(_) => Err(unreadable(node)),
        Node::Function => Err(Refused::unsupported("nested func")),
        Node::Column(name) => Err(Refused::unsupported(format_args!(
            "column name on the right side of comparison expression (did you forget to quote {name:?}?)"
        ))),
        _ => Err(Refused::expression(format_args!("unexpected value type {}", node.name()))),
    }
}

fn number(digits: &str) -> Result<Literal, Refused> {
    let float = || digits.parse().ok().filter(|float: &f64| float.is_finite()).map(Literal::Float);
    let literal = digits.parse().ok().map(Literal::Int).or_else(float);
    literal.ok_or_else(|| Refused::expression(format_args!("unable to parse value {digits:?}")))
}

fn signed(field: &Field, negative: bool, digits: &str) -> Result<Operand, Refused> {
    let positive = number(digits)?;
    let sign = if negative { "-" } else { "" };
    if let Literal::Float(_) = positive {
        // As on the real server, a complaint is about the number without its sign.
        special(field, positive)?;
    }
    special(field, number(&format!("{sign}{digits}"))?)
}

/// Statuses and lengths of time are written in their own ways.
fn special(field: &Field, literal: Literal) -> Result<Operand, Refused> {
    match field.column {
        Column::ExecutionStatus => status_number(literal),
        Column::ExecutionDuration => nanoseconds(literal),
        _ => fit(field, literal),
    }
}

fn status_number(literal: Literal) -> Result<Operand, Refused> {
    let status = match &literal {
        Literal::Int(number) => i32::try_from(*number)
            .ok()
            .and_then(|number| WorkflowExecutionStatus::try_from(number).ok())
            .ok_or_else(|| Refused::expression(format_args!("invalid ExecutionStatus value {number}")))?,
        Literal::Text(name) => status::parse(name)
            .ok_or_else(|| Refused::expression(format_args!("invalid ExecutionStatus value '{name}'")))?,
        other => return Err(other.unexpected("ExecutionStatus")),
    };
    Ok(Operand::Number(Number::Int(i64::from(i32::from(status)))))
}

fn nanoseconds(literal: Literal) -> Result<Operand, Refused> {
    let nanos = match &literal {
        Literal::Int(nanos) => *nanos,
        Literal::Text(text) => duration::parse(text).ok_or_else(|| {
            Refused::expression(format_args!("invalid duration value for search attribute ExecutionDuration: {text}"))
        })?,
        other => return Err(other.unexpected("ExecutionDuration")),
    };
    Ok(Operand::Number(Number::Int(nanos)))
}

fn fit(field: &Field, literal: Literal) -> Result<Operand, Refused> {
    let Field { name, kind, .. } = field;
    match (kind, literal) {
        (Kind::Int | Kind::Double, Literal::Int(number)) => Ok(Operand::Number(Number::Int(number))),
        (Kind::Int | Kind::Double, Literal::Float(number)) => Ok(Operand::Number(Number::Float(number))),
        (Kind::Bool, Literal::Bool(value)) => Ok(Operand::Bool(value)),
        (Kind::Datetime, Literal::Int(nanos)) => {
            Ok(Operand::Time(datetime::truncate(DateTime::from_timestamp_nanos(nanos))))
        }
        (Kind::Datetime, Literal::Text(text)) => match datetime::parse(&text) {
            Some(time) => Ok(Operand::Time(datetime::truncate(time.to_utc()))),
            None => Err(Refused::expression(format_args!("unable to parse datetime '{text}'"))),
        },
        (Kind::Keyword | Kind::KeywordList, Literal::Text(text)) => Ok(Operand::Text(text)),
        (Kind::Text, Literal::Text(text)) if text.trim().is_empty() => {
            Err(Refused::expression(format_args!("no tokens found filtering on Text type search attribute {name}")))
        }
        (Kind::Text, Literal::Text(text)) => Ok(Operand::Words(words::alternatives(&text))),
        (_, literal) => {
            let (value, type_) = (literal.show(), literal.type_name());
            Err(Refused::expression(format_args!(
                "invalid value type for search attribute {name} of type {kind}: {value} (type: {type_})"
            )))
        }
    }
}

impl Literal {
    fn show(&self) -> String {
        match self {
            Self::Text(text) => format!("{text:?}"),
            Self::Int(number) => number.to_string(),
            Self::Float(number) => golang::float(*number),
            Self::Bool(value) => value.to_string(),
        }
    }

    const fn type_name(&self) -> &'static str {
        match self {
            Self::Text(_) => "string",
            Self::Int(_) => "int64",
            Self::Float(_) => "float64",
            Self::Bool(_) => "bool",
        }
    }

    fn unexpected(&self, attribute: &str) -> Refused {
        let type_ = self.type_name();
        Refused::expression(format_args!("unexpected value type {type_} for search attribute {attribute}"))
    }
}

fn unreadable(node: &Node) -> Refused {
    Refused::expression(format_args!("unable to parse value {:?}", node.show()))
}
