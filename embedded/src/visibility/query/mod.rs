//! List filters: SQL's conditions over search attributes.
//!
//! Text becomes tokens (`lexer`) and a tree (`grammar`, `node`), is checked against the attributes of the namespace and
//! becomes a [`Condition`] (`check`, `value`), which holds for a record, does not, or is not known (`condition`).

mod check;
mod column;
mod condition;
mod duration;
mod grammar;
mod lexer;
mod narrow;
mod node;
mod operand;
mod status;
mod syntax;
mod value;
mod words;

use column::Column;
use condition::{Condition, Test};

pub(super) use condition::Comparison;
pub(super) use narrow::Narrow;
pub(super) use operand::{Number, Operand};
pub(super) use status::name as status_name;

use super::{Refused, attributes::Attributes, record::Record};

/// A filter that was understood.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Filter {
    condition: Condition,
    /// `GROUP BY ExecutionStatus`, which counts heed and lists ignore.
    pub(super) by_status: bool,
    /// Whether it asks for divisions of the namespace; else it finds only what is in none.
    divisions: bool,
}

impl Filter {
    /// # Errors
    /// The text is no filter, or it names what does not exist or compares what cannot be compared.
    pub(super) fn parse(text: &str, attributes: &Attributes) -> Result<Self, Refused> {
        check::filter(grammar::parse(text)?, attributes)
    }

    /// All of these tests at once, on attributes of the system.
    pub(super) fn all(tests: impl IntoIterator<Item = SystemTest>) -> Self {
        let test = |SystemTest(column, test)| Condition::Test { column, test };
        Self { condition: Condition::All(tests.into_iter().map(test).collect()), by_status: false, divisions: false }
    }

    pub(super) fn finds(&self, record: &Record) -> bool {
        let hidden = !self.divisions && Column::division().read(record).is_some();
        !hidden && self.condition.holds(record) == Some(true)
    }
}

/// A test on an attribute of the system, for filters that are not text.
pub(super) struct SystemTest(Column, Test);

impl SystemTest {
    pub(super) fn workflow_id(id: &str) -> Self {
        Self(Column::WorkflowId, Test::equals(Operand::Text(id.to_owned())))
    }

    pub(super) fn run_id(id: &str) -> Self {
        Self(Column::RunId, Test::equals(Operand::Text(id.to_owned())))
    }

    pub(super) fn workflow_type(name: &str) -> Self {
        Self(Column::WorkflowType, Test::equals(Operand::Text(name.to_owned())))
    }

    pub(super) fn status(comparison: Comparison, status: i32) -> Self {
        Self(Column::ExecutionStatus, Test::Compare(comparison, Operand::Number(Number::Int(status.into()))))
    }

    pub(super) fn closed() -> Self {
        Self(Column::CloseTime, Test::Null { negated: true })
    }

    pub(super) fn start_time(comparison: Comparison, time: crate::time::Time) -> Self {
        Self(Column::StartTime, Test::Compare(comparison, Operand::Time(column::date(time))))
    }

    pub(super) fn close_time(comparison: Comparison, time: crate::time::Time) -> Self {
        Self(Column::CloseTime, Test::Compare(comparison, Operand::Time(column::date(time))))
    }
}

#[cfg(test)]
mod tests;
