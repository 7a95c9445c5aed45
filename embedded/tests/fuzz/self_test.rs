//! What is wrong must be found: the checks, tried on histories and promises that break the rules.

use prost_wkt_types::{Duration, Timestamp};
use temporalio_protos::temporal::api::{
    enums::v1::EventType,
    history::v1::{self as event, HistoryEvent, history_event::Attributes},
    workflowservice::v1::PollActivityTaskQueueResponse,
};

use crate::{
    check,
    ledger::{Ledger, Promise},
};

/// Errors: what is wrong, and was not found.
pub(crate) fn run() -> Result<(), String> {
    check::history(&good(), false).map_err(|wrong| format!("a good history is refused: {wrong}"))?;
    for (found, violate) in violations() {
        let mut events = good();
        violate(&mut events);
        match check::history(&events, false) {
            Err(wrong) if wrong.contains(found) => {}
            other => return Err(format!("instead of `{found}`, the check of histories finds {other:?}")),
        }
    }
    if check::history(&good(), true).is_ok() {
        return Err("a run may be open whose history is over".to_owned());
    }
    promises()
}

/// A history with a task, a timer, an activity and a signal.
fn good() -> Vec<HistoryEvent> {
    let task = |scheduled, started| {
        [
            Attributes::WorkflowTaskScheduledEventAttributes(Default::default()),
            Attributes::WorkflowTaskStartedEventAttributes(event::WorkflowTaskStartedEventAttributes {
                scheduled_event_id: scheduled,
                ..Default::default()
            }),
            Attributes::WorkflowTaskCompletedEventAttributes(event::WorkflowTaskCompletedEventAttributes {
                scheduled_event_id: scheduled,
                started_event_id: started,
                ..Default::default()
            }),
        ]
    };
    let mut all = vec![Attributes::WorkflowExecutionStartedEventAttributes(Default::default())];
    all.extend(task(2, 3));
    all.push(Attributes::TimerStartedEventAttributes(event::TimerStartedEventAttributes {
        timer_id: "t".to_owned(),
        start_to_fire_timeout: Some(Duration { seconds: 3, nanos: 0 }),
        workflow_task_completed_event_id: 4,
    }));
    all.push(Attributes::ActivityTaskScheduledEventAttributes(event::ActivityTaskScheduledEventAttributes {
        workflow_task_completed_event_id: 4,
        ..Default::default()
    }));
    all.push(Attributes::ActivityTaskStartedEventAttributes(event::ActivityTaskStartedEventAttributes {
        scheduled_event_id: 6,
        ..Default::default()
    }));
    all.push(Attributes::ActivityTaskCompletedEventAttributes(event::ActivityTaskCompletedEventAttributes {
        scheduled_event_id: 6,
        started_event_id: 7,
        ..Default::default()
    }));
    all.push(Attributes::TimerFiredEventAttributes(event::TimerFiredEventAttributes {
        timer_id: "t".to_owned(),
        started_event_id: 5,
    }));
    all.push(signal("asker 1"));
    all.extend(task(11, 12));
    all.push(Attributes::WorkflowExecutionCompletedEventAttributes(event::WorkflowExecutionCompletedEventAttributes {
        workflow_task_completed_event_id: 13,
        ..Default::default()
    }));
    numbered(all)
}

fn signal(identity: &str) -> Attributes {
    Attributes::WorkflowExecutionSignaledEventAttributes(event::WorkflowExecutionSignaledEventAttributes {
        identity: identity.to_owned(),
        ..Default::default()
    })
}

/// A second passes with each of them.
fn numbered(all: Vec<Attributes>) -> Vec<HistoryEvent> {
    let events = all.into_iter().zip(1..).map(|(attributes, id)| HistoryEvent {
        event_id: id,
        event_time: Some(Timestamp { seconds: 1_700_000_000 + id, nanos: 0 }),
        event_type: attributes.event_type() as i32,
        attributes: Some(attributes),
        ..Default::default()
    });
    events.collect()
}

type Violation = fn(&mut Vec<HistoryEvent>);

/// What is found, and what is done to the history.
fn violations() -> Vec<(&'static str, Violation)> {
    fn again(events: &mut Vec<HistoryEvent>) {
        *events = numbered(events.iter().filter_map(|event| event.attributes.clone()).collect());
    }
    vec![
        ("event 3, WorkflowTaskStarted: its id is out of order", |events| events[2].event_id = 4),
        ("event 9, WorkflowExecutionSignaled: its id is out of order", |events| drop(events.remove(8))),
        ("it ends with WorkflowTaskCompleted, and the run is closed", |events| drop(events.pop())),
        ("it has no time", |events| events[5].event_time = None),
        ("something comes after the end", |events| {
            events.push(HistoryEvent { attributes: Some(signal("late")), ..Default::default() });
            again(events);
        }),
        ("a history begins once", |events| {
            events.insert(1, events[0].clone());
            again(events);
        }),
        ("it is linked to event 5, Some(TimerStarted) instead of ActivityTaskScheduled", |events| {
            if let Some(Attributes::ActivityTaskStartedEventAttributes(event)) = &mut events[6].attributes {
                event.scheduled_event_id -= 1;
            }
        }),
        ("it is linked to event 8, None instead of ActivityTaskStarted", |events| {
            if let Some(Attributes::ActivityTaskCompletedEventAttributes(event)) = &mut events[7].attributes {
                event.started_event_id += 1;
            }
        }),
        ("it ends the workflow task (2, 3) instead of Some((11, 12))", |events| {
            if let Some(Attributes::WorkflowTaskCompletedEventAttributes(event)) = &mut events[12].attributes {
                (event.scheduled_event_id, event.started_event_id) = (2, 3);
            }
        }),
        ("it is of the workflow task 4 instead of 13", |events| {
            if let Some(Attributes::WorkflowExecutionCompletedEventAttributes(event)) = &mut events[13].attributes {
                event.workflow_task_completed_event_id = 4;
            }
        }),
        ("event 6 has been ended by 8", |events| {
            events[9] = HistoryEvent { event_id: 10, ..events[7].clone() };
        }),
        ("there is a workflow task already", |events| {
            events[9] = HistoryEvent { event_id: 10, ..events[10].clone() };
        }),
        ("it comes while a workflow task is out", |events| {
            events.insert(3, HistoryEvent { attributes: Some(signal("early")), ..Default::default() });
            again(events);
        }),
        ("the timer fires too early", |events| {
            if let Some(time) = &mut events[8].event_time {
                time.seconds -= 2;
            }
        }),
        ("the timer of event 5 is t", |events| {
            if let Some(Attributes::TimerFiredEventAttributes(event)) = &mut events[8].attributes {
                event.timer_id = "other".to_owned();
            }
        }),
        ("the timer t has not fired", |events| {
            events[8].attributes = Some(signal("other"));
            events[8].event_type = EventType::WorkflowExecutionSignaled as i32;
        }),
    ]
}

fn promises() -> Result<(), String> {
    let missed = |what: &str| Err(format!("it is not found that {what}"));
    let mut ledger = Ledger::default();
    if ledger.ends(b"token").is_err() || ledger.ends(b"another").is_err() {
        return Err("a token is refused that was not used before".to_owned());
    }
    if ledger.ends(b"token").is_ok() {
        return missed("a token is accepted twice");
    }
    let attempt = |attempt| PollActivityTaskQueueResponse { attempt, ..Default::default() };
    ledger.began(&attempt(1));
    ledger.goes_on(&attempt(1))?;
    ledger.began(&attempt(2));
    ledger.goes_on(&attempt(2))?;
    if ledger.goes_on(&attempt(1)).is_ok() {
        return missed("an attempt is listened to that is over");
    }
    let by = ledger.asker();
    ledger.promise(Promise {
        namespace: "default".to_owned(),
        workflow_id: "w".to_owned(),
        event: EventType::WorkflowExecutionSignaled,
        by,
    });
    let kept = [good()];
    ledger.check(|_, _| Some(&kept)).map_err(|wrong| format!("a promise that was kept is not found: {wrong}"))?;
    if ledger.check(|_, _| None).is_ok() {
        return missed("a workflow is gone");
    }
    let mut lost = good();
    lost.retain(|event| event.event_type() != EventType::WorkflowExecutionSignaled);
    let lost = [lost];
    if ledger.check(|_, _| Some(&lost)).is_ok() {
        return missed("a signal is lost");
    }
    let twice = [[good(), good()].concat()];
    if ledger.check(|_, _| Some(&twice)).is_ok() {
        return missed("a signal comes twice");
    }
    Ok(())
}
