//! Applying the commands of a workflow task, in their order.

use temporalio_protos::temporal::api::protocol::v1::Message;

use super::{Run, Step, check::closes, failures, log::Extra, updates::Reply};
use crate::{
    api::{
        Attributes, Memo, SearchAttributes,
        command::{Command, command::Attributes as Command_},
        history,
    },
    visibility,
};

/// What the commands lead to beside their own events.
#[derive(Default)]
pub(super) struct Applied {
    /// Events that come after those of all commands.
    pub(super) later: Vec<Attributes>,
    /// Activities that the worker would like to have at once.
    pub(super) eager: Vec<i64>,
}

impl Run {
    /// The checks have passed. What comes after a command that closes the workflow is ignored.
    pub(super) fn apply(
        &mut self,
        commands: Vec<Command>,
        messages: &[Message],
        completed_id: i64,
        identity: &str,
        step: &mut Step<'_>,
    ) -> Applied {
        let mut applied = Applied::default();
        for command in commands {
            let Some(attributes) = command.attributes else { continue };
            let last = closes(&attributes);
            let metadata = command.user_metadata;
            let extra = || Extra { user_metadata: metadata.clone(), ..Extra::default() };
            match attributes {
                Command_::ScheduleActivityTaskCommandAttributes(command) => {
                    let same_queue = command
                        .task_queue
                        .as_ref()
                        .is_none_or(|queue| queue.name.is_empty() || queue.name == self.task_queue().name);
                    let eager = command.request_eager_execution && same_queue;
                    let scheduled_id = self.schedule_activity(command, metadata, completed_id, step);
                    if eager {
                        applied.eager.push(scheduled_id);
                    }
                }
                Command_::RequestCancelActivityTaskCommandAttributes(command) => {
                    let scheduled_id = command.scheduled_event_id;
                    applied.later.extend(self.request_activity_cancel(scheduled_id, completed_id, identity, step));
                }
                Command_::StartTimerCommandAttributes(command) => {
                    self.start_timer(command, metadata, completed_id, step);
                }
                Command_::CancelTimerCommandAttributes(command) => {
                    self.cancel_timer(command.timer_id, metadata, completed_id, identity, step);
                }
                Command_::RecordMarkerCommandAttributes(command) => {
                    let event = history::MarkerRecordedEventAttributes {
                        marker_name: command.marker_name,
                        details: command.details,
                        workflow_task_completed_event_id: completed_id,
                        header: command.header,
                        failure: command.failure.map(failures::readable),
                    };
                    self.log.append(Attributes::MarkerRecordedEventAttributes(event), step.now, extra());
                }
                Command_::StartChildWorkflowExecutionCommandAttributes(command) => {
                    self.start_child(command, metadata, completed_id, step);
                }
                Command_::SignalExternalWorkflowExecutionCommandAttributes(command) => {
                    self.signal_external(command, metadata, completed_id, step);
                }
                Command_::RequestCancelExternalWorkflowExecutionCommandAttributes(command) => {
                    self.cancel_external(command, metadata, completed_id, step);
                }
                Command_::UpsertWorkflowSearchAttributesCommandAttributes(command) => {
                    let given = command.search_attributes.unwrap_or_default();
                    let upserted = step.attributes.normalise(&given).unwrap_or(given);
                    visibility::merge(&mut self.search_attributes, &upserted);
                    self.visible += 1;
                    let event = history::UpsertWorkflowSearchAttributesEventAttributes {
                        workflow_task_completed_event_id: completed_id,
                        search_attributes: Some(upserted),
                    };
                    let event = Attributes::UpsertWorkflowSearchAttributesEventAttributes(event);
                    self.log.append(event, step.now, extra());
                }
                Command_::ModifyWorkflowPropertiesCommandAttributes(command) => {
                    let upserted = command.upserted_memo.unwrap_or_default();
                    merge_memo(&mut self.memo, &upserted);
                    self.visible += 1;
                    let event = history::WorkflowPropertiesModifiedEventAttributes {
                        workflow_task_completed_event_id: completed_id,
                        upserted_memo: Some(upserted),
                    };
                    let event = Attributes::WorkflowPropertiesModifiedEventAttributes(event);
                    self.log.append(event, step.now, extra());
                }
                Command_::ProtocolMessageCommandAttributes(command) => {
                    self.apply_message(&command.message_id, messages, step);
                }
                Command_::CompleteWorkflowExecutionCommandAttributes(command) => {
                    self.complete(command.result, completed_id, step);
                }
                Command_::FailWorkflowExecutionCommandAttributes(command) => {
                    self.fail(command.failure, completed_id, step);
                }
                Command_::CancelWorkflowExecutionCommandAttributes(command) => {
                    self.cancel(command.details, completed_id, step);
                }
                Command_::ContinueAsNewWorkflowExecutionCommandAttributes(command) => {
                    self.continue_as_new(command, completed_id, step);
                }
                Command_::ScheduleNexusOperationCommandAttributes(_)
                | Command_::RequestCancelNexusOperationCommandAttributes(_) => {}
            }
            if last {
                break;
            }
        }
        applied
    }

    fn apply_message(&mut self, message_id: &str, messages: &[Message], step: &mut Step<'_>) {
        let Some(message) = messages.iter().find(|message| message.id == message_id) else { return };
        let id = message.protocol_instance_id.clone();
        match self.reply(message) {
            Ok(Reply::Accept(acceptance)) => self.accept_update(&id, acceptance, step),
            Ok(Reply::Complete(response)) => self.complete_update(&id, response, step),
            Ok(Reply::Reject(rejection)) => self.reject_update(&id, rejection),
            Err(_) => {}
        }
    }
}

/// Adds what was upserted, and takes away what was upserted as null.
pub(super) fn merge_memo(memo: &mut Memo, upserted: &Memo) {
    for (name, payload) in &upserted.fields {
        if is_null(payload) {
            memo.fields.remove(name);
        } else {
            memo.fields.insert(name.clone(), payload.clone());
        }
    }
}

/// Search attributes but for those that have no value.
pub(super) fn without_empty(mut attributes: SearchAttributes) -> SearchAttributes {
    attributes.indexed_fields.retain(|_, payload| !is_null(payload));
    attributes
}

/// Null takes an entry away.
fn is_null(payload: &temporalio_protos::temporal::api::common::v1::Payload) -> bool {
    let encoding = payload.metadata.get("encoding").map(Vec::as_slice);
    encoding == Some(b"binary/null") || payload.data.is_empty() || payload.data == b"null" || payload.data == b"[]"
}
