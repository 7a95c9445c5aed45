//! Records for the tests of this room.

use serde_json::{Value as Json, json};
use temporalio_protos::temporal::api::{
    common::v1::{Payload, SearchAttributes, WorkflowExecution},
    enums::v1::WorkflowExecutionStatus,
};

use super::{Attributes, Record, Store, attributes::Kind};
use crate::time::Time;

pub(super) fn payload(json: &Json) -> Payload {
    Payload {
        metadata: [("encoding".to_owned(), b"json/plain".to_vec())].into(),
        data: json.to_string().into_bytes(),
        ..Payload::default()
    }
}

pub(super) fn search_attributes(json: &Json) -> SearchAttributes {
    let fields = json.as_object().into_iter().flatten();
    SearchAttributes { indexed_fields: fields.map(|(name, value)| (name.clone(), payload(value))).collect() }
}

/// One attribute of each type.
pub(super) fn attributes() -> Attributes {
    let mut attributes = Attributes::new("default");
    let custom = [
        ("Txt", Kind::Text),
        ("Kw", Kind::Keyword),
        ("Num", Kind::Int),
        ("Dbl", Kind::Double),
        ("Flag", Kind::Bool),
        ("Day", Kind::Datetime),
        ("Tags", Kind::KeywordList),
        ("a b", Kind::Int),
    ];
    let custom = custom.into_iter().map(|(name, kind)| (name.to_owned(), kind.proto().into()));
    attributes.add(&custom.collect()).unwrap();
    attributes
}

pub(super) fn store() -> Store {
    let mut store = Store::new("default");
    store.attributes = attributes();
    store
}

/// An open run without search attributes, started so many milliseconds after 2026 began.
pub(super) fn record(id: &str, started: i64) -> Record {
    let execution = WorkflowExecution { workflow_id: id.to_owned(), run_id: format!("run-{id}") };
    let start_time = Time::from_nanos(1_767_225_600_000_000_000 + started * 1_000_000);
    Record {
        root: execution.clone(),
        execution,
        workflow_type: format!("T-{}", id.chars().take(1).collect::<String>()),
        status: WorkflowExecutionStatus::Running,
        task_queue: "tq".to_owned(),
        start_time,
        execution_time: start_time,
        close_time: None,
        history_length: 2,
        history_size_bytes: 300,
        state_transition_count: 1,
        parent: None,
        memo: None,
        search_attributes: super::attributes::Values::new(),
    }
}

pub(super) fn with(attributes: &Attributes, record: Record, json: &Json) -> Record {
    let given = search_attributes(json);
    let normal = attributes.normalise(&given).unwrap();
    Record { search_attributes: attributes.values(&normal), ..record }
}

pub(super) fn closed(record: Record, status: WorkflowExecutionStatus, after: i64) -> Record {
    let close_time = Time::from_nanos(record.start_time.nanos() + after * 1_000_000);
    Record { status, close_time: Some(close_time), ..record }
}

/// The runs of the recorded answers of the real server.
pub(super) fn four() -> Store {
    let mut store = store();
    let full = json!({
        "Txt": "Hello big-World, foo_bar x", "Kw": "alpha", "Num": 5, "Dbl": 2.5, "Flag": true,
        "Day": "2024-01-02T03:04:05.5Z", "Tags": ["a", "b"],
    });
    let half = json!({"Kw": "beta", "Num": -3, "Flag": false});
    let one = json!({"Tags": ["c"], "Dbl": 3, "Num": [7]});
    let runs = [
        with(&store.attributes, record("full", 0), &full),
        record("bare", 50),
        closed(with(&store.attributes, record("half", 100), &half), WorkflowExecutionStatus::Terminated, 80),
        with(&store.attributes, record("one", 150), &one),
    ];
    runs.into_iter().for_each(|run| store.upsert(run));
    store
}
