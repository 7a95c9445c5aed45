//! Batch operations: the same thing done to many workflows.

use std::collections::{BTreeMap, VecDeque};

use temporalio_protos::temporal::api::{
    batch::v1::BatchOperationReset,
    common::v1::{Execution, reset_options},
    enums::v1::{BatchOperationState, ResetType},
    errordetails::v1::{NotFoundFailure, WorkflowExecutionAlreadyStartedFailure},
    workflowservice::v1::start_batch_operation_request::Operation,
};
use tonic::Code;

use super::{Engine, RunKey, new_id};
use crate::{
    api::{
        Attributes, WorkflowExecution,
        enums::{ResetReapplyExcludeType, ResetReapplyType},
    },
    refusal::Refusal,
    run::{Cancel, OptionsChange, Reset, Signal},
    time::Time,
};

/// How many workflows are dealt with before others have their turn.
const CHUNK: usize = 100;
/// How many operations of a namespace are remembered.
const REMEMBERED: usize = 1000;

/// What is to be done, and to whom.
pub(crate) struct Batch {
    pub(crate) operation: Operation,
    /// What the operation changes of options: of the workflows, or of those that go on after a reset.
    pub(crate) changes: Vec<OptionsChange>,
    pub(crate) identity: String,
    pub(crate) reason: String,
    pub(crate) query: String,
    pub(crate) executions: Vec<Execution>,
}

/// An operation and how far it is.
pub(crate) struct Job {
    pub(crate) batch: Batch,
    run_id: String,
    number: u64,
    waiting: VecDeque<WorkflowExecution>,
    pub(crate) state: BatchOperationState,
    pub(crate) start_time: Time,
    pub(crate) close_time: Option<Time>,
    pub(crate) total: usize,
    pub(crate) complete: usize,
    pub(crate) failed: usize,
}

/// All operations of a server, by namespace and job id.
pub(super) type Jobs = BTreeMap<(String, String), Job>;

impl Engine {
    /// Begins with an operation; [`Engine::go_on`] does it.
    ///
    /// Errors: there is one of this id already.
    pub(crate) fn start_batch(&mut self, namespace: &str, id: &str, batch: Batch) -> Result<(), Refusal> {
        let key = (namespace.to_owned(), id.to_owned());
        if let Some(job) = self.batches.get(&key) {
            let run_id = job.run_id.clone();
            let message = format!(
                "Workflow execution already finished. WorkflowId: {id}, RunId: {run_id}. Workflow Id reuse policy: reject duplicate workflow Id."
            );
            let detail = WorkflowExecutionAlreadyStartedFailure { run_id, ..Default::default() };
            return Err(Refusal::already_exists(message).with_detail(&detail));
        }
        let now = self.clock.now();
        let found = match batch.query.is_empty() {
            true => Ok(batch.executions.iter().map(execution).collect()),
            false => self.targets(namespace, &batch),
        };
        let (waiting, state) = match found {
            Ok(found) => (found, BatchOperationState::Running),
            // As on the real server, it is the operation that fails, not the call.
            Err(_) => (VecDeque::new(), BatchOperationState::Failed),
        };
        let job = Job {
            batch,
            run_id: new_id(),
            number: self.number(),
            total: waiting.len(),
            waiting,
            state,
            start_time: now,
            close_time: (state == BatchOperationState::Failed).then_some(now),
            complete: 0,
            failed: 0,
        };
        self.forget_old_batches(namespace);
        self.batches.insert(key, job);
        Ok(())
    }

    fn forget_old_batches(&mut self, namespace: &str) {
        let closed = self.batches.iter().filter(|((of, _), job)| of == namespace && job.close_time.is_some());
        if closed.clone().count() >= REMEMBERED
            && let Some(oldest) = closed.min_by_key(|(_, job)| job.number).map(|(key, _)| key.clone())
        {
            self.batches.remove(&oldest);
        }
    }

    /// The workflows that the query finds. What only means open ones looks for no others.
    fn targets(&mut self, namespace: &str, batch: &Batch) -> Result<VecDeque<WorkflowExecution>, Refusal> {
        let query = match batch.operation {
            Operation::DeletionOperation(_) | Operation::ResetOperation(_) => batch.query.clone(),
            _ => format!("({}) AND ExecutionStatus = 'Running'", batch.query),
        };
        let store = &self.rooms(namespace)?.runs;
        let (mut found, mut token) = (VecDeque::new(), Vec::new());
        loop {
            let (page, next) = store.select(&query, 0, &token)?;
            found.extend(page.into_iter().map(|record| record.execution.clone()));
            if next.is_empty() {
                return Ok(found);
            }
            token = next;
        }
    }

    /// Does some of it; whether there is more to do.
    pub(crate) fn go_on(&mut self, namespace: &str, id: &str) -> bool {
        let key = (namespace.to_owned(), id.to_owned());
        let Some(mut job) = self.batches.remove(&key) else { return false };
        for execution in job.waiting.drain(..CHUNK.min(job.waiting.len())).collect::<Vec<_>>() {
            let reset = matches!(job.batch.operation, Operation::ResetOperation(_));
            match self.operate(namespace, &execution, &job.batch) {
                Ok(()) => job.complete += 1,
                // It has closed or is gone: there is nothing left to do.
                Err(refusal) if refusal.code == Code::NotFound && !reset => job.complete += 1,
                Err(_) => job.failed += 1,
            }
        }
        let more = !job.waiting.is_empty();
        if !more && job.close_time.is_none() {
            job.close_time = Some(self.clock.now());
            job.state = BatchOperationState::Completed;
        }
        self.batches.insert(key, job);
        more
    }

    /// Stops an operation; what it has done stays done.
    ///
    /// Errors: there is none of this id, or it is over.
    pub(crate) fn stop_batch(&mut self, namespace: &str, id: &str) -> Result<(), Refusal> {
        let now = self.clock.now();
        let job = self.batches.get_mut(&(namespace.to_owned(), id.to_owned())).ok_or_else(|| unknown(id))?;
        if job.close_time.is_some() {
            return Err(Refusal::not_found("workflow execution already completed"));
        }
        job.waiting.clear();
        job.close_time = Some(now);
        job.state = BatchOperationState::Failed;
        Ok(())
    }

    /// Errors: there is none of this id.
    pub(crate) fn batch(&self, namespace: &str, id: &str) -> Result<&Job, Refusal> {
        self.batches.get(&(namespace.to_owned(), id.to_owned())).ok_or_else(|| unknown(id))
    }

    /// The operations of a namespace with their numbers, the latest one first.
    pub(crate) fn batches(&self, namespace: &str) -> Vec<(u64, &str, &Job)> {
        let of = self.batches.iter().filter(|((of, _), _)| of == namespace);
        let mut jobs: Vec<_> = of.map(|((_, id), job)| (job.number, id.as_str(), job)).collect();
        jobs.sort_by_key(|(number, ..)| std::cmp::Reverse(*number));
        jobs
    }

    fn operate(&mut self, namespace: &str, execution: &WorkflowExecution, batch: &Batch) -> Result<(), Refusal> {
        let key = self.find(namespace, execution)?;
        let identity = &batch.identity;
        match &batch.operation {
            Operation::SignalOperation(signal) => {
                let signal = Signal {
                    name: signal.signal.clone(),
                    input: signal.input.clone(),
                    header: signal.header.clone(),
                    identity: identity.clone(),
                    request_id: new_id(),
                    ..Signal::default()
                };
                self.transition(key, |run, step| run.signal(signal, step)).unwrap_or(Ok(()))
            }
            Operation::CancellationOperation(_) => {
                let cancel = Cancel { identity: identity.clone(), ..Cancel::default() };
                self.transition(key, |run, step| run.request_cancel(cancel, step));
                Ok(())
            }
            Operation::TerminationOperation(termination) => {
                let details = termination.details.clone();
                self.transition(key, |run, step| run.terminate(&batch.reason, details, identity, step))
                    .unwrap_or(Ok(()))
            }
            Operation::DeletionOperation(_) => {
                self.delete(key);
                Ok(())
            }
            Operation::ResetOperation(reset) => {
                let finish_id = self.reset_point(key, reset)?;
                let reset = Reset {
                    run_id: new_id(),
                    request_id: new_id(),
                    reason: batch.reason.clone(),
                    finish_id,
                    exclude: excluded(reset),
                    changes: batch.changes.clone(),
                };
                self.reset(key, reset).map(drop)
            }
            Operation::UpdateWorkflowOptionsOperation(_) => {
                for change in &batch.changes {
                    self.transition(key, |run, step| run.change_options(change, identity, step)).transpose()?;
                }
                Ok(())
            }
            _ => Err(Refusal::unimplemented("the embedded server does not implement batches of activities")),
        }
    }

    /// The event in place of which a reset lets the workflow task fail.
    fn reset_point(&self, key: RunKey, reset: &BatchOperationReset) -> Result<i64, Refusal> {
        let none = || Refusal::not_found("no workflow task to be reset to");
        let run = self.run(key).ok_or_else(none)?;
        let mut completed = run.log.events().filter_map(|event| match event.attributes {
            Some(Attributes::WorkflowTaskCompletedEventAttributes(_)) => Some(event.event_id),
            _ => None,
        });
        match target(reset) {
            Some(reset_options::Target::FirstWorkflowTask(_)) => completed.next().ok_or_else(none),
            Some(reset_options::Target::LastWorkflowTask(_)) => completed.next_back().ok_or_else(none),
            Some(reset_options::Target::WorkflowTaskId(id)) => Ok(id),
            Some(reset_options::Target::BuildId(_)) | None => Err(none()),
        }
    }
}

/// Where to; older clients say it in another way.
#[allow(deprecated)]
pub(crate) fn target(reset: &BatchOperationReset) -> Option<reset_options::Target> {
    match &reset.options {
        Some(options) => options.target.clone(),
        None => match reset.reset_type() {
            ResetType::FirstWorkflowTask => Some(reset_options::Target::FirstWorkflowTask(())),
            ResetType::LastWorkflowTask => Some(reset_options::Target::LastWorkflowTask(())),
            ResetType::Unspecified => None,
        },
    }
}

#[allow(deprecated)]
fn excluded(reset: &BatchOperationReset) -> Vec<ResetReapplyExcludeType> {
    let reapply = match &reset.options {
        Some(options) => options.reset_reapply_type(),
        None => reset.reset_reapply_type(),
    };
    let mut excluded = match reapply {
        ResetReapplyType::None => vec![ResetReapplyExcludeType::Signal, ResetReapplyExcludeType::Update],
        _ => Vec::new(),
    };
    excluded.extend(reset.options.iter().flat_map(|options| options.reset_reapply_exclude_types()));
    excluded
}

fn execution(given: &Execution) -> WorkflowExecution {
    WorkflowExecution { workflow_id: given.business_id.clone(), run_id: given.run_id.clone() }
}

fn unknown(id: &str) -> Refusal {
    Refusal::not_found(format!("workflow not found for ID: {id}")).with_detail(&NotFoundFailure::default())
}
