//! Runs under random inputs: whatever happens in whatever order, their histories keep the rules.

mod history;
mod kept;
mod random;
mod world;

use std::time::Duration;

use crate::{
    api::{Attributes, HistoryEvent, enums::WorkflowExecutionStatus},
    run::Signal,
};
use history::check;
use random::Random;
use world::World;

/// As many inputs as a run gets.
const INPUTS: usize = 120;

#[test]
fn histories_keep_the_rules_whatever_happens() {
    for seed in 0..600 {
        let mut world = World::new(Random::new(seed));
        for _ in 0..INPUTS {
            world.act();
            if let Err(reason) = check(&world) {
                panic!("seed {seed}: {reason}\n{}", world.history());
            }
        }
        world.finish();
        if let Err(reason) = check(&world) {
            panic!("seed {seed}, at the end: {reason}\n{}", world.history());
        }
        assert!(!world.run.is_open(), "seed {seed}: the workflow does not close\n{}", world.history());
        assert!(!world.run.is_busy(), "seed {seed}: a closed run keeps time from skipping");
        for timer in &world.timers {
            assert!(!world.run.is_live(timer.1), "seed {seed}: a closed run waits for {:?}", timer.1);
        }
    }
}

#[test]
fn a_history_that_breaks_a_rule_is_found() {
    let mut broken = 0;
    for seed in 0..40 {
        let mut world = World::new(Random::new(seed));
        for _ in 0..INPUTS {
            world.act();
        }
        world.finish();
        let events = &world.run.log.events().collect::<Vec<_>>()[..];
        history::follow(events).unwrap();
        for index in 0..events.len() {
            let found = |what: &str, broken: &[HistoryEvent]| {
                assert!(history::follow(broken).is_err(), "seed {seed}: {what} {}\n{}", index + 1, world.history());
            };
            let (without, twice, otherwise) = (without(events, index), twice(events, index), unlinked(events, index));
            if index + 1 < events.len() {
                found("nobody misses event", &without);
            }
            for (what, events) in
                [("it may be there twice: event", twice), ("it may be linked to any: event", otherwise)]
            {
                let Some(events) = events else { continue };
                found(what, &events);
                broken += 1;
            }
        }
    }
    assert!(broken > 2000, "{broken}");
}

fn without(events: &[HistoryEvent], index: usize) -> Vec<HistoryEvent> {
    [&events[..index], &events[index + 1..]].concat()
}

/// The history with an event that comes twice, with the ids that it would have then; `None` if it may.
fn twice(events: &[HistoryEvent], index: usize) -> Option<Vec<HistoryEvent>> {
    let once = matches!(
        events[index].attributes.as_ref()?,
        Attributes::WorkflowTaskScheduledEventAttributes(_)
            | Attributes::WorkflowTaskStartedEventAttributes(_)
            | Attributes::WorkflowTaskCompletedEventAttributes(_)
            | Attributes::WorkflowExecutionSignaledEventAttributes(_)
            | Attributes::WorkflowExecutionCompletedEventAttributes(_)
            | Attributes::TimerFiredEventAttributes(_)
            | Attributes::TimerCanceledEventAttributes(_)
            | Attributes::ActivityTaskStartedEventAttributes(_)
            | Attributes::ActivityTaskCompletedEventAttributes(_)
            | Attributes::ChildWorkflowExecutionStartedEventAttributes(_)
            | Attributes::ChildWorkflowExecutionCompletedEventAttributes(_)
            | Attributes::ExternalWorkflowExecutionSignaledEventAttributes(_)
    );
    let events = once.then(|| [&events[..=index], &events[index..=index]].concat())?;
    Some(events.into_iter().zip(1..).map(|(event, event_id)| HistoryEvent { event_id, ..event }).collect())
}

/// The history with an event that speaks of the event before the one it should; `None` if it speaks of none.
fn unlinked(events: &[HistoryEvent], index: usize) -> Option<Vec<HistoryEvent>> {
    let mut events = events.to_vec();
    match events[index].attributes.as_mut()? {
        Attributes::WorkflowTaskStartedEventAttributes(event) => event.scheduled_event_id -= 1,
        Attributes::WorkflowTaskCompletedEventAttributes(event) => event.started_event_id -= 1,
        Attributes::WorkflowTaskFailedEventAttributes(event) => event.scheduled_event_id -= 1,
        Attributes::ActivityTaskScheduledEventAttributes(event) => event.workflow_task_completed_event_id -= 1,
        Attributes::ActivityTaskCompletedEventAttributes(event) => event.started_event_id -= 1,
        Attributes::TimerStartedEventAttributes(event) => event.workflow_task_completed_event_id -= 1,
        Attributes::TimerFiredEventAttributes(event) => event.started_event_id -= 1,
        Attributes::TimerCanceledEventAttributes(event) => event.started_event_id -= 1,
        Attributes::MarkerRecordedEventAttributes(event) => event.workflow_task_completed_event_id -= 1,
        Attributes::ChildWorkflowExecutionCompletedEventAttributes(event) => event.started_event_id -= 1,
        Attributes::WorkflowExecutionUpdateCompletedEventAttributes(event) => event.accepted_event_id -= 1,
        _ => return None,
    }
    Some(events)
}

#[test]
fn a_signal_before_the_end_is_seen_before_the_end() {
    let mut world = World::new(Random::new(1));
    let stamp = world.take_task().unwrap();
    world.step(|run, step| run.signal(Signal { name: "late".into(), ..Signal::default() }, step)).unwrap();
    let refused = world.complete(stamp, vec![world::complete_workflow()]).unwrap_err();
    assert_eq!((refused.code, refused.message.as_str()), (tonic::Code::InvalidArgument, "UnhandledCommand"));
    assert!(world.run.is_open());
    let kinds = world.kinds();
    assert_eq!(kinds[3..], ["WorkflowTaskFailed", "WorkflowExecutionSignaled", "WorkflowTaskScheduled"]);
    let stamp = world.take_task().unwrap();
    world.complete(stamp, vec![world::complete_workflow()]).unwrap();
    assert_eq!(world.run.status, WorkflowExecutionStatus::Completed);
}

#[test]
fn failed_attempts_of_a_task_leave_one_event() {
    let mut world = World::new(Random::new(1));
    for _ in 0..3 {
        let stamp = world.take_task().unwrap();
        world.fail_task(stamp);
    }
    let stamp = world.take_task().unwrap();
    world.complete(stamp, Vec::new()).unwrap();
    let expected = [
        "WorkflowExecutionStarted",
        "WorkflowTaskScheduled",
        "WorkflowTaskStarted",
        "WorkflowTaskFailed",
        "WorkflowTaskScheduled",
        "WorkflowTaskStarted",
        "WorkflowTaskCompleted",
    ];
    assert_eq!(world.kinds(), expected);
    let attempts = world.run.log.events().filter_map(|event| match event.attributes {
        Some(Attributes::WorkflowTaskScheduledEventAttributes(scheduled)) => Some(scheduled.attempt),
        _ => None,
    });
    assert_eq!(attempts.collect::<Vec<_>>(), [1, 4]);
}

#[test]
fn a_stale_worker_is_told_so() {
    let mut world = World::new(Random::new(1));
    let first = world.take_task().unwrap();
    world.advance(Duration::from_secs(11));
    assert_eq!(world.complete(first, Vec::new()).unwrap_err().code, tonic::Code::NotFound);
    assert!(world.kinds().contains(&"WorkflowTaskTimedOut".to_owned()));
}

#[test]
fn a_rejected_update_leaves_no_trace() {
    let mut world = World::new(Random::new(1));
    let stamp = world.take_task().unwrap();
    world.complete(stamp, Vec::new()).unwrap();
    let before = world.kinds();
    world.admit("u");
    let stamp = world.take_task().unwrap();
    assert_eq!(world.run.unwritten_events().len(), 2, "its worker sees the task");
    world.reject(stamp, "u");
    assert_eq!(world.kinds(), before);
    assert!(world.run.task.is_none());
}

#[test]
fn timers_of_one_instant_are_for_one_task() {
    let mut world = World::new(Random::new(1));
    let stamp = world.take_task().unwrap();
    let commands = ["a", "b", "c"].map(|id| world::start_timer(id, Duration::from_secs(1)));
    world.complete(stamp, commands.into()).unwrap();
    world.advance(Duration::from_secs(1));
    let kinds = world.kinds();
    assert_eq!(kinds[kinds.len() - 4..], ["TimerFired", "TimerFired", "TimerFired", "WorkflowTaskScheduled"]);
}

#[test]
fn the_state_is_what_the_history_says() {
    for seed in 0..200 {
        let mut world = World::new(Random::new(seed));
        for _ in 0..INPUTS {
            world.act();
            // What waits for the end of a task is not in the history so far.
            if world.run.is_open() && !world.run.task_started() {
                let (there, rebuilt) = world.rebuilt();
                assert_eq!(there, rebuilt, "seed {seed}\n{}", world.history());
            }
        }
    }
}

#[test]
fn a_run_that_was_reset_keeps_the_rules() {
    let mut resets = 0;
    for seed in 0..400 {
        let mut world = World::new(Random::new(seed));
        for _ in 0..3 {
            for _ in 0..INPUTS / 3 {
                world.act();
            }
            let Some(id) = world.some_task_end() else { continue };
            let before: Vec<_> = world.run.log.range(0..usize::try_from(id).unwrap() - 1).collect();
            world.reset(id).unwrap();
            resets += 1;
            assert_eq!(world.run.log.range(0..before.len()).collect::<Vec<_>>(), before, "seed {seed}");
            // What was due in the meantime comes at once.
            world.advance(Duration::ZERO);
            if let Err(reason) = check(&world) {
                panic!("seed {seed}, reset to {id}: {reason}\n{}", world.history());
            }
        }
        world.finish();
        if let Err(reason) = check(&world) {
            panic!("seed {seed}, at the end: {reason}\n{}", world.history());
        }
        assert!(!world.run.is_open(), "seed {seed}: the workflow does not close\n{}", world.history());
    }
    assert!(resets > 200);
}

#[test]
fn a_reset_wants_a_workflow_task() {
    let mut world = World::new(Random::new(1));
    let stamp = world.take_task().unwrap();
    world.complete(stamp, vec![world::start_timer("t", Duration::from_secs(1))]).unwrap();
    for (id, text) in [(0, "Workflow task finish ID"), (1, "Workflow task finish ID"), (6, "Workflow task finish ID")] {
        assert!(world.reset(id).unwrap_err().message.starts_with(text), "{id}");
    }
    for id in [2, 5] {
        assert!(world.reset(id).unwrap_err().message.starts_with("Can only reset workflow"), "{id}");
    }
    // A task that was not started at that point is, to fail.
    world.reset(3).unwrap();
    let kinds = world.kinds();
    assert_eq!(
        kinds[1..],
        ["WorkflowTaskScheduled", "WorkflowTaskStarted", "WorkflowTaskFailed", "WorkflowTaskScheduled"]
    );
}
