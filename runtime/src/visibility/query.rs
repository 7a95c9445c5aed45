//! The list filter of a call.

use crate::workflow::WorkflowType;

/// Conditions that must all be met.
#[derive(Debug, Clone, Default)]
pub(super) struct Query {
    conditions: Vec<String>,
    group_by: Option<String>,
}

impl Query {
    pub(super) fn and(&mut self, condition: impl Into<String>) {
        self.conditions.push(condition.into());
    }

    pub(super) fn of<W: WorkflowType>(&mut self) {
        self.and(format!("WorkflowType = {}", quoted(W::TYPE.name)));
    }

    pub(super) fn group_by(&mut self, attribute: String) {
        self.group_by = Some(attribute);
    }

    pub(super) fn text(&self) -> String {
        let mut text = match &*self.conditions {
            // As it was given: it need not be a condition alone.
            [one] => one.clone(),
            several => several.iter().map(|one| format!("({one})")).collect::<Vec<_>>().join(" AND "),
        };
        if let Some(attribute) = &self.group_by {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str("GROUP BY ");
            text.push_str(attribute);
        }
        text
    }
}

/// A string of the filter language.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_all_to_be_met() {
        let mut query = Query::default();
        assert_eq!(query.text(), "");
        query.and("A = 1 OR B = 2");
        assert_eq!(query.text(), "A = 1 OR B = 2");
        query.and("C = 3");
        assert_eq!(query.text(), "(A = 1 OR B = 2) AND (C = 3)");
        query.group_by("ExecutionStatus".to_owned());
        assert_eq!(query.text(), "(A = 1 OR B = 2) AND (C = 3) GROUP BY ExecutionStatus");
    }

    #[test]
    fn quotes_do_not_end_a_string() {
        assert_eq!(quoted(r"it's a \"), r"'it\'s a \\'");
    }
}
