//! That the comparison notices what it is there for; and that a seed means one program.

use durably::temporal::common::protos::temporal::api::history::v1::{
    ActivityTaskCompletedEventAttributes, ActivityTaskScheduledEventAttributes, ActivityTaskStartedEventAttributes,
    HistoryEvent, history_event::Attributes,
};

use super::{
    compare::{first_difference, side_by_side},
    generate, normalise,
    record::{Record, Run},
};

const RUN: &str = "0d0d7d3c-6a2e-4b8e-9f0a-1c1c1c1c1c1c";
const REQUEST: &str = "5b5b7d3c-6a2e-4b8e-9f0a-2d2d2d2d2d2d";

fn events() -> Vec<Attributes> {
    let scheduled = ActivityTaskScheduledEventAttributes { activity_id: format!("of {RUN}"), ..Default::default() };
    let started = ActivityTaskStartedEventAttributes {
        scheduled_event_id: 1,
        attempt: 2,
        request_id: REQUEST.to_owned(),
        ..Default::default()
    };
    let completed = ActivityTaskCompletedEventAttributes {
        scheduled_event_id: 1,
        started_event_id: 2,
        identity: RUN.to_owned(),
        ..Default::default()
    };
    vec![
        Attributes::ActivityTaskScheduledEventAttributes(scheduled),
        Attributes::ActivityTaskStartedEventAttributes(started),
        Attributes::ActivityTaskCompletedEventAttributes(completed),
    ]
}

fn lines(events: Vec<Attributes>) -> Vec<String> {
    let event = |(id, attributes)| HistoryEvent { event_id: id, attributes: Some(attributes), ..Default::default() };
    let events = (1..).zip(events).map(event).collect();
    let run = Run { workflow_id: "planted".to_owned(), events, description: Default::default() };
    normalise::record(&Record { seen: Vec::new(), runs: vec![run] })
}

/// Whether it is noticed that these events are not those of [`events`].
fn is_noticed(change: impl FnOnce(&mut Vec<Attributes>)) -> bool {
    let mut changed = events();
    change(&mut changed);
    first_difference(&lines(events()), &lines(changed)).is_some()
}

#[test]
fn a_planted_difference_is_found() {
    assert!(!is_noticed(|_| {}));
    assert!(is_noticed(|events| events.swap(0, 1)), "another order");
    assert!(is_noticed(|events| drop(events.remove(1))), "a missing event");
    assert!(is_noticed(|events| events.push(events[0].clone())), "one more event");
    let started = |change: fn(&mut ActivityTaskStartedEventAttributes)| {
        is_noticed(|events| {
            if let Attributes::ActivityTaskStartedEventAttributes(event) = &mut events[1] {
                change(event);
            }
        })
    };
    assert!(started(|event| event.attempt = 3), "another attempt");
    assert!(started(|event| event.scheduled_event_id = 2), "another link");
    assert!(started(|event| event.identity = "somebody else".to_owned()), "somebody else");
    assert!(started(|event| event.request_id = String::new()), "no id where there is one");
    assert!(!started(|event| event.request_id = RUN.to_owned()), "of random ids only that they are there counts");
    let completed = |id: &'static str| {
        is_noticed(|events| {
            if let Attributes::ActivityTaskCompletedEventAttributes(event) = &mut events[2] {
                event.identity = id.to_owned();
            }
        })
    };
    assert!(completed(REQUEST), "another id than the one that was meant");
}

#[test]
fn random_ids_are_numbered() {
    let other = "7e7e7d3c-6a2e-4b8e-9f0a-3e3e3e3e3e3e";
    let lines_of = |id: &str| {
        let scheduled = ActivityTaskScheduledEventAttributes { activity_id: format!("of {id}"), ..Default::default() };
        lines(vec![Attributes::ActivityTaskScheduledEventAttributes(scheduled)])
    };
    assert_eq!(lines_of(RUN), lines_of(other));
}

#[test]
fn a_difference_is_shown_side_by_side() {
    let real = ["same", "real"].map(str::to_owned);
    let embedded = ["same", "embedded"].map(str::to_owned);
    let at = first_difference(&real, &embedded).unwrap();
    let shown = side_by_side(&real, &embedded, at);
    let differing = shown.lines().find(|line| line.contains('>')).unwrap();
    assert!(differing.contains("real") && differing.contains("| embedded"), "{shown}");
}

#[test]
fn a_seed_means_one_program() {
    assert_eq!(generate::program(7), generate::program(7));
    assert_ne!(generate::program(7), generate::program(8));
}
