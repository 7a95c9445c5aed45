use std::collections::BTreeMap;

use temporalio_protos::temporal::api::workflowservice::v1::{
    CountWorkflowExecutionsResponse, count_workflow_executions_response::AggregationGroup,
};

use super::{
    super::{Refused, attributes::Value, query::status_name},
    Filter, Store,
};

impl Store {
    /// How many runs the filter finds, and with `GROUP BY ExecutionStatus` how many of each status.
    ///
    /// # Errors
    /// The filter is not one.
    pub(crate) fn count(&self, query: &str) -> Result<CountWorkflowExecutionsResponse, Refused> {
        let filter = Filter::parse(query, &self.attributes)?;
        if !filter.by_status {
            let count = self.find(&filter, None).count();
            return Ok(CountWorkflowExecutionsResponse { count: number(count), groups: Vec::new() });
        }
        let mut statuses = BTreeMap::<_, usize>::new();
        for (_, record) in self.find(&filter, None) {
            *statuses.entry(record.status).or_default() += 1;
        }
        let group = |(status, count): (&_, &_)| AggregationGroup {
            group_values: vec![Value::Keyword(status_name(*status).to_owned()).encode()],
            count: number(*count),
        };
        Ok(CountWorkflowExecutionsResponse {
            count: number(statuses.values().sum()),
            groups: statuses.iter().map(group).collect(),
        })
    }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
