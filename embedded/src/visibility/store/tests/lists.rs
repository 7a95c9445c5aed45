use serde_json::json;
use temporalio_protos::temporal::api::{
    common::v1::{Memo, WorkflowExecution},
    enums::v1::WorkflowExecutionStatus,
};

use super::super::{super::tests::*, Record, Store};
use crate::time::Time;

pub(super) fn ids(store: &Store, query: &str) -> Vec<String> {
    let (infos, _) = store.list(query, 0, b"").unwrap();
    infos.into_iter().map(|info| info.execution.unwrap().workflow_id).collect()
}

#[test]
fn open_runs_come_first_then_the_last_closed_then_the_last_started() {
    let mut store = store();
    let completed = WorkflowExecutionStatus::Completed;
    for record in [
        record("open-old", 0),
        record("open-new", 9),
        closed(record("closed-late", 1), completed, 50),
        closed(record("closed-early", 2), completed, 10),
        closed(record("same-close-old", 3), completed, 30),
        closed(record("same-close-new", 4), completed, 29),
    ] {
        store.upsert(record);
    }
    let order = ["open-new", "open-old", "closed-late", "same-close-new", "same-close-old", "closed-early"];
    assert_eq!(ids(&store, ""), order);
}

#[test]
fn what_was_upserted_last_is_found_and_what_was_removed_is_not() {
    let mut store = store();
    store.upsert(record("a", 0));
    store.upsert(closed(record("a", 0), WorkflowExecutionStatus::Failed, 5));
    assert_eq!(store.len(), 1);
    assert_eq!(ids(&store, "ExecutionStatus = 'Running'"), [""; 0]);
    assert_eq!(ids(&store, "ExecutionStatus = 'Failed' AND WorkflowId = 'a'"), ["a"]);
    assert_eq!(store.remove("run-a").map(|record| record.execution.workflow_id).as_deref(), Some("a"));
    assert_eq!(store.remove("run-a"), None);
    assert_eq!(ids(&store, "WorkflowId = 'a'"), [""; 0]);
    assert_eq!(store.len(), 0);
}

#[test]
fn runs_of_one_workflow_are_found_together() {
    let mut store = store();
    for (run, started) in [("1", 0), ("2", 10)] {
        let mut record = record("w", started);
        record.execution.run_id = run.to_owned();
        store.upsert(record);
    }
    store.upsert(record("v", 5));
    let runs = |query| {
        let (records, _) = store.select(query, 0, b"").unwrap();
        records.into_iter().map(|record| record.execution.run_id.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(runs("WorkflowId = 'w'"), ["2", "1"]);
    assert_eq!(runs("WorkflowId IN ('w', 'v', 'w', 'x')"), ["2", "run-v", "1"]);
    assert_eq!(runs("WorkflowId IN ('w', 'v') AND RunId = '1'"), ["1"]);
    assert_eq!(runs("WorkflowId = 'w' OR RunId = 'run-v'"), ["2", "run-v", "1"]);
    assert_eq!(runs("WorkflowId = 'w' AND NOT RunId = '2'"), ["1"]);
}

#[test]
fn an_entry_shows_what_the_real_server_shows() {
    let store = store();
    let mut run = with(&store.attributes, record("child", 0), &json!({"Num": [7]}));
    run.start_time = Time::from_nanos(1_795_621_711_133_977_859);
    run.execution_time = run.start_time;
    run.close_time = None;
    run.parent = Some(WorkflowExecution { workflow_id: "parent".to_owned(), run_id: "run-parent".to_owned() });
    let open = run.info(&store.attributes);
    assert_eq!(open.start_time.unwrap().nanos, 133_977_000);
    assert_eq!((open.history_length, open.history_size_bytes, open.state_transition_count), (0, 0, 0));
    assert_eq!((open.close_time, open.execution_duration), (None, None));
    assert_eq!(open.memo, Some(Memo::default()));
    assert_eq!(open.parent_execution.unwrap().workflow_id, "parent");
    assert_eq!(open.search_attributes.unwrap().indexed_fields["Num"].data, b"7");

    let run = Record {
        status: WorkflowExecutionStatus::Terminated,
        close_time: Some(Time::from_nanos(1_795_621_711_214_327_461)),
        ..run
    };
    let closed = run.info(&store.attributes);
    assert_eq!(closed.close_time.unwrap().nanos, 214_327_000);
    assert_eq!(closed.execution_duration.unwrap().nanos, 80_349_602);
    assert_eq!((closed.history_length, closed.history_size_bytes, closed.state_transition_count), (2, 300, 1));
}

#[test]
fn a_time_that_was_listed_is_found() {
    let mut store = store();
    let mut run = record("a", 0);
    run.start_time = Time::from_nanos(1_795_621_710_958_006_561);
    store.upsert(run);
    for text in ["'2026-11-25T15:48:30.958006Z'", "'2026-11-25T15:48:30.958006561Z'", "1795621710958006561"] {
        assert_eq!(ids(&store, &format!("StartTime = {text}")), ["a"], "{text}");
        assert_eq!(ids(&store, &format!("StartTime > {text}")), [""; 0], "{text}");
    }
}

#[test]
fn values_of_attributes_that_are_gone_or_changed_are_not_seen() {
    let mut store = four();
    store.attributes.remove(&["Kw".to_owned()]).unwrap();
    let text = store.list("Kw = 'alpha'", 0, b"").unwrap_err().message;
    assert_eq!(text, "invalid query: invalid search attribute: Kw");
    store.attributes.add(&[("Kw".to_owned(), 4)].into()).unwrap();
    assert_eq!(ids(&store, "Kw IS NOT NULL"), [""; 0]);
    let (infos, _) = store.list("WorkflowId = 'full'", 0, b"").unwrap();
    assert!(!infos[0].search_attributes.as_ref().unwrap().indexed_fields.contains_key("Kw"));
}

#[test]
fn what_is_in_a_division_is_hidden_unless_asked_for() {
    let mut store = store();
    store.upsert(record("mine", 0));
    let division = json!({"TemporalNamespaceDivision": "x"});
    store.upsert(with(&store.attributes, record("theirs", 1), &division));
    assert_eq!(ids(&store, ""), ["mine"]);
    assert_eq!(ids(&store, "WorkflowId = 'theirs'"), [""; 0]);
    assert_eq!(ids(&store, "TemporalNamespaceDivision = 'x'"), ["theirs"]);
    assert_eq!(store.count("").unwrap().count, 1);
}
