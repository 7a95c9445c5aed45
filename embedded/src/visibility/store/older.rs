//! ListOpen and ListClosed: the lists from before there were filters.

use temporalio_protos::temporal::api::{
    enums::v1::WorkflowExecutionStatus,
    filter::v1::{StartTimeFilter, WorkflowExecutionFilter},
    workflowservice::v1::{
        ListClosedWorkflowExecutionsRequest, ListOpenWorkflowExecutionsRequest,
        list_closed_workflow_executions_request::Filters as Closed,
        list_open_workflow_executions_request::Filters as Open,
    },
};

use super::{
    super::{
        Refused,
        query::{Comparison, SystemTest},
    },
    Filter, Page, Store,
};
use crate::time::Time;

impl Store {
    /// Runs that are open, started within the time of the request.
    ///
    /// # Errors
    /// The request is contradictory, or its token is none.
    pub(crate) fn list_open(&self, request: &ListOpenWorkflowExecutionsRequest) -> Result<Page, Refused> {
        let mut tests = vec![SystemTest::status(Comparison::Equal, WorkflowExecutionStatus::Running.into())];
        tests.extend(range(request.start_time_filter.as_ref(), SystemTest::start_time)?);
        match &request.filters {
            Some(Open::ExecutionFilter(filter)) => tests.extend(execution(filter)),
            Some(Open::TypeFilter(filter)) => tests.push(SystemTest::workflow_type(&filter.name)),
            None => {}
        }
        self.infos(&Filter::all(tests), request.maximum_page_size, &request.next_page_token)
    }

    /// Runs that are closed. The time of the request, called that of the start, is that of the close, as on the real
    /// server.
    ///
    /// # Errors
    /// The request is contradictory, or its token is none.
    pub(crate) fn list_closed(&self, request: &ListClosedWorkflowExecutionsRequest) -> Result<Page, Refused> {
        let mut tests = vec![SystemTest::closed()];
        tests.extend(range(request.start_time_filter.as_ref(), SystemTest::close_time)?);
        match &request.filters {
            Some(Closed::ExecutionFilter(filter)) => tests.extend(execution(filter)),
            Some(Closed::TypeFilter(filter)) => tests.push(SystemTest::workflow_type(&filter.name)),
            Some(Closed::StatusFilter(filter)) => tests.push(status(filter.status)?),
            None => {}
        }
        self.infos(&Filter::all(tests), request.maximum_page_size, &request.next_page_token)
    }
}

fn range(
    filter: Option<&StartTimeFilter>,
    test: impl Fn(Comparison, Time) -> SystemTest,
) -> Result<impl Iterator<Item = SystemTest>, Refused> {
    let time = |proto: Option<&_>| proto.map(Time::from_proto);
    let earliest = time(filter.and_then(|filter| filter.earliest_time.as_ref()));
    let latest = time(filter.and_then(|filter| filter.latest_time.as_ref()));
    if let (Some(earliest), Some(latest)) = (earliest, latest)
        && earliest > latest
    {
        let message = "EarliestTime in StartTimeFilter should not be larger than LatestTime.";
        return Err(Refused::invalid_argument(message));
    }
    let earliest = earliest.map(|time| test(Comparison::GreaterOrEqual, time));
    let latest = latest.map(|time| test(Comparison::LessOrEqual, time));
    Ok(earliest.into_iter().chain(latest))
}

/// The run id is heeded only with a workflow id: without one nothing is found.
fn execution(filter: &WorkflowExecutionFilter) -> impl Iterator<Item = SystemTest> {
    let run = (!filter.run_id.is_empty()).then(|| SystemTest::run_id(&filter.run_id));
    [SystemTest::workflow_id(&filter.workflow_id)].into_iter().chain(run)
}

fn status(number: i32) -> Result<SystemTest, Refused> {
    match WorkflowExecutionStatus::try_from(number) {
        Ok(WorkflowExecutionStatus::Unspecified | WorkflowExecutionStatus::Running) => {
            Err(Refused::invalid_argument("StatusFilter must be specified and must be not Running."))
        }
        Ok(_) => Ok(SystemTest::status(Comparison::Equal, number)),
        Err(_) => Err(Refused::expression(format_args!("invalid ExecutionStatus value '{number}'"))),
    }
}
