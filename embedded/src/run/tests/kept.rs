//! Runs that are kept and taken up again, at any moment: nobody can tell.

use crate::{
    api::HistoryEvent,
    run::{Due, Effect, Log, Phase, Run, Step, decode_events, encode_events},
    time::Time,
    visibility::Attributes,
};

use super::{INPUTS, random::Random, world::World};

/// What a file has of a run: the pieces of its history, and how far they go.
#[derive(Default)]
struct Kept {
    pieces: Vec<Vec<u8>>,
    events: usize,
    batches: usize,
}

impl Kept {
    /// The run as it is after a restart.
    fn restart(&mut self, run: &Run) -> Run {
        self.pieces.push(encode_events(&run.log, self.events, self.batches));
        (self.events, self.batches) = (run.log.len(), run.log.batches().len());
        let (mut events, mut batches) = (Vec::new(), Vec::new());
        for piece in &self.pieces {
            decode_events(piece, &mut events, &mut batches).unwrap();
        }
        let log = Log::kept(&events, batches);
        assert_eq!((log.bytes(), log.batches()), (run.log.bytes(), run.log.batches()));
        Run::decode(&run.encode(), log).unwrap()
    }
}

#[test]
fn a_run_goes_on_as_if_it_had_not_been_kept() {
    for seed in 0..600 {
        let (mut undisturbed, mut restarted) = (World::new(Random::new(seed)), World::new(Random::new(seed)));
        let (mut moments, mut kept) = (Random::new(seed + 1000), Kept::default());
        let mut seen = (0, 0);
        let mut step = |act: &dyn Fn(&mut World)| {
            if moments.one_in(8) {
                restarted.run = kept.restart(&restarted.run);
                assert_resumes(&restarted, seed);
            }
            act(&mut undisturbed);
            act(&mut restarted);
            let new = |world: &World| (events(world)[seen.0..].to_vec(), world.asked[seen.1..].to_vec());
            assert_eq!(new(&restarted), new(&undisturbed), "seed {seed}\n{}", undisturbed.history());
            seen = (events(&undisturbed).len(), undisturbed.asked.len());
        };
        for _ in 0..INPUTS {
            step(&World::act);
        }
        step(&World::finish);
        assert!(!restarted.run.is_open());
        let closed = kept.restart(&restarted.run);
        assert_eq!((closed.status, closed.close_time), (undisturbed.run.status, undisturbed.run.close_time));
        for update in (1000..2000).map(|number| format!("n-{number}")) {
            assert_eq!(closed.update_progress(&update), undisturbed.run.update_progress(&update), "seed {seed}");
        }
    }
}

#[test]
fn a_run_that_was_reset_goes_on_too() {
    for seed in 0..200 {
        let mut world = World::new(Random::new(seed));
        for _ in 0..INPUTS / 2 {
            world.act();
        }
        let Some(id) = world.some_task_end() else { continue };
        world.reset(id).unwrap();
        let mut kept = Kept::default();
        for _ in 0..INPUTS / 2 {
            world.run = kept.restart(&world.run);
            assert_resumes(&world, seed);
            world.act();
        }
        world.finish();
        assert!(!world.run.is_open(), "seed {seed}: the workflow does not close\n{}", world.history());
    }
}

#[test]
fn what_belongs_to_no_run_is_refused() {
    let mut world = World::new(Random::new(7));
    for _ in 0..INPUTS / 2 {
        world.act();
    }
    let bytes = world.run.encode();
    let log = || Log::kept(&events(&world), world.run.log.batches().to_vec());
    assert!(Run::decode(&bytes, log()).is_ok());
    assert!(Run::decode(&[], log()).is_err());
    assert!(Run::decode(&bytes, Log::default()).is_err(), "the history of another run");
    for length in 0..bytes.len() {
        // What is left may be a run that is less, and must not be a panic.
        let _ = Run::decode(&bytes[..length], log());
    }
    let piece = encode_events(&world.run.log, 0, 0);
    for length in 0..piece.len() {
        let _ = decode_events(&piece[..length], &mut Vec::new(), &mut Vec::new());
    }
    let (mut events, mut batches) = (Vec::new(), Vec::new());
    decode_events(&piece, &mut events, &mut batches).unwrap();
    assert!(decode_events(&piece, &mut events, &mut batches).is_err(), "the same piece twice");
}

fn events(world: &World) -> Vec<HistoryEvent> {
    world.run.log.events().collect()
}

/// What was asked for and has not come is asked for again, and nothing else.
fn assert_resumes(world: &World, seed: u64) {
    let limits = crate::Limits::default();
    let attributes = Attributes::new("default");
    let mut ids = String::new;
    let mut step = Step::new(world.now, &limits, &attributes, &mut ids);
    world.run.resume(&mut step);
    let (mut timers, mut tasks, mut attempts): (Vec<(Time, Due)>, usize, usize) = Default::default();
    for effect in &step.effects {
        match effect {
            Effect::Timer { at, due } => timers.push((*at, *due)),
            Effect::WorkflowTask { .. } => tasks += 1,
            Effect::ActivityTask { .. } => attempts += 1,
            other => panic!("seed {seed}: {other:?}"),
        }
    }
    let mut live: Vec<_> = world.timers.iter().copied().filter(|(_, due)| world.run.is_live(*due)).collect();
    for (at, due) in &mut live {
        // It looks at the last heartbeat when it comes.
        if let Due::ActivityHeartbeat { scheduled_id, .. } = due {
            *at = world.run.heartbeat_due(*scheduled_id).unwrap();
        }
    }
    let key = |(at, due): &(Time, Due)| (*at, format!("{due:?}"));
    timers.sort_by_key(key);
    live.sort_by_key(key);
    assert_eq!(timers, live, "seed {seed}\n{}", world.history());
    let waits = world.run.task.as_ref().is_some_and(|task| !task.is_started());
    assert_eq!(tasks, usize::from(waits), "seed {seed}");
    let scheduled = world.run.activities.values().filter(|activity| activity.phase == Phase::Scheduled);
    assert_eq!(attempts, scheduled.count(), "seed {seed}");
}
