//! Starting runs, and finding them.

use std::time::Duration;

use tokio::sync::watch;

use super::{Engine, Entry, RunKey, new_id};
use crate::{
    api::{
        WorkflowExecution,
        enums::{WorkflowExecutionStatus, WorkflowIdConflictPolicy, WorkflowIdReusePolicy},
    },
    refusal::Refusal,
    run::{Attach, Effect, Run, Signal, Start, Step},
    visibility::Attributes,
};
use temporalio_protos::temporal::api::errordetails::v1::{NotFoundFailure, WorkflowExecutionAlreadyStartedFailure};

/// What becomes of a start whose workflow id is taken.
#[derive(Clone, Debug, Default)]
pub(crate) struct StartPolicies {
    pub(crate) reuse: WorkflowIdReusePolicy,
    pub(crate) conflict: WorkflowIdConflictPolicy,
    /// What the one that runs already gets of the request, if it is taken.
    pub(crate) attach: Attach,
}

/// What a start has led to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Started {
    pub(crate) key: RunKey,
    /// Whether it is a new run, or the one that the same request has started before.
    pub(crate) new: bool,
    /// Whether the same request has started it before.
    pub(crate) again: bool,
}

const CLOSED_UNSUCCESSFULLY: [WorkflowExecutionStatus; 4] = [
    WorkflowExecutionStatus::Failed,
    WorkflowExecutionStatus::Canceled,
    WorkflowExecutionStatus::Terminated,
    WorkflowExecutionStatus::TimedOut,
];

impl Engine {
    /// Starts a workflow, with a signal that comes before its first task if there is one, or finds the one that runs.
    ///
    /// Errors: the policies forbid it.
    // Old clients still ask to terminate what runs by the reuse policy.
    #[allow(deprecated)]
    pub(crate) fn start(
        &mut self,
        start: Start,
        policies: StartPolicies,
        signal: Option<Signal>,
    ) -> Result<Started, Refusal> {
        let id = (start.namespace.clone(), start.workflow_id.clone());
        if let Some(key) = self.current.get(&id).copied()
            && let Some(run) = self.run(key)
        {
            if run.create_request_id == start.request_id {
                return Ok(Started { key, new: true, again: true });
            }
            if run.attached.contains(&start.request_id) {
                return Ok(Started { key, new: false, again: true });
            }
            if run.is_open() {
                let conflict = match (policies.conflict, policies.reuse) {
                    (_, WorkflowIdReusePolicy::TerminateIfRunning) => WorkflowIdConflictPolicy::TerminateExisting,
                    (WorkflowIdConflictPolicy::Unspecified, _) if signal.is_some() => {
                        WorkflowIdConflictPolicy::UseExisting
                    }
                    (policy, _) => policy,
                };
                match conflict {
                    WorkflowIdConflictPolicy::UseExisting => {
                        if let Some(signal) = signal {
                            self.transition(key, |run, step| run.signal(signal, step)).transpose()?;
                        }
                        self.transition(key, |run, step| run.attach(policies.attach, step));
                        return Ok(Started { key, new: false, again: false });
                    }
                    WorkflowIdConflictPolicy::TerminateExisting => {
                        let identity = start.identity.clone();
                        self.transition(key, |run, step| {
                            run.terminate("TerminateIfRunning WorkflowIdReusePolicy Policy", None, &identity, step)
                        })
                        .transpose()?;
                    }
                    _ => {
                        let message = format!(
                            "Workflow execution is already running. WorkflowId: {}, RunId: {}.",
                            run.ids.workflow_id, run.ids.run_id
                        );
                        return Err(already_started(run, message));
                    }
                }
            } else {
                reusable(run, policies.reuse)?;
            }
        }
        Ok(Started { key: self.create(start, new_id(), signal), new: true, again: false })
    }

    /// A new run, the latest of its workflow id. A child waits for its parent.
    pub(super) fn create(&mut self, start: Start, run_id: String, signal: Option<Signal>) -> RunKey {
        let key = self.number();
        let now = self.clock.now();
        let mut ids = new_id;
        let none = Attributes::new("");
        let attributes = self.rooms.get(&start.namespace).map_or(&none, |rooms| &rooms.runs.attributes);
        let mut step = Step::new(now, &self.limits, attributes, &mut ids);
        let run = Run::new(start, run_id, &mut step);
        let effects = step.effects;
        self.insert(key, run, effects);
        self.transition(key, |run, step| {
            if let Some(signal) = signal {
                // An open run takes its first signal.
                let _ = run.signal(signal, step);
            }
            run.begin(step);
        });
        key
    }

    /// Takes in a run that was made, as the latest of its workflow id.
    pub(super) fn insert(&mut self, key: RunKey, run: Run, effects: Vec<Effect>) {
        self.by_run_id.insert(run.ids.run_id.clone(), key);
        let id = (run.ids.namespace.clone(), run.ids.workflow_id.clone());
        self.note_run(key);
        self.note_latest(&id);
        self.current.insert(id, key);
        let (changed, _) = watch::channel(());
        let entry = Entry { run, busy: false, forgotten_at: None, changed, recorded: None, kept: (0, 0) };
        self.runs.insert(key, Box::new(entry));
        self.outbox.extend(effects.into_iter().map(|effect| (key, effect)));
    }

    /// The run of this execution, the latest one if it names none.
    ///
    /// Errors: there is none.
    pub(crate) fn find(&self, namespace: &str, execution: &WorkflowExecution) -> Result<RunKey, Refusal> {
        let WorkflowExecution { workflow_id, run_id } = execution;
        if workflow_id.is_empty() {
            return Err(Refusal::invalid("WorkflowId is not set on request."));
        }
        if run_id.is_empty() {
            let id = (namespace.to_owned(), workflow_id.clone());
            return self.current.get(&id).copied().ok_or_else(|| {
                Refusal::not_found(format!("workflow not found for ID: {workflow_id}"))
                    .with_detail(&NotFoundFailure::default())
            });
        }
        if uuid::Uuid::parse_str(run_id).is_err() {
            return Err(Refusal::invalid("Invalid RunId."));
        }
        let key = self.by_run_id.get(run_id).copied();
        let fits = |key: &RunKey| {
            self.run(*key).is_some_and(|run| run.ids.workflow_id == *workflow_id && run.ids.namespace == namespace)
        };
        key.filter(fits).ok_or_else(|| {
            let message =
                format!("workflow execution not found for workflow ID \"{workflow_id}\" and run ID \"{run_id}\"");
            Refusal::not_found(message).with_detail(&NotFoundFailure::default())
        })
    }

    /// The latest run of the chain that began with this one.
    pub(crate) fn find_chain(&self, namespace: &str, workflow_id: &str, first_run_id: &str) -> Option<RunKey> {
        let key = *self.current.get(&(namespace.to_owned(), workflow_id.to_owned()))?;
        self.run(key).filter(|run| run.ids.first_run_id == first_run_id)?;
        Some(key)
    }

    /// The run that a token speaks of.
    pub(crate) fn by_run_id(&self, namespace_id: &str, run_id: &str) -> Option<RunKey> {
        let key = *self.by_run_id.get(run_id)?;
        self.run(key).filter(|run| run.ids.namespace_id == namespace_id)?;
        Some(key)
    }

    /// Forgets a run.
    pub(crate) fn delete(&mut self, key: RunKey) {
        self.transition(key, |run, step| {
            let _ = run.terminate("Delete workflow execution", None, "history-service", step);
        });
        // Others hear of its end before it is gone.
        self.drain_outbox();
        let Some(entry) = self.runs.remove(&key) else { return };
        self.busy -= usize::from(entry.busy);
        if let Some(at) = entry.forgotten_at {
            self.retention.remove(&(at, key));
        }
        self.parents.retain(|_, parent| *parent != key);
        let ids = entry.run.ids;
        self.by_run_id.remove(&ids.run_id);
        self.forget_record(&ids.namespace, &ids.run_id);
        let id = (ids.namespace, ids.workflow_id);
        if self.current.get(&id) == Some(&key) {
            self.note_latest(&id);
            self.current.remove(&id);
        }
    }

    /// How long a caller may wait for the first task of a run.
    pub(crate) fn first_task_in(&self, key: RunKey) -> Duration {
        let until = self.run(key).and_then(Run::backoff_until);
        until.map_or(Duration::ZERO, |until| until.since(self.clock.now()))
    }
}

/// Errors: the policy forbids to use the id of this closed run again.
fn reusable(run: &Run, policy: WorkflowIdReusePolicy) -> Result<(), Refusal> {
    let ids = format!("WorkflowId: {}, RunId: {}.", run.ids.workflow_id, run.ids.run_id);
    match policy {
        WorkflowIdReusePolicy::AllowDuplicateFailedOnly if !CLOSED_UNSUCCESSFULLY.contains(&run.status) => {
            let message = format!(
                "Workflow execution already finished successfully. {ids} Workflow Id reuse policy: allow duplicate workflow Id if last run failed."
            );
            Err(already_started(run, message))
        }
        WorkflowIdReusePolicy::RejectDuplicate => {
            let message = format!(
                "Workflow execution already finished. {ids} Workflow Id reuse policy: reject duplicate workflow Id."
            );
            Err(already_started(run, message))
        }
        _ => Ok(()),
    }
}

fn already_started(run: &Run, message: String) -> Refusal {
    Refusal::already_exists(message).with_detail(&WorkflowExecutionAlreadyStartedFailure {
        start_request_id: run.create_request_id.clone(),
        run_id: run.ids.run_id.clone(),
        first_execution_run_id: run.ids.first_run_id.clone(),
    })
}
