//! The engine: all runs of a server, and what they do to each other.
//!
//! One lock for everything, held for the length of a transition and never across an await. Runs are machines without I/O;
//! what they ask for is collected in an outbox and carried out, one after the other, before the lock is given back.

mod batches;
mod census;
mod changes;
mod checked;
mod clock;
mod effects;
mod handout;
mod keeper;
mod matching;
mod namespace_record;
mod namespaces;
mod queries;
mod reset;
mod restore;
mod retention;
mod runs;
mod schedules;
mod skipping;
mod timers;
mod token;
mod visibility;
mod worker_list;
mod workers;

use std::{
    collections::{HashMap, VecDeque},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use tokio::sync::{Notify, oneshot, watch};

pub(crate) use batches::{Batch, Job, target as reset_target};
pub use census::Census;
pub(crate) use clock::Clock;
pub(crate) use handout::PageToken;
pub(crate) use matching::{Item, Kind, Matching, QueueKey};
pub(crate) use namespaces::{Namespace, Namespaces};
pub(crate) use queries::AskedQuery;
pub(crate) use runs::StartPolicies;
pub(crate) use skipping::{SkipRules, Waiter};
pub(crate) use token::Token;

use changes::Changes;
use keeper::Keeper;
use schedules::Schedules;
use timers::Timers;
use visibility::Rooms;

use crate::{
    api::enums::WorkflowExecutionStatus,
    limits::Limits,
    run::{Due, Effect, Run, Step},
    time::Time,
};

/// The number of a run in this server.
pub(crate) type RunKey = u64;

/// How many instants go by before the lock is given back.
const TURN: usize = 100;

/// A run and those who wait for it.
struct Entry {
    run: Run,
    busy: bool,
    /// When a closed run is forgotten.
    forgotten_at: Option<Instant>,
    changed: watch::Sender<()>,
    /// What lists know of it: its status, and the state of memo and search attributes.
    recorded: Option<(WorkflowExecutionStatus, u64)>,
    /// How many events and batches of its history are in the file, if there is one.
    kept: (usize, usize),
}

/// Someone who waits for a time to come.
struct Sleeper {
    number: u64,
    at: Time,
    /// What ends at that very instant.
    ends: SleepEnds,
    wake: oneshot::Sender<()>,
}

/// What lets time skip while somebody sleeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SleepEnds {
    /// Nothing does on behalf of the sleep.
    Nothing,
    /// One lock less: there is one more again afterwards.
    Unlock,
    /// One wait more.
    Wait,
}

/// The state behind the lock.
pub(crate) struct Engine {
    pub(crate) limits: Limits,
    pub(crate) clock: Clock,
    pub(crate) namespaces: Namespaces,
    pub(crate) matching: Matching,
    /// Each in a place of its own: they are large, and the map moves its entries when it grows.
    runs: HashMap<RunKey, Box<Entry>>,
    by_run_id: HashMap<String, RunKey>,
    /// The latest run of each workflow id, by namespace.
    current: HashMap<(String, String), RunKey>,
    /// The parents of children whose parents were reset, by the first runs of the children.
    parents: HashMap<String, RunKey>,
    timers: Timers,
    /// Timers of runs that wait for the time of their cron schedule.
    recurring: Timers,
    awaited: skipping::Awaited,
    retention: retention::Retention,
    rules: SkipRules,
    sleepers: Vec<Sleeper>,
    /// Those who wait until nobody has anything to do.
    settling: Vec<oneshot::Sender<()>>,
    queries: HashMap<u64, AskedQuery>,
    schedules: Schedules,
    rooms: HashMap<String, Rooms>,
    workers: HashMap<String, worker_list::WorkerList>,
    batches: batches::Jobs,
    outbox: VecDeque<(RunKey, Effect)>,
    /// How many runs keep time from skipping.
    busy: usize,
    /// Whether more is due, or to be skipped to, than there was time for.
    unfinished: bool,
    next: u64,
    /// What has changed, if there is a file to write it to.
    changes: Option<Changes>,
}

/// A timer's purpose, of no order of its own.
#[derive(Clone, Copy, Debug)]
struct DueOrd(Due);

impl PartialEq for DueOrd {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
impl Eq for DueOrd {}
impl PartialOrd for DueOrd {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for DueOrd {
    fn cmp(&self, _: &Self) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}

/// What all handlers of a server share.
pub(crate) struct Shared {
    engine: Mutex<Engine>,
    /// The time of the next timer may have changed.
    timers: Notify,
    /// Something has changed.
    changed: Condvar,
    /// Nothing if everything is in memory.
    keeper: Option<Keeper>,
}

impl Shared {
    /// In memory.
    pub(crate) fn new(limits: Limits, namespaces: &[String], skips: bool, rules: SkipRules) -> Self {
        Self::of(Engine::new(limits, namespaces, skips, rules))
    }

    fn of(engine: Engine) -> Self {
        Self { engine: Mutex::new(engine), timers: Notify::new(), changed: Condvar::new(), keeper: None }
    }

    /// Does something with the engine, and everything that follows from it.
    pub(crate) fn with<R>(&self, action: impl FnOnce(&mut Engine) -> R) -> R {
        self.act(false, action)
    }

    fn act<R>(&self, clock: bool, action: impl FnOnce(&mut Engine) -> R) -> R {
        let mut engine = self.lock();
        let before = engine.next_events();
        let result = action(&mut engine);
        engine.pump(clock);
        if engine.unfinished || engine.next_events() != before {
            self.timers.notify_one();
        }
        if let Some(keeper) = &self.keeper
            && engine.has_news()
        {
            keeper.changed();
            self.changed.notify_one();
        }
        result
    }

    /// A panic elsewhere leaves the state as it was between two transitions.
    fn lock(&self) -> MutexGuard<'_, Engine> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fires timers for as long as the server lives.
    pub(crate) async fn run_clock(&self) {
        loop {
            let notified = self.timers.notified();
            self.act(true, |_| ());
            match self.with(|engine| engine.wait_for_timer()) {
                Some(wait) => {
                    // Others may have waited for the lock.
                    tokio::task::yield_now().await;
                    tokio::select! {
                        () = tokio::time::sleep(wait) => {}
                        () = notified => {}
                    }
                }
                None => notified.await,
            }
        }
    }
}

impl Engine {
    fn new(limits: Limits, namespaces: &[String], skips: bool, rules: SkipRules) -> Self {
        let clock = Clock::new(skips);
        let mut engine = Self {
            limits,
            namespaces: Namespaces::default(),
            matching: Matching::default(),
            runs: HashMap::new(),
            by_run_id: HashMap::new(),
            current: HashMap::new(),
            parents: HashMap::new(),
            timers: Timers::default(),
            recurring: Timers::default(),
            awaited: skipping::Awaited::new(),
            retention: retention::Retention::new(),
            rules,
            sleepers: Vec::new(),
            settling: Vec::new(),
            queries: HashMap::new(),
            schedules: Schedules::default(),
            rooms: HashMap::new(),
            workers: HashMap::new(),
            batches: batches::Jobs::new(),
            outbox: VecDeque::new(),
            busy: 0,
            unfinished: false,
            next: 0,
            changes: None,
            clock,
        };
        for name in namespaces {
            engine.namespaces.add(name);
            engine.rooms.insert(name.clone(), Rooms::new(name));
        }
        engine
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    pub(crate) fn run(&self, key: RunKey) -> Option<&Run> {
        self.runs.get(&key).map(|entry| &entry.run)
    }

    /// Tells of changes to the run.
    pub(crate) fn watch(&self, key: RunKey) -> Option<watch::Receiver<()>> {
        self.runs.get(&key).map(|entry| entry.changed.subscribe())
    }

    /// One transition of a run. What it asks for is carried out before the lock is given back.
    pub(crate) fn transition<R>(&mut self, key: RunKey, act: impl FnOnce(&mut Run, &mut Step<'_>) -> R) -> Option<R> {
        let result = self.pass(key, act);
        self.note_run(key);
        result
    }

    /// A transition that changes nothing that is worth keeping.
    pub(crate) fn pass<R>(&mut self, key: RunKey, act: impl FnOnce(&mut Run, &mut Step<'_>) -> R) -> Option<R> {
        let now = self.clock.now();
        let entry = self.runs.get_mut(&key)?;
        let rooms = self.rooms.get(&entry.run.ids.namespace)?;
        let mut ids = new_id;
        let mut step = Step::new(now, &self.limits, &rooms.runs.attributes, &mut ids);
        let recurs = entry.run.waits_for_cron();
        let result = act(&mut entry.run, &mut step);
        if recurs && !entry.run.waits_for_cron() {
            // From now on the end of the run is a reason to skip.
            entry.run.expire_later(&mut step);
        }
        let effects = step.effects;
        let busy = entry.run.is_busy();
        self.busy = self.busy + usize::from(busy) - usize::from(entry.busy);
        entry.busy = busy;
        entry.changed.send_replace(());
        self.outbox.extend(effects.into_iter().map(|effect| (key, effect)));
        self.record(key);
        self.dispatch_queries(key);
        Some(result)
    }

    /// Carries out what runs have asked for, fires what is due, and skips time if nothing else happens. Where time skips
    /// on and on, others have their turn in between, and only the clock goes on with it.
    fn pump(&mut self, clock: bool) {
        let skips = clock || !self.unfinished;
        for _ in 0..TURN {
            self.drain_outbox();
            if self.matching.is_full() {
                self.sweep();
            }
            let goes_on = self.fire_due() || (skips && self.skip());
            if !goes_on {
                self.unfinished &= !skips;
                self.tell_settled();
                return;
            }
        }
        self.drain_outbox();
        self.unfinished = true;
    }

    fn drain_outbox(&mut self) {
        while let Some((key, effect)) = self.outbox.pop_front() {
            self.carry_out(key, effect);
        }
    }

    /// Whether nobody has anything to do until the next timer.
    fn is_idle(&self) -> bool {
        self.busy == 0 && self.queries.is_empty()
    }

    /// Tells when nobody has anything to do.
    pub(crate) fn settle(&mut self) -> oneshot::Receiver<()> {
        let (settled, settling) = oneshot::channel();
        self.settling.push(settled);
        settling
    }

    fn tell_settled(&mut self) {
        if !self.is_idle() || self.unfinished {
            return;
        }
        for settled in self.settling.drain(..) {
            // Whoever waited may have given up.
            let _ = settled.send(());
        }
    }

    /// Fires all timers of the earliest instant that has come; `false` if there is none.
    fn fire_due(&mut self) -> bool {
        let now = self.clock.now();
        self.wake_sleepers(now);
        let woken = self.wake_schedules(now);
        let forgotten = self.forget_old_runs();
        let Some(at) = self.next_timer().filter(|at| *at <= now) else { return woken || forgotten };
        for (key, due) in self.take_timers(at) {
            self.transition(key, |run, step| run.due(&due, step));
        }
        true
    }

    fn wake_sleepers(&mut self, now: Time) {
        for sleeper in self.sleepers.extract_if(.., |sleeper| sleeper.at <= now) {
            sleeper.ends.end(&mut self.clock);
            // Whoever slept may have given up.
            let _ = sleeper.wake.send(());
        }
    }

    /// Sleeps until the clock has come there. What lets time skip meanwhile does so until then and not beyond; the number is
    /// for [`Engine::wake_early`]. `None` if it was to be unlocked and was not locked.
    pub(crate) fn sleep_until(&mut self, at: Time, ends: SleepEnds) -> Option<(u64, oneshot::Receiver<()>)> {
        match ends {
            SleepEnds::Nothing => {}
            SleepEnds::Unlock => self.clock.unlock().then_some(())?,
            SleepEnds::Wait => self.clock.begin_wait(),
        }
        let (wake, asleep) = oneshot::channel();
        let number = self.number();
        self.sleepers.push(Sleeper { number, at, ends, wake });
        Some((number, asleep))
    }

    /// Whoever slept has given up.
    pub(crate) fn wake_early(&mut self, number: u64) {
        for sleeper in self.sleepers.extract_if(.., |sleeper| sleeper.number == number) {
            sleeper.ends.end(&mut self.clock);
        }
    }

    /// When something is due.
    fn next_wakeup(&mut self) -> Option<Time> {
        let sleeper = self.sleepers.iter().map(|sleeper| sleeper.at).min();
        let wakeups = [self.next_timer(), sleeper, self.schedules.next_wakeup()];
        wakeups.into_iter().flatten().min()
    }

    /// When something is due, by this clock and by the wall's.
    fn next_events(&mut self) -> (Option<Time>, Option<Instant>) {
        (self.next_wakeup(), self.retention.first().map(|(at, _)| *at))
    }

    /// How long the wall's clock takes until something is due.
    fn wait_for_timer(&mut self) -> Option<Duration> {
        if self.unfinished {
            return Some(Duration::ZERO);
        }
        let wakeup = self.next_wakeup().map(|at| self.clock.until(at));
        [wakeup, self.next_forgotten()].into_iter().flatten().min()
    }
}

impl SleepEnds {
    fn end(self, clock: &mut Clock) {
        match self {
            Self::Nothing => {}
            Self::Unlock => clock.lock(),
            Self::Wait => clock.end_wait(),
        }
    }
}

/// A random id, as runs and requests have.
pub(crate) fn new_id() -> String {
    uuid::Uuid::new_v4().to_string()
}
