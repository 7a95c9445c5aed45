//! What a worker tells a workflow task.

use prost::Message as _;
use prost_wkt_types::Any;
use temporalio_protos::temporal::api::{
    command::v1::{
        CancelTimerCommandAttributes, CancelWorkflowExecutionCommandAttributes, Command,
        CompleteWorkflowExecutionCommandAttributes, ContinueAsNewWorkflowExecutionCommandAttributes,
        FailWorkflowExecutionCommandAttributes, ModifyWorkflowPropertiesCommandAttributes,
        ProtocolMessageCommandAttributes, RecordMarkerCommandAttributes, RequestCancelActivityTaskCommandAttributes,
        RequestCancelExternalWorkflowExecutionCommandAttributes, ScheduleActivityTaskCommandAttributes,
        SignalExternalWorkflowExecutionCommandAttributes, StartChildWorkflowExecutionCommandAttributes,
        StartTimerCommandAttributes, UpsertWorkflowSearchAttributesCommandAttributes, command::Attributes,
    },
    common::v1::{ActivityType, WorkflowType},
    protocol::v1::Message,
    update::v1::{Acceptance, Meta, Outcome, Rejection, Response, outcome},
};

use crate::{requests, rng::Rng};

const UPDATES: &str = "type.googleapis.com/temporal.api.update.v1.";

/// Commands in the order they are given, and the messages that some of them speak of.
pub(crate) fn answer(
    rng: &mut Rng,
    said: &[Message],
    run_ids: &[String],
    activities: &[i64],
) -> (Vec<Command>, Vec<Message>) {
    let mut commands = Vec::new();
    let mut messages = Vec::new();
    for request in said {
        let id = &request.protocol_instance_id;
        match rng.below(5) {
            0 => messages.push(message(id, "reject", "Rejection", Rejection::default().encode_to_vec())),
            1 => {}
            choice => {
                let accepted = Acceptance {
                    accepted_request_message_id: request.id.clone(),
                    accepted_request_sequencing_event_id: 1,
                    ..Default::default()
                };
                messages.push(message(id, "accept", "Acceptance", accepted.encode_to_vec()));
                commands.push(protocol(format!("{id}/accept")));
                if choice > 2 {
                    messages.push(message(id, "complete", "Response", response(rng, id)));
                    commands.push(protocol(format!("{id}/complete")));
                }
            }
        }
    }
    if rng.odd(12) {
        let value = response(rng, "u1");
        messages.push(message("u1", "complete", "Response", value));
        commands.push(protocol("u1/complete".to_owned()));
    }
    for _ in 0..rng.below(4) {
        commands.push(command(rng, run_ids, activities));
    }
    if rng.once_in(2)
        && let Some(activity) = rng.try_pick(activities)
    {
        commands.push(cancel(activity));
    }
    if rng.once_in(6) {
        commands.push(close(rng));
    }
    if rng.odd(30) && !commands.is_empty() {
        let at = rng.below(commands.len());
        commands[at].attributes = None;
    }
    (commands, messages)
}

fn response(rng: &mut Rng, id: &str) -> Vec<u8> {
    let value = match rng.once_in(2) {
        true => outcome::Value::Success(requests::payloads(rng).unwrap_or_default()),
        false => outcome::Value::Failure(requests::failure(rng).unwrap_or_default()),
    };
    let meta = Some(Meta { update_id: id.to_owned(), ..Meta::default() });
    Response { meta, outcome: Some(Outcome { value: Some(value) }) }.encode_to_vec()
}

fn message(id: &str, verb: &str, kind: &str, value: Vec<u8>) -> Message {
    Message {
        id: format!("{id}/{verb}"),
        protocol_instance_id: id.to_owned(),
        body: Some(Any { type_url: format!("{UPDATES}{kind}"), value }),
        ..Message::default()
    }
}

fn protocol(message_id: String) -> Command {
    of(Attributes::ProtocolMessageCommandAttributes(ProtocolMessageCommandAttributes { message_id }))
}

fn of(attributes: Attributes) -> Command {
    Command { attributes: Some(attributes), ..Command::default() }
}

// The namespaces of others are still asked for by older workers.
#[allow(deprecated)]
fn command(rng: &mut Rng, run_ids: &[String], activities: &[i64]) -> Command {
    of(match rng.below(18) {
        0 | 1 => Attributes::StartTimerCommandAttributes(StartTimerCommandAttributes {
            timer_id: own(rng),
            start_to_fire_timeout: requests::some_duration(rng),
        }),
        2 => Attributes::CancelTimerCommandAttributes(CancelTimerCommandAttributes { timer_id: own(rng) }),
        3..=5 | 14..=17 => Attributes::ScheduleActivityTaskCommandAttributes(ScheduleActivityTaskCommandAttributes {
            activity_id: own(rng),
            activity_type: Some(ActivityType { name: requests::name(rng) }),
            task_queue: rng.maybe(4, requests::queue),
            input: requests::payloads(rng),
            schedule_to_close_timeout: requests::duration(rng),
            schedule_to_start_timeout: requests::duration(rng),
            start_to_close_timeout: requests::some_duration(rng),
            heartbeat_timeout: requests::duration(rng),
            retry_policy: requests::retry_policy(rng).or_else(|| requests::retry_policy(rng)),
            request_eager_execution: rng.once_in(3),
            ..Default::default()
        }),
        6 if rng.odd(10) => return cancel(7),
        6 | 12 | 13 => match rng.try_pick(activities) {
            Some(activity) => return cancel(activity),
            None => return marker(rng),
        },
        7 => Attributes::StartChildWorkflowExecutionCommandAttributes(StartChildWorkflowExecutionCommandAttributes {
            namespace: rng.maybe(6, requests::namespace).unwrap_or_default(),
            workflow_id: requests::workflow_id(rng),
            workflow_type: Some(WorkflowType { name: requests::name(rng) }),
            task_queue: rng.maybe(2, requests::queue),
            parent_close_policy: i32::try_from(rng.below(4)).unwrap_or(0),
            cron_schedule: requests::cron(rng),
            retry_policy: requests::retry_policy(rng),
            workflow_run_timeout: requests::duration(rng),
            ..Default::default()
        }),
        8 => Attributes::SignalExternalWorkflowExecutionCommandAttributes(
            SignalExternalWorkflowExecutionCommandAttributes {
                namespace: rng.maybe(6, requests::namespace).unwrap_or_default(),
                execution: Some(requests::execution(rng, run_ids)),
                signal_name: requests::name(rng),
                input: requests::payloads(rng),
                child_workflow_only: rng.once_in(3),
                ..Default::default()
            },
        ),
        9 => Attributes::RequestCancelExternalWorkflowExecutionCommandAttributes(
            RequestCancelExternalWorkflowExecutionCommandAttributes {
                workflow_id: requests::workflow_id(rng),
                ..Default::default()
            },
        ),
        10 => match rng.below(3) {
            0 => return marker(rng),
            1 => Attributes::ModifyWorkflowPropertiesCommandAttributes(ModifyWorkflowPropertiesCommandAttributes {
                upserted_memo: requests::memo(rng),
            }),
            _ => Attributes::UpsertWorkflowSearchAttributesCommandAttributes(
                UpsertWorkflowSearchAttributesCommandAttributes { search_attributes: requests::search_attributes(rng) },
            ),
        },
        _ => return close_rarely(rng),
    })
}

fn cancel(scheduled_event_id: i64) -> Command {
    let command = RequestCancelActivityTaskCommandAttributes { scheduled_event_id };
    of(Attributes::RequestCancelActivityTaskCommandAttributes(command))
}

fn marker(rng: &mut Rng) -> Command {
    of(Attributes::RecordMarkerCommandAttributes(RecordMarkerCommandAttributes {
        marker_name: requests::name(rng),
        ..Default::default()
    }))
}

/// An id that is seldom there twice.
fn own(rng: &mut Rng) -> String {
    if rng.odd(3) { requests::name(rng) } else { format!("id {}", rng.below(40)) }
}

fn close_rarely(rng: &mut Rng) -> Command {
    if rng.odd(2) {
        protocol("nonsense".to_owned())
    } else if rng.once_in(6) {
        close(rng)
    } else {
        marker(rng)
    }
}

fn close(rng: &mut Rng) -> Command {
    of(match rng.below(5) {
        0 | 1 => Attributes::CompleteWorkflowExecutionCommandAttributes(CompleteWorkflowExecutionCommandAttributes {
            result: requests::payloads(rng),
        }),
        2 => Attributes::FailWorkflowExecutionCommandAttributes(FailWorkflowExecutionCommandAttributes {
            failure: requests::failure(rng),
        }),
        3 => Attributes::CancelWorkflowExecutionCommandAttributes(CancelWorkflowExecutionCommandAttributes::default()),
        _ => Attributes::ContinueAsNewWorkflowExecutionCommandAttributes(
            ContinueAsNewWorkflowExecutionCommandAttributes {
                workflow_type: rng.maybe(2, |rng| WorkflowType { name: requests::name(rng) }),
                workflow_run_timeout: requests::duration(rng),
                backoff_start_interval: requests::duration(rng),
                retry_policy: requests::retry_policy(rng),
                cron_schedule: requests::cron(rng),
                ..Default::default()
            },
        ),
    })
}
