//! What the server has said yes to, which is to be found in the histories afterwards.

use std::collections::{HashMap, HashSet};

use temporalio_protos::temporal::api::{
    enums::v1::EventType,
    history::v1::{HistoryEvent, history_event::Attributes},
    workflowservice::v1::PollActivityTaskQueueResponse,
};

/// An event that was promised, known by who asked for it: everybody asks only once.
#[derive(Debug)]
pub(crate) struct Promise {
    pub(crate) namespace: String,
    pub(crate) workflow_id: String,
    pub(crate) event: EventType,
    pub(crate) by: String,
}

#[derive(Debug, Default)]
pub(crate) struct Ledger {
    used: HashSet<Vec<u8>>,
    promises: Vec<Promise>,
    /// The latest attempt of each activity that a worker has got, by its run, its id, and when it was scheduled.
    attempts: HashMap<(String, String, i64, i32), i32>,
    askers: usize,
}

impl Ledger {
    /// Who asks for something next.
    pub(crate) fn asker(&mut self) -> String {
        self.askers += 1;
        format!("asker {}", self.askers)
    }

    /// A task was ended by its token.
    ///
    /// Errors: it was ended by that before.
    pub(crate) fn ends(&mut self, token: &[u8]) -> Result<(), String> {
        match self.used.insert(token.to_vec()) {
            true => Ok(()),
            false => Err("a token was accepted twice".to_owned()),
        }
    }

    /// A worker has got this attempt of an activity.
    pub(crate) fn began(&mut self, task: &PollActivityTaskQueueResponse) {
        let latest = self.attempts.entry(activity(task)).or_default();
        *latest = task.attempt.max(*latest);
    }

    /// The server has listened to the worker of this attempt.
    ///
    /// Errors: there is a later one.
    pub(crate) fn goes_on(&self, task: &PollActivityTaskQueueResponse) -> Result<(), String> {
        match self.attempts.get(&activity(task)) {
            Some(latest) if *latest > task.attempt => {
                Err(format!("attempt {} is listened to, when there is attempt {latest}", task.attempt))
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn promise(&mut self, promise: Promise) {
        self.promises.push(promise);
    }

    /// Errors: what was promised to these workflows and is not in any of their histories, or is in one of them twice.
    /// `histories` are those of all runs of a workflow, or `None` if nothing is known of it any more.
    pub(crate) fn check<'a>(
        &self,
        histories: impl Fn(&str, &str) -> Option<&'a [Vec<HistoryEvent>]>,
    ) -> Result<(), String> {
        for promise in &self.promises {
            let Some(histories) = histories(&promise.namespace, &promise.workflow_id) else {
                return Err(format!("of this, no history is left: {promise:?}"));
            };
            let found = |history: &Vec<HistoryEvent>| {
                history.iter().filter(|event| event.event_type() == promise.event && by(event) == promise.by).count()
            };
            let most = histories.iter().map(found).max().unwrap_or(0);
            match most {
                0 => return Err(format!("this was lost: {promise:?}")),
                1 => {}
                _ => return Err(format!("this came {most} times: {promise:?}")),
            }
        }
        Ok(())
    }
}

fn activity(task: &PollActivityTaskQueueResponse) -> (String, String, i64, i32) {
    let run_id = task.workflow_execution.as_ref().map(|execution| execution.run_id.clone()).unwrap_or_default();
    let scheduled = task.scheduled_time.unwrap_or_default();
    (run_id, task.activity_id.clone(), scheduled.seconds, scheduled.nanos)
}

/// Who has asked for the event; for an update its id, which is who asked for it.
fn by(event: &HistoryEvent) -> &str {
    match &event.attributes {
        Some(Attributes::WorkflowExecutionSignaledEventAttributes(event)) => &event.identity,
        Some(Attributes::WorkflowExecutionTerminatedEventAttributes(event)) => &event.identity,
        Some(Attributes::WorkflowTaskCompletedEventAttributes(event)) => &event.identity,
        Some(Attributes::ActivityTaskCompletedEventAttributes(event)) => &event.identity,
        Some(Attributes::ActivityTaskCanceledEventAttributes(event)) => &event.identity,
        Some(Attributes::WorkflowExecutionUpdateCompletedEventAttributes(event)) => {
            event.meta.as_ref().map_or("", |meta| &meta.update_id)
        }
        _ => "",
    }
}
