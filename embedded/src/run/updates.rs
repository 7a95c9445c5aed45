//! Updates: admitted, sent with a workflow task, accepted, completed; or rejected, without a trace in the history.

use std::collections::BTreeMap;

use prost::Message as _;
use prost_wkt_types::Any;
use temporalio_protos::temporal::api::protocol::v1::{Message, message::SequencingId};

use super::{Run, Step, failures, log::Extra};
use crate::{
    api::{
        Attributes, Failure, FailureInfo,
        enums::{UpdateWorkflowExecutionLifecycleStage as Lifecycle, WorkflowTaskFailedCause},
        failure::ApplicationFailureInfo,
        history, update,
    },
    refusal::Refusal,
};

const PACKAGE: &str = "type.googleapis.com/temporal.api.update.v1.";
const COMPLETED: &str = "workflow execution already completed";
const TASK_FAILS: &str = "Unable to perform workflow execution update due to Workflow Task in failed state.";
const CLOSED_FIRST: &str = "Workflow Update failed because the Workflow completed before the Update completed.";
/// A workflow whose tasks fail this often takes no updates.
const FAILING: i32 = 3;

/// All updates of a run, in the order they came.
#[derive(Debug, Default)]
pub(super) struct Updates {
    pub(super) updates: BTreeMap<String, Update>,
    pub(super) admitted: u64,
}

#[derive(Debug)]
pub(super) struct Update {
    pub(super) order: u64,
    pub(super) request: update::Request,
    pub(super) stage: Stage,
    /// Whether the history says that it was admitted: then that is how the worker learns of it.
    pub(super) written: bool,
    /// Whether the history has its outcome.
    pub(super) recorded: bool,
    /// Whether the history says that it was accepted.
    pub(super) accepted: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Stage {
    Admitted,
    /// With the task of this stamp.
    Sent(u64),
    Accepted {
        event_id: i64,
    },
    Done(Box<update::Outcome>),
    /// The workflow closed before it was accepted; whether another run goes on.
    Aborted {
        continued: bool,
    },
}

/// How far an update has come.
#[derive(Debug, PartialEq)]
pub(crate) enum Progress {
    At(Lifecycle, Option<Box<update::Outcome>>),
    Aborted { continued: bool },
}

/// What a worker says of an update.
#[derive(Debug)]
pub(super) enum Reply {
    Accept(update::Acceptance),
    Reject(update::Rejection),
    Complete(update::Response),
}

impl Updates {
    pub(super) fn count(&self) -> usize {
        self.updates.len()
    }

    fn in_flight(&self) -> usize {
        self.updates.values().filter(|update| !matches!(update.stage, Stage::Done(_) | Stage::Aborted { .. })).count()
    }

    /// Whether there is one that no worker has seen.
    pub(super) fn waits(&self) -> bool {
        self.updates.values().any(|update| update.stage == Stage::Admitted)
    }

    /// What was sent has to be sent again.
    pub(super) fn task_failed(&mut self) {
        for update in self.updates.values_mut() {
            if matches!(update.stage, Stage::Sent(_)) {
                update.stage = Stage::Admitted;
            }
        }
    }

    /// The workflow is closed; `continued` says whether another run goes on.
    pub(super) fn close(&mut self, continued: bool) {
        for update in self.updates.values_mut() {
            match update.stage {
                Stage::Admitted | Stage::Sent(_) => update.stage = Stage::Aborted { continued },
                Stage::Accepted { .. } => {
                    update.stage = Stage::Done(Box::new(failed(CLOSED_FIRST, "AcceptedUpdateCompletedWorkflow", true)));
                }
                Stage::Done(_) | Stage::Aborted { .. } => {}
            }
        }
    }
}

impl Run {
    /// Lets an update in; one of the same id is there already, whatever has become of it.
    pub(crate) fn admit(&mut self, request: update::Request, step: &mut Step<'_>) -> Result<(), Refusal> {
        let id = request.meta.as_ref().map(|meta| meta.update_id.clone()).unwrap_or_default();
        if self.updates.updates.contains_key(&id) {
            return Ok(());
        }
        if !self.is_open() {
            return Err(Refusal::not_found(COMPLETED));
        }
        if self.task.as_ref().map_or(self.attempt, |task| task.attempt) >= FAILING {
            return Err(Refusal::precondition(TASK_FAILS));
        }
        if self.updates.in_flight() >= step.limits.updates_in_flight {
            return Err(Refusal::exhausted(format!(
                "limit on number of concurrent in-flight updates has been reached ({})",
                step.limits.updates_in_flight
            )));
        }
        if self.updates.count() >= step.limits.updates {
            return Err(Refusal::precondition(format!(
                "limit on number of total updates has been reached ({})",
                step.limits.updates
            )));
        }
        self.updates.admitted += 1;
        let order = self.updates.admitted;
        self.updates.updates.insert(
            id,
            Update { order, request, stage: Stage::Admitted, written: false, recorded: false, accepted: false },
        );
        self.schedule_speculative_task(step);
        self.finish(step);
        Ok(())
    }

    /// How far an update has come; `None` if there is none of this id.
    pub(crate) fn update_progress(&self, update_id: &str) -> Option<Progress> {
        let update = self.updates.updates.get(update_id)?;
        Some(match &update.stage {
            Stage::Admitted | Stage::Sent(_) => Progress::At(Lifecycle::Admitted, None),
            Stage::Accepted { .. } => Progress::At(Lifecycle::Accepted, None),
            Stage::Done(outcome) => Progress::At(Lifecycle::Completed, Some(outcome.clone())),
            Stage::Aborted { continued } => Progress::Aborted { continued: *continued },
        })
    }

    /// The messages for the task that is handed out.
    pub(crate) fn send_updates(&mut self) -> Vec<Message> {
        let Some((stamp, started_id)) = self.task.as_ref().map(|task| (task.stamp, task.started_id)) else {
            return Vec::new();
        };
        let unanswered = |update: &&mut Update| matches!(update.stage, Stage::Admitted | Stage::Sent(_));
        let mut updates: Vec<_> = self.updates.updates.iter_mut().filter(|(_, update)| unanswered(update)).collect();
        updates.sort_by_key(|(_, update)| update.order);
        let send = |(id, update): (&String, &mut Update)| {
            update.stage = Stage::Sent(stamp);
            if update.written {
                return None;
            }
            let body = Any { type_url: format!("{PACKAGE}Request"), value: update.request.encode_to_vec() };
            Some(Message {
                id: format!("{id}/request"),
                protocol_instance_id: id.clone(),
                sequencing_id: Some(SequencingId::EventId(started_id - 1)),
                body: Some(body),
            })
        };
        updates.into_iter().filter_map(send).collect()
    }

    /// What a message of a worker says, if it fits the update it speaks of.
    pub(super) fn reply(&self, message: &Message) -> Result<Reply, (WorkflowTaskFailedCause, String)> {
        let bad = |reason: String| (WorkflowTaskFailedCause::BadUpdateWorkflowExecutionMessage, reason);
        let id = &message.protocol_instance_id;
        let known = self.updates.updates.get(id);
        let Some(update) = known else { return Err(bad(format!("update \"{id}\" not found"))) };
        let body = message.body.clone().unwrap_or_default();
        let malformed = |error: prost::DecodeError| bad(format!("update \"{id}\": {error}"));
        let stage = &update.stage;
        match body.type_url.strip_prefix(PACKAGE) {
            Some("Acceptance") if matches!(stage, Stage::Sent(_)) => {
                update::Acceptance::decode(&*body.value).map(Reply::Accept).map_err(malformed)
            }
            Some("Rejection") if matches!(stage, Stage::Sent(_)) => {
                update::Rejection::decode(&*body.value).map(Reply::Reject).map_err(malformed)
            }
            Some("Response") if matches!(stage, Stage::Sent(_) | Stage::Accepted { .. }) => {
                update::Response::decode(&*body.value).map(Reply::Complete).map_err(malformed)
            }
            Some("Acceptance" | "Rejection" | "Response") => {
                Err(bad(format!("update \"{id}\": the message does not fit its state")))
            }
            _ => Err(bad(format!("unknown message type {}", body.type_url))),
        }
    }

    /// The worker has taken the update in.
    pub(super) fn accept_update(&mut self, id: &str, acceptance: update::Acceptance, step: &mut Step<'_>) {
        let Some(update) = self.updates.updates.get_mut(id) else { return };
        let event = history::WorkflowExecutionUpdateAcceptedEventAttributes {
            protocol_instance_id: id.to_owned(),
            accepted_request_message_id: acceptance.accepted_request_message_id,
            accepted_request_sequencing_event_id: acceptance.accepted_request_sequencing_event_id,
            accepted_request: acceptance
                .accepted_request
                .or_else(|| Some(update.request.clone()))
                .filter(|_| !update.written),
        };
        let event = Attributes::WorkflowExecutionUpdateAcceptedEventAttributes(event);
        let event_id = self.log.append(event, step.now, Extra::default());
        update.accepted = true;
        update.stage = Stage::Accepted { event_id };
    }

    /// The update handler has ended.
    pub(super) fn complete_update(&mut self, id: &str, mut response: update::Response, step: &mut Step<'_>) {
        if let Some(update::Outcome { value: Some(update::outcome::Value::Failure(failure)) }) = &mut response.outcome {
            *failure = failures::readable(std::mem::take(failure));
        }
        let Some(update) = self.updates.updates.get_mut(id) else { return };
        let Stage::Accepted { event_id } = update.stage else { return };
        let event = history::WorkflowExecutionUpdateCompletedEventAttributes {
            meta: response.meta.or_else(|| update.request.meta.clone()),
            accepted_event_id: event_id,
            outcome: response.outcome.clone(),
        };
        let event = Attributes::WorkflowExecutionUpdateCompletedEventAttributes(event);
        self.log.append(event, step.now, Extra::default());
        update.stage = Stage::Done(Box::new(response.outcome.unwrap_or_default()));
        update.recorded = true;
    }

    /// The validator has refused it; it leaves no trace.
    pub(super) fn reject_update(&mut self, id: &str, rejection: update::Rejection) {
        let Some(update) = self.updates.updates.get_mut(id) else { return };
        let value = update::outcome::Value::Failure(failures::readable(rejection.failure.unwrap_or_default()));
        update.stage = Stage::Done(Box::new(update::Outcome { value: Some(value) }));
    }

    /// The worker has said nothing of these, although they were sent.
    pub(super) fn reject_unanswered(&mut self, stamp: u64) {
        const UNPROCESSED: &str = "Workflow Update is rejected because it wasn't processed by worker. Probably, Workflow Update is not supported by the worker.";
        for update in self.updates.updates.values_mut() {
            if update.stage == Stage::Sent(stamp) {
                update.stage = Stage::Done(Box::new(failed(UNPROCESSED, "UnprocessedUpdate", true)));
            }
        }
    }

    /// Takes over an update that another run has accepted.
    pub(super) fn take_over_accepted(
        &mut self,
        event: &history::WorkflowExecutionUpdateAcceptedEventAttributes,
        event_id: i64,
    ) {
        let request = event.accepted_request.clone().unwrap_or_default();
        self.updates.admitted += 1;
        let order = self.updates.admitted;
        let update =
            Update { order, request, stage: Stage::Admitted, written: false, recorded: false, accepted: false };
        let update = self.updates.updates.entry(event.protocol_instance_id.clone()).or_insert(update);
        update.accepted = true;
        update.stage = Stage::Accepted { event_id };
    }

    /// Takes over the outcome of an update that another run has completed.
    pub(super) fn take_over_completed(&mut self, event: &history::WorkflowExecutionUpdateCompletedEventAttributes) {
        let id = event.meta.as_ref().map(|meta| meta.update_id.as_str()).unwrap_or_default();
        if let Some(update) = self.updates.updates.get_mut(id) {
            update.stage = Stage::Done(Box::new(event.outcome.clone().unwrap_or_default()));
            update.recorded = true;
        }
    }

    /// Takes over an update that the history says was admitted, and that nobody has answered.
    pub(super) fn take_over_admitted(&mut self, request: update::Request) {
        let id = request.meta.as_ref().map(|meta| meta.update_id.clone()).unwrap_or_default();
        self.updates.admitted += 1;
        let order = self.updates.admitted;
        self.updates.updates.insert(
            id,
            Update { order, request, stage: Stage::Admitted, written: true, recorded: false, accepted: false },
        );
    }

    pub(super) fn knows_update(&self, id: &str) -> bool {
        self.updates.updates.contains_key(id)
    }

    pub(super) fn is_accepted(&self, id: &str) -> bool {
        self.updates.updates.get(id).is_some_and(|update| matches!(update.stage, Stage::Accepted { .. }))
    }

    /// Whether the worker has taken the update in, whatever has become of it.
    pub(crate) fn has_accepted(&self, id: &str) -> bool {
        self.updates.updates.get(id).is_some_and(|update| update.accepted)
    }

    pub(super) fn has_waiting_updates(&self) -> bool {
        self.updates.waits()
    }
}

fn failed(message: &str, kind: &str, non_retryable: bool) -> update::Outcome {
    let info = ApplicationFailureInfo { r#type: kind.to_owned(), non_retryable, ..Default::default() };
    let failure = Failure {
        message: message.to_owned(),
        source: "Server".to_owned(),
        failure_info: Some(FailureInfo::ApplicationFailureInfo(info)),
        ..Failure::default()
    };
    update::Outcome { value: Some(update::outcome::Value::Failure(failure)) }
}
