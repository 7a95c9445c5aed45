//! What lists and counts know of runs and of schedules.

use super::{Engine, RunKey};
use crate::{
    api::{SearchAttributes, WorkflowExecution, enums::WorkflowExecutionStatus},
    payload,
    refusal::Refusal,
    run::Run,
    schedules::Schedule,
    time::Time,
    visibility::{Record, Refused, Store, merge},
};

/// What is known in one namespace. Both have the same search attributes.
pub(crate) struct Rooms {
    pub(crate) runs: Store,
    pub(crate) schedules: Store,
}

impl Rooms {
    pub(super) fn new(namespace: &str) -> Self {
        Self { runs: Store::new(namespace), schedules: Store::new(namespace) }
    }
}

impl Engine {
    /// Keeps what is known of a run up to date.
    pub(super) fn record(&mut self, key: RunKey) {
        let Some(entry) = self.runs.get_mut(&key) else { return };
        let state = Some((entry.run.status, entry.run.visible));
        if entry.recorded == state {
            return;
        }
        let closes = !entry.run.is_open() && entry.forgotten_at.is_none();
        entry.recorded = state;
        if let Some(rooms) = self.rooms.get_mut(&entry.run.ids.namespace) {
            let values = rooms.runs.attributes.values(&entry.run.search_attributes);
            rooms.runs.upsert(Record { search_attributes: values, ..of_run(&entry.run) });
        }
        if closes {
            self.retain(key);
        }
    }

    /// Forgets what was known of a run.
    pub(super) fn forget_record(&mut self, namespace: &str, run_id: &str) {
        if let Some(rooms) = self.rooms.get_mut(namespace) {
            rooms.runs.remove(run_id);
        }
    }

    /// Keeps what is known of a schedule up to date.
    pub(super) fn record_schedule(&mut self, namespace: &str, schedule: &Schedule) {
        let Some(rooms) = self.rooms.get_mut(namespace) else { return };
        let mut given = schedule.search_attributes().cloned().unwrap_or_default();
        given.indexed_fields.insert("TemporalSchedulePaused".to_owned(), payload::json_bool(schedule.is_paused()));
        let id = schedule.id().to_owned();
        let execution = WorkflowExecution { run_id: id.clone(), workflow_id: id };
        rooms.schedules.upsert(Record {
            root: execution.clone(),
            execution,
            workflow_type: String::new(),
            status: WorkflowExecutionStatus::Running,
            task_queue: String::new(),
            start_time: Time::default(),
            execution_time: Time::default(),
            close_time: None,
            history_length: 0,
            history_size_bytes: 0,
            state_transition_count: 0,
            parent: None,
            memo: schedule.memo().cloned(),
            search_attributes: rooms.runs.attributes.values(&given),
        });
    }

    pub(super) fn forget_schedule_record(&mut self, namespace: &str, id: &str) {
        if let Some(rooms) = self.rooms.get_mut(namespace) {
            rooms.schedules.remove(id);
        }
    }

    /// What is known in a namespace.
    ///
    /// Errors: there is none of this name.
    pub(crate) fn rooms(&mut self, namespace: &str) -> Result<&mut Rooms, Refusal> {
        self.namespace(namespace)?;
        Ok(self.rooms.entry(namespace.to_owned()).or_insert_with(|| Rooms::new(namespace)))
    }

    /// Search attributes as the first event of a run has them.
    ///
    /// Errors: the namespace has no such attributes, or they are of other types.
    pub(super) fn attributes(&self, namespace: &str, given: &SearchAttributes) -> Result<SearchAttributes, Refusal> {
        let mut attributes = SearchAttributes::default();
        if let Some(rooms) = self.rooms.get(namespace) {
            merge(&mut attributes, &rooms.runs.attributes.normalise(given)?);
        }
        Ok(attributes)
    }

    pub(crate) fn add_rooms(&mut self, namespace: &str) {
        self.rooms.insert(namespace.to_owned(), Rooms::new(namespace));
    }

    pub(crate) fn remove_rooms(&mut self, namespace: &str) {
        self.rooms.remove(namespace);
    }
}

fn of_run(run: &Run) -> Record {
    let execution = WorkflowExecution { workflow_id: run.ids.workflow_id.clone(), run_id: run.ids.run_id.clone() };
    Record {
        root: run.root(),
        execution,
        workflow_type: run.started.workflow_type.clone().unwrap_or_default().name,
        status: run.status,
        task_queue: run.task_queue().name,
        start_time: run.start_time,
        execution_time: run.execution_time,
        close_time: run.close_time,
        history_length: run.log.last_id(),
        history_size_bytes: i64::try_from(run.log.bytes()).unwrap_or(i64::MAX),
        state_transition_count: run.transitions,
        parent: run.started.parent_workflow_execution.clone(),
        memo: Some(run.memo.clone()),
        search_attributes: Default::default(),
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        Self::invalid(refused.message)
    }
}
