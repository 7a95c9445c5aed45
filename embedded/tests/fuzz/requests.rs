//! Parts of requests: most of them make sense, some do not.

use std::time::Duration;

use temporalio_protos::temporal::api::{
    common::v1::{
        Header, Link, Memo, Payload, Payloads, Priority, RetryPolicy, SearchAttributes, WorkflowExecution, WorkflowType,
    },
    enums::v1::TaskQueueKind,
    failure::v1::{ApplicationFailureInfo, Failure, failure::FailureInfo},
    taskqueue::v1::TaskQueue,
    workflow::v1::{VersioningOverride, versioning_override::Override},
    workflowservice::v1::StartWorkflowExecutionRequest,
};

use crate::rng::Rng;

pub(crate) fn namespace(rng: &mut Rng) -> String {
    if rng.odd(5) {
        return rng.pick(&["nowhere", ""]).to_owned();
    }
    if rng.once_in(8) { "other" } else { "default" }.to_owned()
}

pub(crate) fn workflow_id(rng: &mut Rng) -> String {
    if rng.odd(30) {
        return rng.pick(&[String::new(), "x".repeat(1001)]);
    }
    rng.pick(&["w1", "w2", "w1", "w2", "w3"]).to_owned()
}

pub(crate) fn name(rng: &mut Rng) -> String {
    if rng.odd(40) { String::new() } else { rng.pick(&["a", "b", "c"]).to_owned() }
}

pub(crate) fn execution(rng: &mut Rng, run_ids: &[String]) -> WorkflowExecution {
    let run_id = if rng.odd(4) {
        rng.pick(&["no uuid", "00000000-0000-4000-8000-000000000000"]).to_owned()
    } else if rng.once_in(8) {
        rng.try_pick(run_ids).unwrap_or_default()
    } else {
        String::new()
    };
    WorkflowExecution { workflow_id: workflow_id(rng), run_id }
}

pub(crate) fn queue(rng: &mut Rng) -> TaskQueue {
    let kind = if rng.odd(8) { TaskQueueKind::Sticky } else { TaskQueueKind::Normal };
    let name = if rng.odd(40) { "" } else { rng.pick(&["q", "q", "q", "q", "q", "q", "q", "sticky"]) };
    TaskQueue { name: name.to_owned(), kind: kind as i32, normal_name: String::new() }
}

pub(crate) fn payloads(rng: &mut Rng) -> Option<Payloads> {
    let bytes = if rng.odd(30) { 3000 } else { rng.below(30) };
    rng.maybe(2, |_| Payloads { payloads: vec![Payload { data: vec![b'x'; bytes], ..Payload::default() }] })
}

pub(crate) fn header(rng: &mut Rng) -> Option<Header> {
    rng.maybe(10, |_| Header { fields: [("h".to_owned(), Payload::default())].into() })
}

pub(crate) fn memo(rng: &mut Rng) -> Option<Memo> {
    rng.maybe(5, |rng| Memo { fields: [(name(rng), Payload::default())].into() })
}

pub(crate) fn search_attributes(rng: &mut Rng) -> Option<SearchAttributes> {
    rng.maybe(20, |rng| {
        let attribute =
            if rng.odd(2) { rng.pick(&["BuildIds", "Nonsense", "CloseTime"]) } else { "TemporalChangeVersion" };
        let data = if rng.odd(2) { rng.pick(&["1", "", "null"]) } else { "[\"a\"]" };
        let (attribute, data) = (attribute.to_owned(), data.as_bytes().to_vec());
        let metadata = [("encoding".to_owned(), b"json/plain".to_vec())].into();
        SearchAttributes { indexed_fields: [(attribute, Payload { data, metadata, ..Payload::default() })].into() }
    })
}

/// From nothing to far beyond what can be counted.
pub(crate) fn duration(rng: &mut Rng) -> Option<prost_wkt_types::Duration> {
    if rng.odd(20) {
        let (seconds, nanos) = rng.pick(&[(-1, 0), (i64::MAX, i32::MAX), (0, -7)]);
        return Some(prost_wkt_types::Duration { seconds, nanos });
    }
    match rng.below(60) {
        // Less would be for workflows that are tried again and again while an hour is skipped.
        0..=3 => Duration::from_millis(500).try_into().ok(),
        4..=9 => Duration::from_secs(1).try_into().ok(),
        10..=19 => Duration::from_secs(3600).try_into().ok(),
        _ => None,
    }
}

pub(crate) fn hour() -> Option<prost_wkt_types::Duration> {
    Duration::from_secs(3600).try_into().ok()
}

/// A time that is there.
pub(crate) fn some_duration(rng: &mut Rng) -> Option<prost_wkt_types::Duration> {
    let durations =
        [Duration::from_millis(1), Duration::from_secs(1), Duration::from_secs(3600), Duration::from_secs(60)];
    if rng.odd(30) { duration(rng) } else { rng.pick(&durations).try_into().ok() }
}

pub(crate) fn retry_policy(rng: &mut Rng) -> Option<RetryPolicy> {
    rng.maybe(3, |rng| RetryPolicy {
        initial_interval: if rng.once_in(2) { Duration::from_millis(1).try_into().ok() } else { duration(rng) },
        backoff_coefficient: if rng.odd(4) { rng.pick(&[0.0, 1e300, f64::NAN]) } else { rng.pick(&[1.0, 2.0]) },
        maximum_interval: duration(rng),
        // Without an end it goes on while hours are skipped.
        maximum_attempts: if rng.odd(4) { rng.pick(&[0, -1]) } else { rng.pick(&[1, 2, 3, 4]) },
        non_retryable_error_types: rng.maybe(3, name).into_iter().collect(),
    })
}

pub(crate) fn failure(rng: &mut Rng) -> Option<Failure> {
    rng.maybe(2, |rng| {
        let info = ApplicationFailureInfo {
            r#type: name(rng),
            non_retryable: rng.once_in(5),
            details: payloads(rng),
            next_retry_delay: duration(rng),
            ..Default::default()
        };
        Failure {
            message: name(rng),
            failure_info: Some(FailureInfo::ApplicationFailureInfo(info)),
            ..Failure::default()
        }
    })
}

pub(crate) fn request_id(rng: &mut Rng) -> String {
    rng.pick(&["", "", "", "r1", "r2", "r3"]).to_owned()
}

pub(crate) fn versioning_override(rng: &mut Rng) -> Option<VersioningOverride> {
    rng.maybe(3, |rng| VersioningOverride {
        r#override: rng.maybe(2, |_| Override::AutoUpgrade(true)),
        ..Default::default()
    })
}

pub(crate) fn cron(rng: &mut Rng) -> String {
    if rng.odd(20) {
        return rng.pick(&["nonsense", "CRON_TZ=Nowhere 0 * * * *"]).to_owned();
    }
    rng.maybe(12, |rng| rng.pick(&["@every 1h", "0 * * * *"]).to_owned()).unwrap_or_default()
}

/// Of so many; often there is none.
fn policy(rng: &mut Rng, count: usize) -> i32 {
    rng.maybe(3, |rng| i32::try_from(rng.below(count)).unwrap_or(0)).unwrap_or(0)
}

pub(crate) fn start(rng: &mut Rng) -> StartWorkflowExecutionRequest {
    StartWorkflowExecutionRequest {
        namespace: namespace(rng),
        workflow_id: workflow_id(rng),
        workflow_type: Some(WorkflowType { name: name(rng) }),
        task_queue: Some(queue(rng)),
        input: payloads(rng),
        workflow_execution_timeout: duration(rng),
        workflow_run_timeout: duration(rng),
        workflow_task_timeout: duration(rng),
        identity: name(rng),
        request_id: request_id(rng),
        workflow_id_reuse_policy: policy(rng, 5),
        workflow_id_conflict_policy: policy(rng, 4),
        retry_policy: retry_policy(rng),
        cron_schedule: cron(rng),
        memo: memo(rng),
        search_attributes: search_attributes(rng),
        header: header(rng),
        request_eager_execution: rng.once_in(4),
        workflow_start_delay: rng.maybe(12, duration).flatten(),
        links: rng.maybe(6, |_| Link::default()).into_iter().collect(),
        versioning_override: versioning_override(rng),
        on_conflict_options: rng.maybe(6, |rng| temporalio_protos::temporal::api::workflow::v1::OnConflictOptions {
            attach_request_id: rng.once_in(2),
            attach_completion_callbacks: rng.odd(20),
            attach_links: rng.once_in(2),
        }),
        priority: rng.maybe(4, |_| Priority { priority_key: 1, ..Priority::default() }),
        ..Default::default()
    }
}
