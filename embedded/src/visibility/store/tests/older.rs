use temporalio_protos::temporal::api::{
    filter::v1::{StartTimeFilter, StatusFilter, WorkflowExecutionFilter, WorkflowTypeFilter},
    workflowservice::v1::{
        ListClosedWorkflowExecutionsRequest, ListOpenWorkflowExecutionsRequest,
        list_closed_workflow_executions_request::Filters as Closed,
        list_open_workflow_executions_request::Filters as Open,
    },
};

use super::super::{
    super::{Refused, tests},
    Page,
};
use crate::time::Time;

fn ids(page: Result<Page, Refused>) -> Result<Vec<String>, String> {
    let (infos, _) = page.map_err(|refused| refused.message)?;
    Ok(infos.into_iter().map(|info| info.execution.unwrap().workflow_id).collect())
}

fn open(filters: Option<Open>, start_time_filter: Option<StartTimeFilter>) -> Result<Vec<String>, String> {
    let request = ListOpenWorkflowExecutionsRequest { filters, start_time_filter, ..Default::default() };
    ids(tests::four().list_open(&request))
}

fn closed(filters: Option<Closed>, start_time_filter: Option<StartTimeFilter>) -> Result<Vec<String>, String> {
    let request = ListClosedWorkflowExecutionsRequest { filters, start_time_filter, ..Default::default() };
    ids(tests::four().list_closed(&request))
}

fn execution(workflow_id: &str, run_id: &str) -> WorkflowExecutionFilter {
    WorkflowExecutionFilter { workflow_id: workflow_id.to_owned(), run_id: run_id.to_owned() }
}

fn found<const N: usize>(ids: [&str; N]) -> Result<Vec<String>, String> {
    Ok(ids.into_iter().map(str::to_owned).collect())
}

fn range(earliest: Option<Time>, latest: Option<Time>) -> Option<StartTimeFilter> {
    Some(StartTimeFilter { earliest_time: earliest.map(Time::proto), latest_time: latest.map(Time::proto) })
}

#[test]
fn open_runs_by_their_filters() {
    assert_eq!(open(None, None), found(["one", "bare", "full"]));
    assert_eq!(open(Some(Open::ExecutionFilter(execution("full", ""))), None), found(["full"]));
    assert_eq!(open(Some(Open::ExecutionFilter(execution("full", "run-full"))), None), found(["full"]));
    assert_eq!(open(Some(Open::ExecutionFilter(execution("full", "x"))), None), found([]));
    assert_eq!(open(Some(Open::ExecutionFilter(execution("", "run-full"))), None), found([]));
    assert_eq!(open(Some(Open::ExecutionFilter(execution("it's", ""))), None), found([]));
    assert_eq!(open(Some(Open::TypeFilter(WorkflowTypeFilter { name: "T-f".to_owned() })), None), found(["full"]));
    assert_eq!(open(Some(Open::TypeFilter(WorkflowTypeFilter::default())), None), found([]));
}

#[test]
fn closed_runs_by_their_filters() {
    let status = |status| closed(Some(Closed::StatusFilter(StatusFilter { status })), None);
    assert_eq!(closed(None, None), found(["half"]));
    assert_eq!(status(5), found(["half"]));
    assert_eq!(status(4), found([]));
    for running in [0, 1] {
        assert_eq!(status(running).unwrap_err(), "StatusFilter must be specified and must be not Running.");
    }
    assert_eq!(status(99).unwrap_err(), "invalid query: invalid expression: invalid ExecutionStatus value '99'");
    assert_eq!(closed(Some(Closed::ExecutionFilter(execution("half", ""))), None), found(["half"]));
    assert_eq!(closed(Some(Closed::TypeFilter(WorkflowTypeFilter { name: "T-h".to_owned() })), None), found(["half"]));
}

#[test]
fn open_runs_by_their_start_and_closed_runs_by_their_close() {
    let store = tests::four();
    let (records, _) = store.select("WorkflowId IN ('half', 'full')", 0, b"").unwrap();
    let (started, half) = (Some(records[0].start_time), records[1]);
    assert_eq!(open(None, range(started, started)), found(["full"]));
    assert_eq!(open(None, range(None, Some(Time::from_secs(5)))), found([]));
    assert_eq!(open(None, range(Some(Time::from_secs(5)), None)), found(["one", "bare", "full"]));
    assert_eq!(closed(None, range(half.close_time, half.close_time)), found(["half"]));
    assert_eq!(closed(None, range(Some(half.start_time), Some(half.start_time))), found([]));
    assert_eq!(
        open(None, range(Some(Time::from_secs(50)), Some(Time::from_secs(5)))).unwrap_err(),
        "EarliestTime in StartTimeFilter should not be larger than LatestTime."
    );
}
