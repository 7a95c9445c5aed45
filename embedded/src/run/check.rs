//! Whether the commands of a workflow task can be applied: after these checks nothing fails.

use std::collections::{HashMap, HashSet};

use temporalio_protos::temporal::api::protocol::v1::Message;

use super::{Run, Step, retry, updates::Reply};
use crate::{
    api::{
        SearchAttributes,
        command::{Command, command::Attributes as Command_},
        enums::WorkflowTaskFailedCause as Cause,
    },
    refusal::Refusal,
    time,
};

/// Why a workflow task fails that its worker has completed.
pub(super) type Bad = (Cause, String);

/// What the commands of one task would have changed so far.
#[derive(Default)]
struct Changed<'a> {
    timers: HashMap<&'a str, bool>,
    activities: HashSet<&'a str>,
    children: usize,
    signals: usize,
    cancels: usize,
    accepted: HashSet<&'a str>,
    cancelled_activities: HashSet<i64>,
}

impl Run {
    /// All commands up to the one that closes the workflow.
    pub(super) fn check(&self, commands: &[Command], messages: &[Message], step: &Step<'_>) -> Result<(), Bad> {
        let mut changed = Changed::default();
        for message in messages {
            self.reply(message)?;
        }
        for command in commands {
            let Some(attributes) = &command.attributes else {
                return Err((Cause::UnhandledCommand, format!("Unknown command type: {}", command.command_type)));
            };
            self.check_one(attributes, messages, &mut changed, step)?;
            if closes(attributes) {
                break;
            }
        }
        Ok(())
    }

    fn check_one<'a>(
        &self,
        command: &'a Command_,
        messages: &'a [Message],
        changed: &mut Changed<'a>,
        step: &Step<'_>,
    ) -> Result<(), Bad> {
        let limit = step.limits.pending;
        match command {
            Command_::ScheduleActivityTaskCommandAttributes(command) => {
                let bad = |reason: &str| Err((Cause::BadScheduleActivityAttributes, reason.to_owned()));
                let id = command.activity_id.as_str();
                if id.is_empty() {
                    return bad("ActivityId is not set on ScheduleActivityTaskCommand.");
                }
                if command.activity_type.as_ref().is_none_or(|kind| kind.name.is_empty()) {
                    return bad("ActivityType is not set on ScheduleActivityTaskCommand.");
                }
                let unset = |timeout: &Option<prost_wkt_types::Duration>| time::duration(timeout.as_ref()).is_zero();
                if unset(&command.schedule_to_close_timeout) && unset(&command.start_to_close_timeout) {
                    return bad(
                        "A valid StartToClose or ScheduleToCloseTimeout is not set on ScheduleActivityTaskCommand.",
                    );
                }
                if let Some(policy) = &command.retry_policy {
                    let policy = retry::validate(policy);
                    policy.map_err(|Refusal { message, .. }| (Cause::BadScheduleActivityAttributes, message))?;
                }
                if self.activity_by_id(id).is_some() || !changed.activities.insert(id) {
                    let message = format!("activity ID already exists: {id}");
                    return Err((Cause::ScheduleActivityDuplicateId, message));
                }
                if self.activities.len() + changed.activities.len() > limit {
                    return Err((Cause::PendingActivitiesLimitExceeded, exceeded("activities", limit)));
                }
            }
            Command_::RequestCancelActivityTaskCommandAttributes(command) => {
                let id = command.scheduled_event_id;
                let goes_on = self.activities.get(&id).is_some_and(|activity| activity.cancel_requested.is_none());
                if !changed.cancelled_activities.insert(id) || !(goes_on || self.activity_ends_in_buffer(id)) {
                    let message = format!(
                        "invalid history builder state for action: add-activitytask-cancel-requested-event, ScheduledEventID: {id}"
                    );
                    return Err((Cause::BadRequestCancelActivityAttributes, message));
                }
            }
            Command_::StartTimerCommandAttributes(command) => {
                let id = command.timer_id.as_str();
                if id.is_empty() {
                    return Err((
                        Cause::BadStartTimerAttributes,
                        "TimerId is not set on StartTimerCommand.".to_owned(),
                    ));
                }
                if command.start_to_fire_timeout.is_none_or(|timeout| timeout.seconds < 0 || timeout.nanos < 0) {
                    let message = "An invalid StartToFireTimeout is set on StartTimerCommand.".to_owned();
                    return Err((Cause::BadStartTimerAttributes, message));
                }
                let there = changed.timers.get(id).copied().unwrap_or_else(|| self.has_timer(id));
                if there {
                    return Err((Cause::StartTimerDuplicateId, format!("timer already exists: {id}")));
                }
                changed.timers.insert(id, true);
            }
            Command_::CancelTimerCommandAttributes(command) => {
                let id = command.timer_id.as_str();
                let pending = || self.has_timer(id) || self.fired_in_buffer(id).is_some();
                if !changed.timers.get(id).copied().unwrap_or_else(pending) {
                    return Err((Cause::BadCancelTimerAttributes, format!("unknown timer: {id}")));
                }
                changed.timers.insert(id, false);
            }
            Command_::RecordMarkerCommandAttributes(command) => {
                if command.marker_name.is_empty() {
                    let message = "MarkerName is not set on RecordMarkerCommand.".to_owned();
                    return Err((Cause::BadRecordMarkerAttributes, message));
                }
            }
            Command_::StartChildWorkflowExecutionCommandAttributes(command) => {
                let bad = |reason: &str| Err((Cause::BadStartChildExecutionAttributes, reason.to_owned()));
                if command.workflow_id.is_empty() {
                    return bad("Required field WorkflowId is not set on StartChildWorkflowExecutionCommand.");
                }
                if command.workflow_type.as_ref().is_none_or(|kind| kind.name.is_empty()) {
                    return bad("Required field WorkflowType is not set on StartChildWorkflowExecutionCommand.");
                }
                if let Some(policy) = &command.retry_policy {
                    let policy = retry::validate(policy);
                    policy.map_err(|Refusal { message, .. }| (Cause::BadStartChildExecutionAttributes, message))?;
                }
                if !command.cron_schedule.is_empty() && crate::cron::parse(&command.cron_schedule).is_err() {
                    return bad("invalid CronSchedule.");
                }
                attributes(command.search_attributes.as_ref(), step)?;
                changed.children += 1;
                if self.children.len() + changed.children > limit {
                    return Err((Cause::PendingChildWorkflowsLimitExceeded, exceeded("child workflows", limit)));
                }
            }
            Command_::SignalExternalWorkflowExecutionCommandAttributes(command) => {
                if command.execution.as_ref().is_none_or(|execution| execution.workflow_id.is_empty()) {
                    let message = "Execution is not set on SignalExternalWorkflowExecutionCommand.".to_owned();
                    return Err((Cause::BadSignalWorkflowExecutionAttributes, message));
                }
                changed.signals += 1;
                if self.signals.len() + changed.signals > limit {
                    return Err((Cause::PendingSignalsLimitExceeded, exceeded("signals to external workflows", limit)));
                }
            }
            Command_::RequestCancelExternalWorkflowExecutionCommandAttributes(command) => {
                if command.workflow_id.is_empty() {
                    let message = "WorkflowId is not set on RequestCancelExternalWorkflowExecutionCommand.".to_owned();
                    return Err((Cause::BadRequestCancelExternalWorkflowExecutionAttributes, message));
                }
                changed.cancels += 1;
                if self.cancels.len() + changed.cancels > limit {
                    let what = "requests to cancel external workflows";
                    return Err((Cause::PendingRequestCancelLimitExceeded, exceeded(what, limit)));
                }
            }
            Command_::ProtocolMessageCommandAttributes(command) => {
                let bad = |reason: String| Err((Cause::BadUpdateWorkflowExecutionMessage, reason));
                let Some(message) = messages.iter().find(|message| message.id == command.message_id) else {
                    return bad(format!("ProtocolMessageCommand referenced absent message ID {}", command.message_id));
                };
                match self.reply(message)? {
                    Reply::Accept(_) => {
                        changed.accepted.insert(&message.protocol_instance_id);
                    }
                    Reply::Complete(_) => {
                        let id = message.protocol_instance_id.as_str();
                        if !changed.accepted.contains(id) && !self.is_accepted(id) {
                            return bad(format!("update \"{id}\" is completed before it is accepted"));
                        }
                    }
                    Reply::Reject(_) => {}
                }
            }
            Command_::UpsertWorkflowSearchAttributesCommandAttributes(command) => {
                if command.search_attributes.as_ref().is_none_or(|given| given.indexed_fields.is_empty()) {
                    let message = "SearchAttributes is not set on UpsertWorkflowSearchAttributesCommand.".to_owned();
                    return Err((Cause::BadSearchAttributes, message));
                }
                attributes(command.search_attributes.as_ref(), step)?;
            }
            Command_::ModifyWorkflowPropertiesCommandAttributes(command) => {
                if command.upserted_memo.is_none() {
                    let message = "UpsertedMemo is not set on ModifyWorkflowPropertiesCommand.".to_owned();
                    return Err((Cause::BadModifyWorkflowPropertiesAttributes, message));
                }
            }
            Command_::FailWorkflowExecutionCommandAttributes(command) => {
                if command.failure.is_none() {
                    let message = "Failure is not set on FailWorkflowExecutionCommand.".to_owned();
                    return Err((Cause::BadFailWorkflowExecutionAttributes, message));
                }
            }
            Command_::ContinueAsNewWorkflowExecutionCommandAttributes(command) => {
                if let Some(policy) = &command.retry_policy {
                    let policy = retry::validate(policy);
                    policy.map_err(|Refusal { message, .. }| (Cause::BadContinueAsNewAttributes, message))?;
                }
                attributes(command.search_attributes.as_ref(), step)?;
            }
            Command_::CompleteWorkflowExecutionCommandAttributes(_)
            | Command_::CancelWorkflowExecutionCommandAttributes(_) => {}
            Command_::ScheduleNexusOperationCommandAttributes(_)
            | Command_::RequestCancelNexusOperationCommandAttributes(_) => {
                let message = "Nexus operations are not supported by this server.".to_owned();
                return Err((Cause::FeatureDisabled, message));
            }
        }
        Ok(())
    }
}

/// Whether the command is one of those that close the workflow.
pub(super) fn closes(command: &Command_) -> bool {
    matches!(
        command,
        Command_::CompleteWorkflowExecutionCommandAttributes(_)
            | Command_::FailWorkflowExecutionCommandAttributes(_)
            | Command_::CancelWorkflowExecutionCommandAttributes(_)
            | Command_::ContinueAsNewWorkflowExecutionCommandAttributes(_)
    )
}

/// A command with more data in it than a history takes: it ends the workflow.
pub(super) fn too_large(command: &Command, limit: usize) -> Option<Bad> {
    fn size<M: prost::Message>(message: &Option<M>) -> usize {
        message.as_ref().map_or(0, M::encoded_len)
    }
    let (size, cause, what) = match command.attributes.as_ref()? {
        Command_::ScheduleActivityTaskCommandAttributes(command) => {
            (size(&command.input), Cause::BadScheduleActivityAttributes, "ScheduleActivityTaskCommandAttributes.Input")
        }
        Command_::CompleteWorkflowExecutionCommandAttributes(command) => (
            size(&command.result),
            Cause::BadCompleteWorkflowExecutionAttributes,
            "CompleteWorkflowExecutionCommandAttributes.Result",
        ),
        Command_::FailWorkflowExecutionCommandAttributes(command) => (
            size(&command.failure),
            Cause::BadFailWorkflowExecutionAttributes,
            "FailWorkflowExecutionCommandAttributes.Failure",
        ),
        Command_::RecordMarkerCommandAttributes(command) => (
            command.details.values().map(prost::Message::encoded_len).sum(),
            Cause::BadRecordMarkerAttributes,
            "RecordMarkerCommandAttributes.Details",
        ),
        Command_::ContinueAsNewWorkflowExecutionCommandAttributes(command) => (
            size(&command.input),
            Cause::BadContinueAsNewAttributes,
            "ContinueAsNewWorkflowExecutionCommandAttributes. Input",
        ),
        Command_::StartChildWorkflowExecutionCommandAttributes(command) => (
            size(&command.input),
            Cause::BadStartChildExecutionAttributes,
            "StartChildWorkflowExecutionCommandAttributes. Input",
        ),
        Command_::SignalExternalWorkflowExecutionCommandAttributes(command) => (
            size(&command.input),
            Cause::BadSignalWorkflowExecutionAttributes,
            "SignalExternalWorkflowExecutionCommandAttributes.Input",
        ),
        _ => return None,
    };
    (size > limit).then(|| (cause, format!("{what} exceeds size limit.")))
}

/// Search attributes that the namespace has, of the right types.
fn attributes(given: Option<&SearchAttributes>, step: &Step<'_>) -> Result<(), Bad> {
    let Some(given) = given else { return Ok(()) };
    let checked = step.attributes.normalise(given);
    checked.map(drop).map_err(|refused| (Cause::BadSearchAttributes, refused.message))
}

fn exceeded(what: &str, limit: usize) -> String {
    format!("the number of pending {what}, {limit}, has reached the per-workflow limit of {limit}")
}
