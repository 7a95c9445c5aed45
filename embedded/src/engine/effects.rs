//! Carrying out what runs ask for.

use super::{Engine, Item, Kind, QueueKey, RunKey, StartPolicies};
use crate::{
    api::{
        WorkflowExecution,
        enums::{
            CancelExternalWorkflowExecutionFailedCause as CancelCause, ParentClosePolicy,
            SignalExternalWorkflowExecutionFailedCause as SignalCause,
            StartChildWorkflowExecutionFailedCause as ChildCause,
        },
    },
    refusal::Refusal,
    run::{Cancel, Effect, NewRun, Outcome, Report, Run, Signal, StartChild, Target},
};

const SERVICE: &str = "history-service";

/// Why a message does not reach another workflow.
enum Unreachable {
    Namespace,
    Workflow,
}

impl Engine {
    pub(super) fn carry_out(&mut self, key: RunKey, effect: Effect) {
        match effect {
            Effect::Timer { at, due } => self.set_timer(key, at, due),
            Effect::WorkflowTask { stamp } => self.dispatch_task(key, stamp),
            Effect::ActivityTask { task_queue, scheduled_id, stamp } => {
                let Some(run) = self.run(key) else { return };
                let namespace = run.ids.namespace.clone();
                let queue = QueueKey { namespace, name: task_queue, kind: Kind::Activity };
                self.matching.add(queue, Item::Activity { run: key, scheduled_id, stamp });
            }
            Effect::StartChild(child) => self.start_child(key, *child),
            Effect::Signal { initiated_id, target, name, input, header } => {
                let sent = match self.reach(key, &target) {
                    Err(Unreachable::Namespace) => Err(SignalCause::NamespaceNotFound),
                    Err(Unreachable::Workflow) => Err(SignalCause::ExternalWorkflowExecutionNotFound),
                    // One that has closed refuses the signal.
                    Ok(other) => {
                        let signal = Signal {
                            name,
                            input,
                            header,
                            identity: SERVICE.to_owned(),
                            request_id: super::new_id(),
                            sender: self.execution(key),
                            ..Signal::default()
                        };
                        match self.transition(other, |run, step| run.signal(signal, step)) {
                            Some(Ok(())) => Ok(()),
                            Some(Err(Refusal { code: tonic::Code::ResourceExhausted, .. })) => {
                                Err(SignalCause::SignalCountLimitExceeded)
                            }
                            _ => Err(SignalCause::ExternalWorkflowExecutionNotFound),
                        }
                    }
                };
                self.transition(key, |run, step| run.signal_sent(initiated_id, sent, step));
            }
            Effect::Cancel { initiated_id, target, reason } => {
                let sent = match self.reach(key, &target) {
                    Err(Unreachable::Namespace) => Err(CancelCause::NamespaceNotFound),
                    Err(Unreachable::Workflow) => Err(CancelCause::ExternalWorkflowExecutionNotFound),
                    // As with any request to cancel, it is well if the workflow has closed.
                    Ok(other) => {
                        let sender = self.execution(key).map(|execution| (execution, initiated_id));
                        let cancel = Cancel { reason, identity: SERVICE.to_owned(), sender, ..Cancel::default() };
                        self.transition(other, |run, step| run.request_cancel(cancel, step));
                        Ok(())
                    }
                };
                self.transition(key, |run, step| run.cancel_sent(initiated_id, sent, step));
            }
            Effect::Report(report) => {
                self.tell_schedule(key, &report.outcome);
                if let Some(parent) = self.parent_of(key) {
                    self.transition(parent, |run, step| run.child_reports(report, step));
                }
            }
            Effect::CloseChild { child, policy } => self.close_child(key, &child, policy),
            Effect::Continue(next) => {
                let NewRun { run_id, start } = *next;
                self.create(start, run_id, None);
            }
            Effect::QueryAnswered { id, answer } => self.query_answered(id, answer),
        }
    }

    /// Puts the task where its worker is, or where any worker finds it.
    fn dispatch_task(&mut self, key: RunKey, stamp: u64) {
        let Some(run) = self.run(key) else { return };
        let Some(task) = run.task.as_ref().filter(|task| task.stamp == stamp && !task.is_started()) else { return };
        let queue =
            |name: &str| QueueKey { namespace: run.ids.namespace.clone(), name: name.to_owned(), kind: Kind::Workflow };
        let sticky = task.sticky.as_deref().filter(|_| run.sticky_queue().is_some());
        let sticky = sticky.map(queue).filter(|sticky| self.matching.is_alive(sticky));
        let queue = sticky.unwrap_or_else(|| queue(&run.task_queue().name));
        self.matching.add(queue, Item::Workflow { run: key, stamp });
    }

    fn execution(&self, key: RunKey) -> Option<WorkflowExecution> {
        let ids = &self.run(key)?.ids;
        Some(WorkflowExecution { workflow_id: ids.workflow_id.clone(), run_id: ids.run_id.clone() })
    }

    /// The run that a message of another one is for.
    fn reach(&self, from: RunKey, target: &Target) -> Result<RunKey, Unreachable> {
        if self.namespaces.get(&target.namespace).is_none() {
            return Err(Unreachable::Namespace);
        }
        let found = self.find(&target.namespace, &target.execution).map_err(|_| Unreachable::Workflow)?;
        let run = self.run(found).ok_or(Unreachable::Workflow)?;
        let mine = || {
            self.run(from).is_some_and(|sender| {
                sender.is_child(&run.ids.workflow_id)
                    && run
                        .started
                        .parent_workflow_execution
                        .as_ref()
                        .is_some_and(|parent| parent.run_id == sender.ids.run_id)
            })
        };
        if target.child_only && run.is_open() && !mine() { Err(Unreachable::Workflow) } else { Ok(found) }
    }

    fn start_child(&mut self, parent: RunKey, child: StartChild) {
        if self.run(parent).is_none_or(|run| !run.is_open()) {
            return;
        }
        let StartChild { initiated_id, namespace, reuse_policy, mut start } = child;
        let workflow_id = start.workflow_id.clone();
        let workflow_type = start.workflow_type.clone();
        let header = start.header.clone();
        let started = match self.namespaces.get(&namespace).map(|namespace| namespace.id.clone()) {
            None => Err(ChildCause::NamespaceNotFound),
            Some(id) => {
                start.namespace_id = id;
                let policies = StartPolicies { reuse: reuse_policy, ..StartPolicies::default() };
                // The command was checked: its cron schedule is one.
                let backoff = self.backoff(&start.cron_schedule, start.backoff.unwrap_or_default());
                start.backoff = Some(backoff.unwrap_or_default());
                self.start(start, policies, None).map_err(|_| ChildCause::WorkflowAlreadyExists)
            }
        };
        let run_id = started.ok().and_then(|started| Some(self.run(started.key)?.ids.run_id.clone()));
        let outcome = match &started {
            Ok(_) => Outcome::Started { header },
            Err(cause) => Outcome::NotStarted { cause: *cause },
        };
        let execution = WorkflowExecution { workflow_id, run_id: run_id.unwrap_or_default() };
        let report = Report { initiated_id, execution, workflow_type: Some(workflow_type), outcome };
        self.transition(parent, |run, step| run.child_reports(report, step));
        if let Ok(started) = started {
            self.transition(started.key, Run::confirm);
        }
    }

    fn parent_of(&self, key: RunKey) -> Option<RunKey> {
        let run = self.run(key)?;
        if let Some(parent) = self.parents.get(&run.ids.first_run_id) {
            return Some(*parent);
        }
        let started = &run.started;
        let parent = started.parent_workflow_execution.as_ref()?;
        self.by_run_id(&started.parent_workflow_namespace_id, &parent.run_id)
    }

    fn close_child(&mut self, parent: RunKey, child: &WorkflowExecution, policy: ParentClosePolicy) {
        let Some(namespace) = self.run(parent).map(|run| run.ids.namespace.clone()) else { return };
        let Some(key) = self.find_chain(&namespace, &child.workflow_id, &child.run_id) else { return };
        match policy {
            ParentClosePolicy::Abandon => {}
            ParentClosePolicy::RequestCancel => {
                // No event of the parent asks for it.
                let sender = self.execution(parent).map(|execution| (execution, 0));
                let cancel = Cancel { identity: SERVICE.to_owned(), sender, ..Cancel::default() };
                self.transition(key, |run, step| run.request_cancel(cancel, step));
            }
            ParentClosePolicy::Terminate | ParentClosePolicy::Unspecified => {
                self.transition(key, |run, step| {
                    // It may have closed by itself.
                    let _ = run.terminate("by parent close policy", None, SERVICE, step);
                });
            }
        }
    }
}
