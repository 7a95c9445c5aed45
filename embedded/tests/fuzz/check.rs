//! What is true of every history.

use std::collections::HashMap;

use prost_wkt_types::{Duration, Timestamp};
use temporalio_protos::temporal::api::{
    enums::v1::EventType,
    history::v1::{HistoryEvent, history_event::Attributes},
};

use crate::links::{command, ends, links};

const CLOSES: [EventType; 6] = [
    EventType::WorkflowExecutionCompleted,
    EventType::WorkflowExecutionFailed,
    EventType::WorkflowExecutionTimedOut,
    EventType::WorkflowExecutionCanceled,
    EventType::WorkflowExecutionTerminated,
    EventType::WorkflowExecutionContinuedAsNew,
];

/// Time ends for a server here, in seconds: what is due later never happens.
const HORIZON: i128 = 7_258_118_400;
/// Nothing comes later than this after it is due, in nanoseconds.
const LATE: i128 = 1_000_000_000;

/// Errors: what is wrong with it.
pub(crate) fn history(events: &[HistoryEvent], open: bool) -> Result<(), String> {
    let Some(last) = events.last() else { return Err("it is empty".to_owned()) };
    let mut known = Known::default();
    for (index, event) in events.iter().enumerate() {
        let id = i64::try_from(index).unwrap_or(0) + 1;
        let kind = event.event_type();
        let wrong = |what: String| format!("event {id}, {kind:?}: {what}");
        if event.event_id != id {
            return Err(wrong("its id is out of order".to_owned()));
        }
        if CLOSES.contains(&kind) && id != last.event_id {
            return Err(wrong("something comes after the end".to_owned()));
        }
        known.follow(event).map_err(wrong)?;
    }
    if CLOSES.contains(&last.event_type()) == open {
        let is = if open { "open" } else { "closed" };
        return Err(format!("it ends with {:?}, and the run is {is}", last.event_type()));
    }
    match known.timers.values().find(|timer| !open && timer.due + LATE < known.at) {
        Some(Timer { id, .. }) => Err(format!("the timer {id} has not fired")),
        None => Ok(()),
    }
}

struct Timer {
    id: String,
    /// Nanoseconds since 1970.
    due: i128,
}

/// What the events so far have said.
#[derive(Default)]
struct Known {
    kinds: HashMap<i64, EventType>,
    ended: HashMap<i64, i64>,
    /// The workflow task that is not over: scheduled, and started.
    task: Option<(i64, Option<i64>)>,
    completed: i64,
    timers: HashMap<i64, Timer>,
    at: i128,
}

impl Known {
    fn follow(&mut self, event: &HistoryEvent) -> Result<(), String> {
        let (id, kind) = (event.event_id, event.event_type());
        if (id == 1) != (kind == EventType::WorkflowExecutionStarted) {
            return Err("a history begins once".to_owned());
        }
        self.at = nanos(&event.event_time.ok_or("it has no time")?);
        let attributes = event.attributes.as_ref().ok_or("it has no attributes")?;
        if attributes.event_type() != kind {
            return Err(format!("its attributes are those of {:?}", attributes.event_type()));
        }
        for (of, expected) in links(attributes) {
            let found = self.kinds.get(&of);
            if found != Some(&expected) {
                return Err(format!("it is linked to event {of}, {found:?} instead of {expected:?}"));
            }
        }
        if let Some(of) = ends(attributes)
            && let Some(before) = self.ended.insert(of, id)
        {
            return Err(format!("event {of} has been ended by {before}"));
        }
        if let Some(task) = command(attributes)
            && task != self.completed
        {
            return Err(format!("it is of the workflow task {task} instead of {}", self.completed));
        }
        self.follow_task(id, kind, attributes)?;
        self.follow_timer(id, attributes)?;
        self.kinds.insert(id, kind);
        Ok(())
    }

    fn follow_task(&mut self, id: i64, kind: EventType, attributes: &Attributes) -> Result<(), String> {
        let task = match attributes {
            Attributes::WorkflowTaskCompletedEventAttributes(task) => (task.scheduled_event_id, task.started_event_id),
            Attributes::WorkflowTaskFailedEventAttributes(task) => (task.scheduled_event_id, task.started_event_id),
            Attributes::WorkflowTaskTimedOutEventAttributes(task) => (task.scheduled_event_id, task.started_event_id),
            _ => return self.begin_task(id, kind),
        };
        let out = self.task.take().map(|(scheduled, started)| (scheduled, started.unwrap_or(0)));
        if out != Some(task) {
            return Err(format!("it ends the workflow task {task:?} instead of {out:?}"));
        }
        if kind == EventType::WorkflowTaskCompleted {
            self.completed = id;
        }
        Ok(())
    }

    fn begin_task(&mut self, id: i64, kind: EventType) -> Result<(), String> {
        match (kind, self.task) {
            (_, Some((_, Some(_)))) => return Err("it comes while a workflow task is out".to_owned()),
            (EventType::WorkflowTaskScheduled, Some(_)) => return Err("there is a workflow task already".to_owned()),
            (EventType::WorkflowTaskScheduled, None) => self.task = Some((id, None)),
            (EventType::WorkflowTaskStarted, Some((scheduled, None))) => self.task = Some((scheduled, Some(id))),
            (EventType::WorkflowTaskStarted, None) => return Err("no workflow task waits".to_owned()),
            _ => {}
        }
        Ok(())
    }

    fn follow_timer(&mut self, id: i64, attributes: &Attributes) -> Result<(), String> {
        let (timer_id, started, fires) = match attributes {
            Attributes::TimerStartedEventAttributes(timer) => {
                let takes = timer.start_to_fire_timeout.unwrap_or_default();
                let due = Some(self.at + length(&takes)).filter(|due| *due < HORIZON * 1_000_000_000);
                self.timers.insert(id, Timer { id: timer.timer_id.clone(), due: due.unwrap_or(i128::MAX - LATE) });
                return Ok(());
            }
            Attributes::TimerFiredEventAttributes(timer) => (&timer.timer_id, timer.started_event_id, true),
            Attributes::TimerCanceledEventAttributes(timer) => (&timer.timer_id, timer.started_event_id, false),
            _ => return Ok(()),
        };
        match self.timers.remove(&started) {
            Some(timer) if timer.id != *timer_id => Err(format!("the timer of event {started} is {}", timer.id)),
            Some(timer) if fires && self.at < timer.due => Err("the timer fires too early".to_owned()),
            Some(_) => Ok(()),
            None => Err("there is no such timer".to_owned()),
        }
    }
}

fn nanos(time: &Timestamp) -> i128 {
    i128::from(time.seconds) * 1_000_000_000 + i128::from(time.nanos)
}

fn length(duration: &Duration) -> i128 {
    i128::from(duration.seconds) * 1_000_000_000 + i128::from(duration.nanos)
}
