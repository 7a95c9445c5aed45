//! What a worker runs, each name once.

use std::collections::HashMap;

use temporalio_sdk::{WorkerOptions, WorkflowRegistrationError};

use super::WorkerError;
use crate::{activity::ActivityRegistry, table::WorkflowTypeTable, workflow::Workflow};

type Register = Box<dyn FnOnce(&mut WorkerOptions) -> Result<(), WorkflowRegistrationError> + Send>;

/// Workflows and activities in the order they were added.
#[derive(Default)]
pub(super) struct Registry {
    workflows: Vec<(&'static WorkflowTypeTable, Register)>,
    pub(super) activities: ActivityRegistry,
}

impl Registry {
    pub(super) fn add_workflow<W: Workflow>(&mut self) {
        let register: Register = Box::new(|options| options.register_workflow::<W>().map(drop));
        self.workflows.push((W::TYPE, register));
    }

    /// Registers everything, or names what clashes.
    pub(super) fn register(self, options: &mut WorkerOptions) -> Result<(), WorkerError> {
        let task_queue = options.task_queue.clone();
        if self.workflows.is_empty() && self.activities.tables().is_empty() {
            return Err(WorkerError::Empty { task_queue });
        }
        let workflows = self.workflows.iter().map(|(table, _)| (table.name, table.rust_path));
        unique(&task_queue, "workflows", workflows)?;
        let activities = self.activities.tables().iter().map(|table| (table.name, table.rust_path));
        unique(&task_queue, "activities", activities)?;
        for (table, register) in self.workflows {
            register(options).map_err(|_| WorkerError::Duplicate {
                task_queue: task_queue.clone(),
                kind: "workflows",
                name: table.name,
                first: "one registered through `options`",
                second: table.rust_path,
            })?;
        }
        self.activities.register(options);
        Ok(())
    }
}

fn unique(
    task_queue: &str,
    kind: &'static str,
    names: impl Iterator<Item = (&'static str, &'static str)>,
) -> Result<(), WorkerError> {
    let mut seen = HashMap::new();
    for (name, rust_path) in names {
        if let Some(first) = seen.insert(name, rust_path) {
            let task_queue = task_queue.to_owned();
            return Err(WorkerError::Duplicate { task_queue, kind, name, first, second: rust_path });
        }
    }
    Ok(())
}
