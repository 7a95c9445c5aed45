//! Events that come while a workflow task is out: they get their ids when it is done.

use std::collections::HashMap;

use super::{
    Run,
    log::Extra,
    rebuild::ended_activity,
    task::{Task, TaskKind},
};
use crate::{
    api::{Attributes, Link},
    run::Step,
    time::Time,
};

/// The id of an event that has none so far.
pub(super) const BUFFERED: i64 = -123;

#[derive(Debug)]
pub(super) struct Buffered {
    pub(super) attributes: Attributes,
    pub(super) time: Time,
    pub(super) links: Vec<Link>,
}

impl Run {
    /// Writes an event of the outside world and sees to it that the workflow is told; its id, if it has one already.
    pub(super) fn record(&mut self, attributes: Attributes, links: Vec<Link>, step: &mut Step<'_>) -> i64 {
        let id = self.write(attributes, step.now, links);
        self.schedule_task(step);
        id
    }

    /// Writes an event that happened at that time; buffers it while a workflow task is out.
    pub(super) fn write(&mut self, attributes: Attributes, time: Time, links: Vec<Link>) -> i64 {
        self.persist_speculative();
        if self.task_started() {
            self.buffered.push(Buffered { attributes, time, links });
            return BUFFERED;
        }
        self.log.append(attributes, time, Extra { links, ..Extra::default() })
    }

    /// A speculative workflow task becomes an ordinary one before anything else is kept. By then the real server does not
    /// know any more who has started it.
    pub(super) fn persist_speculative(&mut self) {
        if let Some(task) = self.task.as_mut().filter(|task| task.kind == TaskKind::Speculative) {
            task.identity.clear();
            self.write_task_events();
            if let Some(Task { kind, .. }) = &mut self.task {
                *kind = TaskKind::Normal;
            }
        }
    }

    /// Gives ids to what came in the meantime; whether there was anything. What ends activities and children comes last.
    pub(super) fn flush(&mut self) -> bool {
        let buffered = std::mem::take(&mut self.buffered);
        let any = !buffered.is_empty();
        let (last, first): (Vec<_>, Vec<_>) = buffered.into_iter().partition(|event| ends_something(&event.attributes));
        let mut started = Started::default();
        for Buffered { mut attributes, time, links } in first.into_iter().chain(last) {
            started.link(&mut attributes);
            let activity = match &attributes {
                Attributes::ActivityTaskStartedEventAttributes(started) => Some(started.scheduled_event_id),
                _ => None,
            };
            let child = match &attributes {
                Attributes::ChildWorkflowExecutionStartedEventAttributes(started) => Some(started.initiated_event_id),
                _ => None,
            };
            let id = self.log.append(attributes, time, Extra { links, ..Extra::default() });
            if let Some(scheduled_id) = activity {
                started.activities.insert(scheduled_id, id);
            }
            if let Some(initiated_id) = child {
                started.children.insert(initiated_id, id);
                if let Some(child) = self.children.get_mut(&initiated_id) {
                    child.started_id = id;
                }
            }
        }
        any
    }

    /// Whether the end of this activity came while the workflow task is out.
    pub(super) fn activity_ends_in_buffer(&self, scheduled_id: i64) -> bool {
        self.buffered.iter().any(|event| ended_activity(&event.attributes) == Some(scheduled_id))
    }

    /// Takes the firing of this timer out of the buffer, if it is there: it was cancelled first.
    pub(super) fn unfire(&mut self, timer_id: &str) -> bool {
        let before = self.buffered.len();
        self.buffered.retain(|event| match &event.attributes {
            Attributes::TimerFiredEventAttributes(fired) => fired.timer_id != timer_id,
            _ => true,
        });
        self.buffered.len() < before
    }

    /// How many events would be left in the buffer once these timers are cancelled.
    pub(super) fn buffered_without(&self, cancelled: &[&str]) -> usize {
        let stays = |event: &&Buffered| match &event.attributes {
            Attributes::TimerFiredEventAttributes(fired) => !cancelled.contains(&fired.timer_id.as_str()),
            _ => true,
        };
        self.buffered.iter().filter(stays).count()
    }

    /// The timer that fired while the workflow task is out, if this is one.
    pub(super) fn fired_in_buffer(&self, timer_id: &str) -> Option<i64> {
        self.buffered.iter().find_map(|event| match &event.attributes {
            Attributes::TimerFiredEventAttributes(fired) if fired.timer_id == timer_id => Some(fired.started_event_id),
            _ => None,
        })
    }
}

/// The started events of one flush, by what they started.
#[derive(Default)]
struct Started {
    activities: HashMap<i64, i64>,
    children: HashMap<i64, i64>,
}

impl Started {
    /// Fills in the id of a started event that was buffered itself.
    fn link(&self, attributes: &mut Attributes) {
        macro_rules! of {
            ($ids:ident, $event:ident . $key:ident) => {
                (&mut $event.started_event_id, self.$ids.get(&$event.$key))
            };
        }
        let (started, id) = match attributes {
            Attributes::ActivityTaskCompletedEventAttributes(event) => of!(activities, event.scheduled_event_id),
            Attributes::ActivityTaskFailedEventAttributes(event) => of!(activities, event.scheduled_event_id),
            Attributes::ActivityTaskTimedOutEventAttributes(event) => of!(activities, event.scheduled_event_id),
            Attributes::ActivityTaskCanceledEventAttributes(event) => of!(activities, event.scheduled_event_id),
            Attributes::ChildWorkflowExecutionCompletedEventAttributes(event) => {
                of!(children, event.initiated_event_id)
            }
            Attributes::ChildWorkflowExecutionFailedEventAttributes(event) => of!(children, event.initiated_event_id),
            Attributes::ChildWorkflowExecutionCanceledEventAttributes(event) => of!(children, event.initiated_event_id),
            Attributes::ChildWorkflowExecutionTimedOutEventAttributes(event) => of!(children, event.initiated_event_id),
            Attributes::ChildWorkflowExecutionTerminatedEventAttributes(event) => {
                of!(children, event.initiated_event_id)
            }
            _ => return,
        };
        if let Some(id) = id
            && *started == BUFFERED
        {
            *started = *id;
        }
    }
}

fn ends_something(attributes: &Attributes) -> bool {
    matches!(
        attributes,
        Attributes::ActivityTaskCompletedEventAttributes(_)
            | Attributes::ActivityTaskFailedEventAttributes(_)
            | Attributes::ActivityTaskTimedOutEventAttributes(_)
            | Attributes::ActivityTaskCanceledEventAttributes(_)
            | Attributes::ChildWorkflowExecutionCompletedEventAttributes(_)
            | Attributes::ChildWorkflowExecutionFailedEventAttributes(_)
            | Attributes::ChildWorkflowExecutionCanceledEventAttributes(_)
            | Attributes::ChildWorkflowExecutionTimedOutEventAttributes(_)
            | Attributes::ChildWorkflowExecutionTerminatedEventAttributes(_)
    )
}
