//! The completion of a workflow task.

use std::{collections::HashMap, time::Duration};

use temporalio_protos::temporal::api::{
    common::v1::{MeteringMetadata, WorkerVersionStamp},
    deployment::v1::WorkerDeploymentOptions,
    protocol::v1::Message,
    sdk::v1::WorkflowTaskCompletedMetadata,
};

use super::{Run, Step, Task, TaskKind, check, log::Extra, updates::Reply};
use crate::{
    api::{
        Attributes, Failure,
        command::{Command, command::Attributes as Command_},
        enums::{VersioningBehavior, WorkflowTaskFailedCause as Cause},
        history,
        query::WorkflowQueryResult,
    },
    refusal::Refusal,
};

/// How many events a rejected update may have brought along and still leave no trace.
const DISCARDED_EVENTS: i64 = 10;
/// How long one workflow task may be kept alive by heartbeats.
const HEARTBEAT_LIMIT: Duration = Duration::from_secs(30 * 60);

/// What a worker says when it has done a workflow task.
#[derive(Debug, Default)]
pub(crate) struct Completion {
    pub(crate) commands: Vec<Command>,
    pub(crate) messages: Vec<Message>,
    pub(crate) query_results: HashMap<String, WorkflowQueryResult>,
    pub(crate) identity: String,
    /// The queue of the worker, if it keeps the run in memory.
    pub(crate) sticky: Option<(String, Duration)>,
    /// The worker needs more time: another task, at once.
    pub(crate) heartbeat: bool,
    /// The worker can forget a task that leaves no trace even if it brought events along.
    pub(crate) discards_events: bool,
    pub(crate) sdk_metadata: Option<WorkflowTaskCompletedMetadata>,
    pub(crate) metering_metadata: Option<MeteringMetadata>,
    pub(crate) worker_version: Option<WorkerVersionStamp>,
    pub(crate) binary_checksum: String,
    pub(crate) versioning_behavior: VersioningBehavior,
    pub(crate) deployment: Option<WorkerDeploymentOptions>,
}

/// What the completion has led to.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Completed {
    /// The worker has to forget what came after this event.
    pub(crate) reset_history_event_id: i64,
    /// Activities that the worker may have at once.
    pub(crate) eager: Vec<i64>,
}

impl Run {
    /// Errors: the task is not to be had any more, its commands cannot be applied, or something has happened that the
    /// workflow must see before it may close. Then the task has failed, and there is a new one.
    pub(crate) fn complete_task(
        &mut self,
        stamp: u64,
        mut completion: Completion,
        step: &mut Step<'_>,
    ) -> Result<Completed, Refusal> {
        let Some(task) = self.started_task(stamp).cloned() else {
            return Err(Refusal::not_found("Workflow task not found."));
        };
        if completion.heartbeat && step.now.since(task.original_scheduled_time) > HEARTBEAT_LIMIT {
            self.task_timed_out(step);
            self.finish(step);
            return Err(Refusal::not_found("workflow task heartbeat timeout"));
        }
        let limit = step.limits.blob_bytes;
        if let Some((cause, reason)) = completion.commands.iter().find_map(|command| check::too_large(command, limit)) {
            let refusal = self.refuse(false, cause, &reason, &completion.identity, step);
            self.terminate(&refusal.message, None, "history-service", step)?;
            return Err(refusal);
        }
        if let Err((cause, reason)) = self.checked(&completion, step) {
            return Err(self.refuse(task.attempt > 1, cause, &reason, &completion.identity, step));
        }
        self.set_sticky_from(&mut completion);
        let queries = std::mem::take(&mut completion.query_results);
        if self.leaves_no_trace(&task, &completion) {
            let reset = self.discard(stamp, completion, step);
            self.answer_queries(queries, step);
            return Ok(reset);
        }
        self.write_task_events();
        let task = self.task.take().unwrap_or(task);
        let completed_id = self.write_completed(&task, &mut completion, step);
        self.attempt = 1;
        self.last_started_id = task.started_id;
        self.last_completed_id = completed_id;
        self.reject_refused(&completion.messages);
        let Completion { commands, messages, identity, heartbeat, .. } = completion;
        let applied = self.apply(commands, &messages, completed_id, &identity, step);
        if !heartbeat {
            self.reject_unanswered(stamp);
        }
        self.answer_queries(queries, step);
        if self.is_open() {
            let mut news = !applied.later.is_empty();
            for event in applied.later {
                self.log.append(event, step.now, Extra::default());
            }
            news |= self.flush();
            if heartbeat {
                self.make_task(TaskKind::Normal, task.original_scheduled_time, step);
            } else if news {
                self.schedule_task(step);
            } else if self.has_waiting_updates() {
                self.schedule_speculative_task(step);
            }
        }
        self.finish(step);
        Ok(Completed { reset_history_event_id: 0, eager: applied.eager })
    }

    fn checked(&self, completion: &Completion, step: &Step<'_>) -> Result<(), check::Bad> {
        self.check(&completion.commands, &completion.messages, step)?;
        let attributes = || completion.commands.iter().filter_map(|command| command.attributes.as_ref());
        let cancelled: Vec<_> = attributes()
            .filter_map(|command| match command {
                Command_::CancelTimerCommandAttributes(cancel) => Some(cancel.timer_id.as_str()),
                _ => None,
            })
            .collect();
        if attributes().any(check::closes) && self.buffered_without(&cancelled) > 0 {
            return Err((Cause::UnhandledCommand, "UnhandledCommand".to_owned()));
        }
        Ok(())
    }

    /// Fails the task that was completed with commands that cannot be applied; one that is tried `again` is left to its
    /// timeout.
    fn refuse(&mut self, again: bool, cause: Cause, reason: &str, identity: &str, step: &mut Step<'_>) -> Refusal {
        let unhandled = cause == Cause::UnhandledCommand && reason == "UnhandledCommand";
        let message = if unhandled { reason.to_owned() } else { format!("{}: {reason}", name(cause)) };
        if again && !unhandled {
            // Its timeout brings the next attempt.
            return Refusal::invalid(message);
        }
        self.persist_task();
        let failure = match unhandled {
            true => Failure { message: message.clone(), ..Failure::default() },
            false => super::failures::server(&message, true),
        };
        self.end_task(step, |task| {
            Attributes::WorkflowTaskFailedEventAttributes(history::WorkflowTaskFailedEventAttributes {
                scheduled_event_id: task.scheduled_id,
                started_event_id: task.started_id,
                cause: cause as i32,
                failure: Some(failure),
                identity: identity.to_owned(),
                ..Default::default()
            })
        });
        self.finish(step);
        Refusal::invalid(message)
    }

    /// The task gets its events, whatever kind it was.
    pub(super) fn persist_task(&mut self) {
        self.write_task_events();
        if let Some(task) = &mut self.task {
            task.kind = TaskKind::Normal;
        }
    }

    fn set_sticky_from(&mut self, completion: &mut Completion) {
        match completion.sticky.take() {
            Some((queue, schedule_to_start)) => self.set_sticky(queue, schedule_to_start),
            None => self.forget_sticky(),
        }
    }

    /// Whether the task was there for updates only, and all of them are rejected.
    fn leaves_no_trace(&self, task: &Task, completion: &Completion) -> bool {
        let events = self.log.last_id() - self.last_completed_id;
        let allowed = if completion.discards_events { DISCARDED_EVENTS } else { 0 };
        let rejected = |message: &Message| matches!(self.reply(message), Ok(Reply::Reject(_)));
        task.kind == TaskKind::Speculative
            && !completion.heartbeat
            && completion.commands.is_empty()
            && completion.messages.iter().all(rejected)
            && events <= allowed
    }

    fn discard(&mut self, stamp: u64, completion: Completion, step: &mut Step<'_>) -> Completed {
        self.task = None;
        self.reject_refused(&completion.messages);
        self.reject_unanswered(stamp);
        if self.flush() {
            self.schedule_task(step);
        } else if self.has_waiting_updates() {
            self.schedule_speculative_task(step);
        }
        self.finish(step);
        Completed { reset_history_event_id: self.last_started_id, eager: Vec::new() }
    }

    fn reject_refused(&mut self, messages: &[Message]) {
        for message in messages {
            if let Ok(Reply::Reject(rejection)) = self.reply(message) {
                self.reject_update(&message.protocol_instance_id, rejection);
            }
        }
    }

    #[allow(deprecated)]
    fn write_completed(&mut self, task: &Task, completion: &mut Completion, step: &mut Step<'_>) -> i64 {
        let deployment = completion.deployment.take().filter(|options| options.worker_versioning_mode == VERSIONED);
        let event = history::WorkflowTaskCompletedEventAttributes {
            scheduled_event_id: task.scheduled_id,
            started_event_id: task.started_id,
            identity: completion.identity.clone(),
            binary_checksum: std::mem::take(&mut completion.binary_checksum),
            worker_version: completion.worker_version.take(),
            sdk_metadata: completion.sdk_metadata.take(),
            metering_metadata: Some(completion.metering_metadata.take().unwrap_or_default()),
            versioning_behavior: completion.versioning_behavior as i32,
            worker_deployment_name: deployment
                .as_ref()
                .map(|options| options.deployment_name.clone())
                .unwrap_or_default(),
            deployment_version: deployment.map(|options| {
                temporalio_protos::temporal::api::deployment::v1::WorkerDeploymentVersion {
                    deployment_name: options.deployment_name,
                    build_id: options.build_id,
                }
            }),
            ..Default::default()
        };
        self.log.append(Attributes::WorkflowTaskCompletedEventAttributes(event), step.now, Extra::default())
    }
}

/// `WORKER_VERSIONING_MODE_VERSIONED`.
const VERSIONED: i32 = 2;

/// `BadStartTimerAttributes` and the like, as in the messages of the real server.
fn name(cause: Cause) -> String {
    let screaming = cause.as_str_name().trim_start_matches("WORKFLOW_TASK_FAILED_CAUSE_");
    let word = |word: &str| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_owned() + &rest.to_lowercase()
    };
    screaming.split('_').map(word).collect()
}
