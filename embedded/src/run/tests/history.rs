//! The rules that every history keeps.

use std::collections::{HashMap, HashSet};

use super::world::World;
use crate::{
    api::{Attributes, HistoryEvent},
    time::{self, Time},
};

/// What the events so far have begun and not ended.
#[derive(Default)]
struct Open<'a> {
    task: Option<i64>,
    task_started: Option<i64>,
    timers: HashMap<&'a str, (i64, Time)>,
    activities: HashSet<i64>,
    activities_started: HashMap<i64, i64>,
    children: HashSet<i64>,
    children_started: HashMap<i64, i64>,
    signalled: HashSet<&'a str>,
    accepted: HashMap<&'a str, i64>,
    closed: bool,
}

/// Errors: the first rule that is broken, and where.
pub(super) fn check(world: &World) -> Result<(), String> {
    let events: Vec<_> = world.run.log.events().collect();
    let mut open = Open::default();
    for (index, event) in events.iter().enumerate() {
        if event.event_id != i64::try_from(index).unwrap_or(0) + 1 {
            return Err(format!("event {} has the id {}", index + 1, event.event_id));
        }
        open.follow(event).map_err(|reason| format!("event {}: {reason}", event.event_id))?;
    }
    if open.closed == world.run.is_open() {
        return Err("the state does not say what the history says".into());
    }
    let lost = world.signalled.iter().find(|name| !open.signalled.contains(name.as_str()));
    match lost {
        // It may wait for the end of the task that is out.
        Some(name) if !world.run.task_started() && world.run.is_open() => Err(format!("the signal {name} is lost")),
        _ => Ok(()),
    }
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
        self.follow_task(attributes, event.event_id)?;
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
            | Attributes::WorkflowExecutionTerminatedEventAttributes(_) => self.closed = true,
            _ => {}
        }
        Ok(())
    }

    fn follow_task(&mut self, attributes: &Attributes, id: i64) -> Result<(), String> {
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
                Some(_) => return Err("the timer fires too early".into()),
                None => return Err("there is no such timer".into()),
            },
            Attributes::TimerCanceledEventAttributes(timer)
                if self.timers.remove(timer.timer_id.as_str()).is_none() =>
            {
                return Err("there is no such timer".into());
            }
            _ => {}
        }
        Ok(())
    }

    fn follow_activity(&mut self, attributes: &Attributes, id: i64) -> Result<(), String> {
        let (scheduled, started) = match attributes {
            Attributes::ActivityTaskScheduledEventAttributes(_) => {
                self.activities.insert(id);
                return Ok(());
            }
            Attributes::ActivityTaskStartedEventAttributes(event) => {
                self.activities_started.insert(event.scheduled_event_id, id);
                return Ok(());
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
                self.children_started.insert(started.initiated_event_id, id);
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
