//! The next run of a chain.

use std::time::Duration;

use super::{NewRun, Parent, Run, Start, Step, start::Continued};
use crate::{
    api::{Failure, Payloads, command, enums::ContinueAsNewInitiator},
    time::{self, Time},
};

impl Run {
    /// The same again, after a failure.
    pub(super) fn retry_run(&self, failure: &Failure, backoff: Duration, step: &mut Step<'_>) -> NewRun {
        let start = Start {
            attempt: self.started.attempt + 1,
            backoff: Some(backoff),
            last_failure: Some(failure.clone()),
            ..self.again(ContinueAsNewInitiator::Retry, step)
        };
        NewRun { run_id: step.new_id(), start }
    }

    /// The next run of a cron schedule, if there is one.
    pub(super) fn cron_run(
        &self,
        result: Option<Payloads>,
        failure: Option<&Failure>,
        step: &mut Step<'_>,
    ) -> Option<NewRun> {
        if self.started.cron_schedule.is_empty() {
            return None;
        }
        let schedule = crate::cron::parse(&self.started.cron_schedule).ok()?;
        let backoff = schedule.next(self.execution_time, step.now)?;
        let expiration = self.started.workflow_execution_expiration_time.as_ref().map(Time::from_proto);
        if expiration.is_some_and(|expiration| step.now + backoff > expiration) {
            return None;
        }
        let start = Start {
            backoff: Some(backoff),
            last_result: result.or_else(|| self.started.last_completion_result.clone()),
            last_failure: failure.cloned(),
            ..self.again(ContinueAsNewInitiator::CronSchedule, step)
        };
        Some(NewRun { run_id: step.new_id(), start })
    }

    /// What the command says, and the rest as it was.
    #[allow(deprecated)]
    pub(super) fn continued_run(
        &self,
        command: &command::ContinueAsNewWorkflowExecutionCommandAttributes,
        step: &mut Step<'_>,
    ) -> NewRun {
        let same = self.again(ContinueAsNewInitiator::Workflow, step);
        let given = |timeout: &Option<prost_wkt_types::Duration>| {
            Some(time::duration(timeout.as_ref())).filter(|timeout| !timeout.is_zero())
        };
        let attributes =
            command.search_attributes.as_ref().map(|given| step.attributes.normalise(given).unwrap_or_default());
        let attributes = attributes.map(super::commands::without_empty);
        let workflow_type = command.workflow_type.clone().filter(|workflow_type| !workflow_type.name.is_empty());
        let task_queue = command.task_queue.as_ref().map(|queue| queue.name.clone()).filter(|name| !name.is_empty());
        let start = Start {
            workflow_type: workflow_type.unwrap_or(same.workflow_type),
            task_queue: task_queue.unwrap_or(same.task_queue),
            input: command.input.clone(),
            header: command.header.clone(),
            run_timeout: Some(given(&command.workflow_run_timeout).or(same.run_timeout).unwrap_or_default()),
            task_timeout: given(&command.workflow_task_timeout).unwrap_or(same.task_timeout),
            backoff: command.backoff_start_interval.as_ref().map(|backoff| time::duration(Some(backoff))),
            retry_policy: command.retry_policy.clone(),
            cron_schedule: command.cron_schedule.clone(),
            memo: command.memo.clone().unwrap_or_default(),
            search_attributes: attributes.unwrap_or_default(),
            last_result: command.last_completion_result.clone(),
            last_failure: command.failure.clone(),
            ..same
        };
        NewRun { run_id: step.new_id(), start }
    }

    /// What a run of the same chain begins with.
    pub(super) fn again(&self, initiator: ContinueAsNewInitiator, step: &mut Step<'_>) -> Start {
        let started = &self.started;
        let parent = started.parent_workflow_execution.clone().map(|execution| Parent {
            namespace: started.parent_workflow_namespace.clone(),
            namespace_id: started.parent_workflow_namespace_id.clone(),
            execution,
            initiated_id: started.parent_initiated_event_id,
        });
        Start {
            namespace: self.ids.namespace.clone(),
            namespace_id: self.ids.namespace_id.clone(),
            workflow_id: self.ids.workflow_id.clone(),
            workflow_type: started.workflow_type.clone().unwrap_or_default(),
            task_queue: self.task_queue().name,
            input: started.input.clone(),
            header: started.header.clone(),
            execution_timeout: started.workflow_execution_timeout.as_ref().map(|timeout| time::duration(Some(timeout))),
            run_timeout: started.workflow_run_timeout.as_ref().map(|timeout| time::duration(Some(timeout))),
            task_timeout: time::duration(started.workflow_task_timeout.as_ref()),
            // Nobody has asked for this run by a request.
            identity: String::new(),
            request_id: step.new_id(),
            retry_policy: started.retry_policy.clone(),
            cron_schedule: started.cron_schedule.clone(),
            memo: started.memo.clone().unwrap_or_default(),
            search_attributes: started.search_attributes.clone().unwrap_or_default(),
            user_metadata: None,
            links: Vec::new(),
            priority: self.options.priority.clone(),
            versioning_override: self.options.versioning_override.clone(),
            backoff: None,
            parent,
            root: started.root_workflow_execution.clone(),
            continued: Some(Continued {
                run_id: self.ids.run_id.clone(),
                first_run_id: self.ids.first_run_id.clone(),
                initiator,
                expiration: started.workflow_execution_expiration_time.as_ref().map(Time::from_proto),
            }),
            last_result: started.last_completion_result.clone(),
            last_failure: None,
            attempt: 1,
            eager: false,
        }
    }
}
