//! What a condition says about where to look, so that not every record is asked.

use temporalio_protos::temporal::api::enums::v1::WorkflowExecutionStatus::{Paused, Running};

use super::{Column, Comparison, Condition, Filter, Number, Operand, Test};

/// Records outside of it need not be asked.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) enum Narrow<'a> {
    /// Runs of these workflows.
    Workflows(Vec<&'a str>),
    Runs(Vec<&'a str>),
    Closed,
    Everywhere,
}

impl Filter {
    pub(in super::super) fn narrow(&self) -> Narrow<'_> {
        narrow(&self.condition)
    }
}

fn narrow(condition: &Condition) -> Narrow<'_> {
    match condition {
        Condition::All(parts) => {
            let best = parts.iter().map(narrow).min_by_key(cost);
            best.unwrap_or(Narrow::Everywhere)
        }
        Condition::Any(_) | Condition::Not(_) => Narrow::Everywhere,
        Condition::Test { column: Column::WorkflowId, test } => ids(test).map_or(Narrow::Everywhere, Narrow::Workflows),
        Condition::Test { column: Column::RunId, test } => ids(test).map_or(Narrow::Everywhere, Narrow::Runs),
        Condition::Test { column: Column::ExecutionStatus, test: Test::Compare(Comparison::Equal, status) }
            if *status != number(Running.into()) && *status != number(Paused.into()) =>
        {
            Narrow::Closed
        }
        Condition::Test { column, test } if column.of_closed() => match test {
            Test::Null { negated: false } => Narrow::Everywhere,
            _ => Narrow::Closed,
        },
        Condition::Test { .. } => Narrow::Everywhere,
    }
}

fn cost(narrow: &Narrow<'_>) -> usize {
    match narrow {
        Narrow::Runs(ids) | Narrow::Workflows(ids) => ids.len(),
        Narrow::Closed => usize::MAX - 1,
        Narrow::Everywhere => usize::MAX,
    }
}

fn ids(test: &Test) -> Option<Vec<&str>> {
    match test {
        Test::Compare(Comparison::Equal, Operand::Text(id)) => Some(vec![id]),
        Test::OneOf { operands, negated: false } => operands.iter().map(Operand::text).collect(),
        _ => None,
    }
}

fn number(status: i32) -> Operand {
    Operand::Number(Number::Int(status.into()))
}
