//! The rules that every history keeps.

use std::collections::{HashMap, HashSet};

use super::world::World;
use crate::{
    api::{Attributes, HistoryEvent},
    time::{self, Time},
};

/// What the events so far have begun and not ended.
#[derive(Default)]
pub(super) struct Open<'a> {
    task: Option<i64>,
    task_started: Option<i64>,
    timers: HashMap<&'a str, (i64, Time)>,
    activities: HashSet<i64>,
    /// Those that have ended, too.
    scheduled: HashSet<i64>,
    activities_started: HashMap<i64, i64>,
    children: HashSet<i64>,
    children_started: HashMap<i64, i64>,
    signalled: HashSet<&'a str>,
    accepted: HashMap<&'a str, i64>,
    known_updates: HashSet<&'a str>,
    /// Signals and cancellations of other workflows that are not answered.
    asked: HashSet<i64>,
    /// The end of the last workflow task that brought commands.
    completed: i64,
    last_task_time: Time,
    closed: bool,
}

/// Errors: the first rule that is broken, and where.
pub(super) fn check(world: &World) -> Result<(), String> {
    let events: Vec<_> = world.run.log.events().collect();
    let open = follow(&events)?;
    if open.closed == world.run.is_open() {
        return Err("the state does not say what the history says".into());
    }
    if world.run.task_started() {
        // What has come since then waits for its end.
        return Ok(());
    }
    if let Some(name) = world.signalled.iter().find(|name| !open.signalled.contains(name.as_str())) {
        return Err(format!("the signal {name} is lost"));
    }
    match open.timers.iter().find(|(_, (_, due))| !open.closed && *due <= world.now) {
        Some((name, _)) => Err(format!("the timer {name} does not fire")),
        None => Ok(()),
    }
}

/// Errors: the first rule that is broken, and where.
pub(super) fn follow(events: &[HistoryEvent]) -> Result<Open<'_>, String> {
    let mut open = Open::default();
    for (event, id) in events.iter().zip(1..) {
        if event.event_id != id {
            return Err(format!("event {id} has the id {}", event.event_id));
        }
        open.follow(event).map_err(|reason| format!("event {}: {reason}", event.event_id))?;
    }
    Ok(open)
}

impl<'a> Open<'a> {
    fn follow(&mut self, event: &'a HistoryEvent) -> Result<(), String> {
        let Some(attributes) = &event.attributes else { return Err("it has no attributes".into()) };
        let at = event.event_time.as_ref().map(Time::from_proto).ok_or("it has no time")?;
        if self.closed {
            return Err("it comes after the end".into());
        }
        let ends_task = matches!(
            attributes,
            Attributes::WorkflowTaskCompletedEventAttributes(_)
                | Attributes::WorkflowTaskFailedEventAttributes(_)
                | Attributes::WorkflowTaskTimedOutEventAttributes(_)
        );
        if self.task_started.is_some() && !ends_task {
            return Err("it comes while a workflow task is out".into());
        }
        if let Some(completed) = command(attributes)
            && completed != self.completed
        {
            return Err(format!("it is of the task {completed} instead of {}", self.completed));
        }
        self.follow_task(attributes, event.event_id, at)?;
        self.follow_others(attributes, event.event_id)?;
        self.follow_timer(attributes, event.event_id, at)?;
        self.follow_activity(attributes, event.event_id)?;
        self.follow_child(attributes, event.event_id)?;
        match attributes {
            Attributes::WorkflowExecutionSignaledEventAttributes(signal)
                if !self.signalled.insert(&signal.signal_name) =>
            {
                return Err(format!("the signal {} came twice", signal.signal_name));
            }
            Attributes::WorkflowExecutionUpdateAcceptedEventAttributes(accepted) => {
                if !self.known_updates.insert(&accepted.protocol_instance_id) {
                    return Err(format!("update {} is accepted twice", accepted.protocol_instance_id));
                }
                self.accepted.insert(&accepted.protocol_instance_id, event.event_id);
            }
            Attributes::WorkflowExecutionUpdateCompletedEventAttributes(completed) => {
                let id = completed.meta.as_ref().map(|meta| meta.update_id.as_str()).unwrap_or_default();
                if self.accepted.remove(id) != Some(completed.accepted_event_id) {
                    return Err(format!("update {id} was not accepted there"));
                }
            }
            Attributes::WorkflowExecutionCompletedEventAttributes(_)
            | Attributes::WorkflowExecutionFailedEventAttributes(_)
            | Attributes::WorkflowExecutionCanceledEventAttributes(_)
            | Attributes::WorkflowExecutionContinuedAsNewEventAttributes(_)
            | Attributes::WorkflowExecutionTimedOutEventAttributes(_)
            | Attributes::WorkflowExecutionTerminatedEventAttributes(_) => self.closed = true,
            _ => {}
        }
        Ok(())
    }

    fn follow_task(&mut self, attributes: &Attributes, id: i64, at: Time) -> Result<(), String> {
        if matches!(
            attributes,
            Attributes::WorkflowTaskStartedEventAttributes(_) | Attributes::WorkflowTaskCompletedEventAttributes(_)
        ) {
            if at < self.last_task_time {
                return Err("the time of the workflow goes back".into());
            }
            self.last_task_time = at;
        }
        match attributes {
            Attributes::WorkflowTaskScheduledEventAttributes(_) if self.task.replace(id).is_some() => {
                return Err("there are two workflow tasks".into());
            }
            Attributes::WorkflowTaskStartedEventAttributes(started) => {
                if self.task != Some(started.scheduled_event_id) {
                    return Err("it starts another task than the one scheduled".into());
                }
                self.task_started = Some(id);
            }
            Attributes::WorkflowTaskCompletedEventAttributes(done) => {
                self.completed = id;
                return self.end_task(done.scheduled_event_id, done.started_event_id);
            }
            Attributes::WorkflowTaskFailedEventAttributes(failed) => {
                return self.end_task(failed.scheduled_event_id, failed.started_event_id);
            }
            Attributes::WorkflowTaskTimedOutEventAttributes(late) => {
                return self.end_task(late.scheduled_event_id, late.started_event_id);
            }
            _ => {}
        }
        Ok(())
    }

    /// Each question to another workflow is answered once.
    fn follow_others(&mut self, attributes: &Attributes, id: i64) -> Result<(), String> {
        let answers = match attributes {
            Attributes::SignalExternalWorkflowExecutionInitiatedEventAttributes(_)
            | Attributes::RequestCancelExternalWorkflowExecutionInitiatedEventAttributes(_) => {
                self.asked.insert(id);
                return Ok(());
            }
            Attributes::ExternalWorkflowExecutionSignaledEventAttributes(event) => event.initiated_event_id,
            Attributes::SignalExternalWorkflowExecutionFailedEventAttributes(event) => event.initiated_event_id,
            Attributes::ExternalWorkflowExecutionCancelRequestedEventAttributes(event) => event.initiated_event_id,
            Attributes::RequestCancelExternalWorkflowExecutionFailedEventAttributes(event) => event.initiated_event_id,
            _ => return Ok(()),
        };
        if self.asked.remove(&answers) { Ok(()) } else { Err(format!("nobody asked at {answers}")) }
    }

    fn end_task(&mut self, scheduled: i64, started: i64) -> Result<(), String> {
        if (self.task.take(), self.task_started.take().unwrap_or(0)) != (Some(scheduled), started) {
            return Err("it ends another task than the one that is out".into());
        }
        Ok(())
    }

    fn follow_timer(&mut self, attributes: &'a Attributes, id: i64, at: Time) -> Result<(), String> {
        match attributes {
            Attributes::TimerStartedEventAttributes(timer) => {
                let due = at + time::duration(timer.start_to_fire_timeout.as_ref());
                if self.timers.insert(&timer.timer_id, (id, due)).is_some() {
                    return Err("the timer is there already".into());
                }
            }
            Attributes::TimerFiredEventAttributes(timer) => match self.timers.remove(timer.timer_id.as_str()) {
                Some((started, due)) if started == timer.started_event_id && due <= at => {}
                Some((started, _)) if started == timer.started_event_id => {
                    return Err("the timer fires too early".into());
                }
                Some(_) => return Err("it is linked to another timer".into()),
                None => return Err("there is no such timer".into()),
            },
            Attributes::TimerCanceledEventAttributes(timer) => {
                let started = self.timers.remove(timer.timer_id.as_str()).map(|(started, _)| started);
                if started != Some(timer.started_event_id) {
                    return Err("there is no such timer".into());
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn follow_activity(&mut self, attributes: &Attributes, id: i64) -> Result<(), String> {
        let (scheduled, started) = match attributes {
            Attributes::ActivityTaskScheduledEventAttributes(_) => {
                self.activities.insert(id);
                self.scheduled.insert(id);
                return Ok(());
            }
            Attributes::ActivityTaskStartedEventAttributes(event) => {
                let begun = self.activities.contains(&event.scheduled_event_id)
                    && self.activities_started.insert(event.scheduled_event_id, id).is_none();
                return if begun { Ok(()) } else { Err("it starts an activity that does not wait".into()) };
            }
            Attributes::ActivityTaskCancelRequestedEventAttributes(event) => {
                let known = self.scheduled.contains(&event.scheduled_event_id);
                return if known { Ok(()) } else { Err("there is no such activity".into()) };
            }
            Attributes::ActivityTaskCompletedEventAttributes(event) => {
                (event.scheduled_event_id, event.started_event_id)
            }
            Attributes::ActivityTaskFailedEventAttributes(event) => (event.scheduled_event_id, event.started_event_id),
            Attributes::ActivityTaskTimedOutEventAttributes(event) => {
                (event.scheduled_event_id, event.started_event_id)
            }
            Attributes::ActivityTaskCanceledEventAttributes(event) => {
                (event.scheduled_event_id, event.started_event_id)
            }
            _ => return Ok(()),
        };
        if !self.activities.remove(&scheduled) {
            return Err("it ends an activity that is not there".into());
        }
        match self.activities_started.remove(&scheduled).unwrap_or(0) {
            expected if expected == started => Ok(()),
            expected => Err(format!("it says that the activity was started by {started} instead of {expected}")),
        }
    }

    fn follow_child(&mut self, attributes: &Attributes, id: i64) -> Result<(), String> {
        match attributes {
            Attributes::StartChildWorkflowExecutionInitiatedEventAttributes(_) => {
                self.children.insert(id);
            }
            Attributes::ChildWorkflowExecutionStartedEventAttributes(started) => {
                let begun = self.children.contains(&started.initiated_event_id)
                    && self.children_started.insert(started.initiated_event_id, id).is_none();
                if !begun {
                    return Err("it starts a child that is not to be started".into());
                }
            }
            Attributes::ChildWorkflowExecutionCompletedEventAttributes(done) => {
                let started = self.children_started.remove(&done.initiated_event_id);
                if !self.children.remove(&done.initiated_event_id) || started != Some(done.started_event_id) {
                    return Err("it ends a child that has not started there".into());
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// The workflow task that brought the command of which this event is the record.
fn command(attributes: &Attributes) -> Option<i64> {
    Some(match attributes {
        Attributes::ActivityTaskScheduledEventAttributes(event) => event.workflow_task_completed_event_id,
        Attributes::ActivityTaskCancelRequestedEventAttributes(event) => event.workflow_task_completed_event_id,
        Attributes::TimerStartedEventAttributes(event) => event.workflow_task_completed_event_id,
        Attributes::TimerCanceledEventAttributes(event) => event.workflow_task_completed_event_id,
        Attributes::MarkerRecordedEventAttributes(event) => event.workflow_task_completed_event_id,
        Attributes::StartChildWorkflowExecutionInitiatedEventAttributes(event) => {
            event.workflow_task_completed_event_id
        }
        Attributes::SignalExternalWorkflowExecutionInitiatedEventAttributes(event) => {
            event.workflow_task_completed_event_id
        }
        Attributes::RequestCancelExternalWorkflowExecutionInitiatedEventAttributes(event) => {
            event.workflow_task_completed_event_id
        }
        Attributes::WorkflowExecutionCompletedEventAttributes(event) => event.workflow_task_completed_event_id,
        Attributes::WorkflowExecutionFailedEventAttributes(event) => event.workflow_task_completed_event_id,
        Attributes::WorkflowExecutionCanceledEventAttributes(event) => event.workflow_task_completed_event_id,
        Attributes::WorkflowExecutionContinuedAsNewEventAttributes(event) => event.workflow_task_completed_event_id,
        _ => return None,
    })
}
