//! Workers, as they describe themselves.

use std::{
    collections::{BTreeMap, HashMap},
    time::{Duration, Instant},
};

use temporalio_protos::temporal::api::{enums::v1::WorkerStatus, worker::v1::WorkerHeartbeat};

use super::Engine;
use crate::{
    api::{
        WorkflowExecution,
        enums::{IndexedValueType, WorkflowExecutionStatus},
    },
    refusal::Refusal,
    time::Time,
    visibility::{Record, Store, attributes::Value},
};

/// A worker that has said nothing for so long is gone. They say something every minute.
const SILENCE: Duration = Duration::from_secs(3600);

/// What filters of workers may be about, besides `TaskQueue` and `StartTime`.
const WORDS: [&str; 9] = [
    "WorkerInstanceKey",
    "WorkerIdentity",
    "HostName",
    "DeploymentName",
    "BuildId",
    "SdkName",
    "SdkVersion",
    "Status",
    "WorkerStatus",
];
const HEARTBEAT: &str = "HeartbeatTime";

/// The workers of one namespace, found by filter.
pub(crate) struct WorkerList {
    heartbeats: BTreeMap<String, (WorkerHeartbeat, Instant)>,
    store: Store,
}

impl WorkerList {
    fn new(namespace: &str) -> Self {
        let mut store = Store::new(namespace);
        let words = WORDS.map(|name| (name.to_owned(), IndexedValueType::Keyword as i32));
        let time = (HEARTBEAT.to_owned(), IndexedValueType::Datetime as i32);
        let added = store.attributes.add(&words.into_iter().chain([time]).collect::<HashMap<_, _>>());
        debug_assert!(added.is_ok(), "{added:?}");
        Self { heartbeats: BTreeMap::new(), store }
    }

    fn record(&mut self, heartbeat: WorkerHeartbeat) {
        let key = heartbeat.worker_instance_key.clone();
        if heartbeat.status() == WorkerStatus::Shutdown {
            self.forget(&key);
            return;
        }
        self.store.upsert(of(&heartbeat));
        self.heartbeats.insert(key, (heartbeat, Instant::now()));
    }

    fn forget(&mut self, key: &str) {
        self.heartbeats.remove(key);
        self.store.remove(key);
    }

    fn forget_silent(&mut self) {
        let silent = |(key, (_, seen)): (&String, &(_, Instant))| (seen.elapsed() > SILENCE).then(|| key.clone());
        for key in self.heartbeats.iter().filter_map(silent).collect::<Vec<_>>() {
            self.forget(&key);
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&WorkerHeartbeat> {
        self.heartbeats.get(key).map(|(heartbeat, _)| heartbeat)
    }

    /// A page of those that a filter finds.
    ///
    /// Errors: the filter or the token is not one.
    pub(crate) fn list(
        &self,
        query: &str,
        page_size: i32,
        token: &[u8],
    ) -> Result<(Vec<&WorkerHeartbeat>, Vec<u8>), Refusal> {
        let (found, next) = self.store.select(query, page_size, token)?;
        Ok((found.into_iter().filter_map(|record| self.get(&record.execution.run_id)).collect(), next))
    }

    /// Errors: the filter is not one.
    pub(crate) fn count(&self, query: &str) -> Result<i64, Refusal> {
        Ok(self.store.count(query)?.count)
    }
}

impl Engine {
    /// Workers of this namespace say that they are there.
    ///
    /// Errors: there is no such namespace.
    pub(crate) fn record_heartbeats(
        &mut self,
        namespace: &str,
        heartbeats: Vec<WorkerHeartbeat>,
    ) -> Result<(), Refusal> {
        let list = self.workers(namespace)?;
        list.forget_silent();
        for heartbeat in heartbeats {
            list.record(heartbeat);
        }
        Ok(())
    }

    /// The workers of a namespace.
    ///
    /// Errors: there is no such namespace.
    pub(crate) fn workers(&mut self, namespace: &str) -> Result<&mut WorkerList, Refusal> {
        self.namespace(namespace)?;
        Ok(self.workers.entry(namespace.to_owned()).or_insert_with(|| WorkerList::new(namespace)))
    }
}

/// What filters know of a worker. It is found the way workflows are, with its key for a run id.
fn of(heartbeat: &WorkerHeartbeat) -> Record {
    let version = heartbeat.deployment_version.clone().unwrap_or_default();
    let status = match heartbeat.status() {
        WorkerStatus::Running => "Running",
        WorkerStatus::ShuttingDown => "ShuttingDown",
        WorkerStatus::Shutdown => "Shutdown",
        WorkerStatus::Unspecified => "Unspecified",
    };
    let words = [
        heartbeat.worker_instance_key.as_str(),
        heartbeat.worker_identity.as_str(),
        heartbeat.host_info.as_ref().map_or("", |host| host.host_name.as_str()),
        version.deployment_name.as_str(),
        version.build_id.as_str(),
        heartbeat.sdk_name.as_str(),
        heartbeat.sdk_version.as_str(),
        status,
        status,
    ];
    let words = WORDS.into_iter().zip(words).filter(|(_, word)| !word.is_empty());
    let mut values: BTreeMap<_, _> =
        words.map(|(name, word)| (name.to_owned(), Value::Keyword(word.to_owned()))).collect();
    let at = |time: Option<&prost_wkt_types::Timestamp>| time.map(Time::from_proto).unwrap_or_default();
    let seen = chrono::DateTime::from_timestamp_nanos(at(heartbeat.heartbeat_time.as_ref()).nanos());
    values.insert(HEARTBEAT.to_owned(), Value::Datetime(seen.fixed_offset()));
    let key = heartbeat.worker_instance_key.clone();
    let execution = WorkflowExecution { workflow_id: key.clone(), run_id: key };
    Record {
        root: execution.clone(),
        execution,
        workflow_type: String::new(),
        status: WorkflowExecutionStatus::Running,
        task_queue: heartbeat.task_queue.clone(),
        start_time: at(heartbeat.start_time.as_ref()),
        execution_time: Time::default(),
        close_time: None,
        history_length: 0,
        history_size_bytes: 0,
        state_transition_count: 0,
        parent: None,
        memo: None,
        search_attributes: values,
    }
}
