//! Tasks as workers get them.

use prost::Message;

use super::{Engine, Item, RunKey, Token};
use crate::{
    api::{
        History, WorkflowExecution,
        service::{PollActivityTaskQueueResponse, PollWorkflowTaskQueueResponse},
    },
    run::{Run, TaskKind},
    time::Time,
};

/// How many events a task brings along at most; the worker fetches the rest.
const PAGE: usize = 1000;

impl Engine {
    /// A worker takes this task; `None` if it is not to be had any more. `sticky` is the queue that it comes from, if that
    /// is one of workflows in memory.
    pub(crate) fn take_workflow_task(
        &mut self,
        item: Item,
        sticky: Option<&str>,
        identity: &str,
    ) -> Option<PollWorkflowTaskQueueResponse> {
        // The queue of a workflow is not sticky, whatever its poller says.
        let is_sticky = |key| {
            let run = self.run(key);
            sticky.is_some_and(|name| run.is_none_or(|run| run.task_queue().name != name))
        };
        match item {
            Item::Workflow { run, stamp } => {
                let from_sticky = is_sticky(run);
                let started =
                    self.transition(run, |run, step| run.start_task(stamp, from_sticky, identity, None, step))?;
                if started { self.workflow_task(run, from_sticky) } else { None }
            }
            Item::Query { id } => {
                let run = self.queries.get(&id)?.run;
                self.query_task(id, is_sticky(run))
            }
            Item::Activity { .. } => None,
        }
    }

    /// Starts the task that a completion has made, for the worker that has completed the last one.
    pub(crate) fn start_inline(
        &mut self,
        key: RunKey,
        identity: &str,
        request_id: Option<&str>,
    ) -> Option<PollWorkflowTaskQueueResponse> {
        let task = self.run(key)?.task.as_ref().filter(|task| !task.is_started())?;
        let (stamp, sticky) = (task.stamp, task.sticky.is_some());
        let started = self.transition(key, |run, step| run.start_task(stamp, sticky, identity, request_id, step))?;
        if started { self.workflow_task(key, sticky) } else { None }
    }

    /// The task that a worker has just taken. One that has the run in memory gets the new events only.
    pub(crate) fn workflow_task(&mut self, key: RunKey, partial: bool) -> Option<PollWorkflowTaskQueueResponse> {
        let entry = self.runs.get_mut(&key)?;
        let run = &mut entry.run;
        let messages = run.send_updates();
        let queries = run.send_queries();
        let task = run.task.as_ref()?;
        let first = if partial { run.last_started_id + 1 } else { 1 };
        let start = usize::try_from(first).unwrap_or(1).saturating_sub(1);
        let more = run.log.len().saturating_sub(start) > PAGE;
        let end = if more { run.log.batch_end(start + PAGE - 1) } else { run.log.len() };
        let mut events: Vec<_> = run.log.range(start..end).collect();
        let mut next_page_token = Vec::new();
        if more {
            next_page_token = PageToken { run_id: run.ids.run_id.clone(), next: end as u64 + 1 }.encode_to_vec();
        } else {
            events.extend(run.unwritten_events());
        }
        if next_page_token.is_empty() && task.kind == TaskKind::Normal && events.is_empty() {
            return None;
        }
        let token = Token {
            namespace_id: run.ids.namespace_id.clone(),
            run_id: run.ids.run_id.clone(),
            id: 0,
            stamp: task.stamp,
            kind: Token::WORKFLOW,
        };
        Some(PollWorkflowTaskQueueResponse {
            task_token: token.encode_to_vec(),
            workflow_execution: Some(execution(run)),
            workflow_type: run.started.workflow_type.clone(),
            previous_started_event_id: run.last_started_id,
            started_event_id: task.started_id,
            attempt: task.attempt,
            history: Some(History { events }),
            next_page_token,
            workflow_execution_task_queue: Some(run.task_queue()),
            scheduled_time: Some(task.scheduled_time.proto()),
            started_time: task.started_time.map(Time::proto),
            queries,
            messages,
            ..Default::default()
        })
    }

    /// A worker takes this attempt; `None` if it is not to be had any more.
    pub(crate) fn take_activity(&mut self, item: Item, identity: &str) -> Option<PollActivityTaskQueueResponse> {
        let Item::Activity { run: key, scheduled_id, stamp } = item else { return None };
        self.transition(key, |run, step| run.start_activity(scheduled_id, stamp, identity, step).is_some())?
            .then(|| self.activity_task(key, scheduled_id))?
    }

    /// Starts activities for the worker that has asked for them, if their attempts still wait.
    pub(crate) fn take_eager(
        &mut self,
        key: RunKey,
        scheduled_id: i64,
        identity: &str,
    ) -> Option<PollActivityTaskQueueResponse> {
        let stamp = self.run(key)?.activities.get(&scheduled_id)?.stamp;
        self.take_activity(Item::Activity { run: key, scheduled_id, stamp }, identity)
    }

    fn activity_task(&self, key: RunKey, scheduled_id: i64) -> Option<PollActivityTaskQueueResponse> {
        let run = self.run(key)?;
        let activity = run.activities.get(&scheduled_id)?;
        let token = Token {
            namespace_id: run.ids.namespace_id.clone(),
            run_id: run.ids.run_id.clone(),
            id: scheduled_id,
            stamp: activity.stamp,
            kind: Token::ACTIVITY,
        };
        let scheduled = &activity.scheduled;
        Some(PollActivityTaskQueueResponse {
            task_token: token.encode_to_vec(),
            workflow_namespace: run.ids.namespace.clone(),
            workflow_type: run.started.workflow_type.clone(),
            workflow_execution: Some(execution(run)),
            activity_type: scheduled.activity_type.clone(),
            activity_id: scheduled.activity_id.clone(),
            header: scheduled.header.clone(),
            input: scheduled.input.clone(),
            heartbeat_details: activity.heartbeat.clone(),
            scheduled_time: Some(activity.scheduled_time.proto()),
            current_attempt_scheduled_time: Some(activity.attempt_scheduled_time.proto()),
            started_time: activity.started_time().map(Time::proto),
            attempt: activity.attempt,
            schedule_to_close_timeout: scheduled.schedule_to_close_timeout,
            start_to_close_timeout: scheduled.start_to_close_timeout,
            heartbeat_timeout: scheduled.heartbeat_timeout,
            retry_policy: scheduled.retry_policy.clone(),
            priority: scheduled.priority.clone(),
            ..Default::default()
        })
    }

    /// A task with nothing but a question. A worker that has the run in memory needs no history.
    fn query_task(&mut self, id: u64, partial: bool) -> Option<PollWorkflowTaskQueueResponse> {
        let asked = self.queries.get(&id).filter(|asked| !asked.is_over())?;
        let run = self.run(asked.run)?;
        let events = if partial { Vec::new() } else { run.log.events().collect() };
        let token = Token {
            namespace_id: run.ids.namespace_id.clone(),
            run_id: run.ids.run_id.clone(),
            id: id.cast_signed(),
            stamp: 0,
            kind: Token::QUERY,
        };
        Some(PollWorkflowTaskQueueResponse {
            task_token: token.encode_to_vec(),
            workflow_execution: Some(execution(run)),
            workflow_type: Some(run.started.workflow_type.clone().unwrap_or_default()),
            previous_started_event_id: run.last_started_id,
            history: Some(History { events }),
            query: Some(asked.query.clone()),
            workflow_execution_task_queue: Some(run.task_queue()),
            attempt: 1,
            ..Default::default()
        })
    }
}

/// Where the next page of a history begins.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct PageToken {
    #[prost(string, tag = "1")]
    pub(crate) run_id: String,
    /// The id of its first event.
    #[prost(uint64, tag = "2")]
    pub(crate) next: u64,
}

fn execution(run: &Run) -> WorkflowExecution {
    WorkflowExecution { workflow_id: run.ids.workflow_id.clone(), run_id: run.ids.run_id.clone() }
}
