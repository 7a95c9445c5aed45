//! A program from a seed.

use super::program::{
    Act, Activity, ActivityOptions, ActivityState, Body, CancelActivity, Cancellation, Cancelled, Child, Ending, Fate,
    Gated, Handler, Happening, Part, Pending, Policy, Program, Retry, StartOptions, Step, Update, With,
};

/// The program of this seed: the same each time.
pub(crate) fn program(seed: u64) -> Program {
    let mut generator = Generator { random: Random::new(seed), names: 0 };
    let mut start = generator.start();
    let mut body = generator.body(Place::Root, start.retries.is_some());
    match start.with {
        With::Nothing => {}
        With::Signal => {
            let act = Act::Signals { count: 1, handler: Handler::Plain };
            body.steps.insert(0, generator.step(act));
        }
        With::Update => body.steps.insert(0, generator.step(Act::Update(Update::Accepted))),
    }
    if let Ending::TimesOut { .. } = body.ending {
        start.run_timeout = Some(4000);
        start.delay = None;
        start.retries = start.retries.map(|_| 2);
    }
    Program { start, body }
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Root,
    Child,
    /// A run that has continued another one.
    Next,
}

struct Generator {
    random: Random,
    names: u32,
}

impl Generator {
    fn name(&mut self) -> u32 {
        self.names += 1;
        self.names
    }

    fn step(&mut self, act: Act) -> Step {
        Step { name: self.name(), act }
    }

    fn start(&mut self) -> StartOptions {
        let random = &mut self.random;
        let retries = random.one_in(6).then(|| 2 + random.below(2));
        let with = match random.below(8) {
            0 if retries.is_none() => With::Signal,
            1 if retries.is_none() => With::Update,
            _ => With::Nothing,
        };
        StartOptions {
            execution_timeout: random.one_in(6).then_some(3_600_000),
            run_timeout: random.one_in(6).then_some(1_800_000),
            task_timeout: random.one_in(8).then_some(20_000),
            delay: (random.one_in(10) && with == With::Nothing).then_some(200),
            retries,
            memo: random.one_in(4).then(|| "a memo".to_owned()),
            attribute: random.one_in(4).then(|| "at the start".to_owned()),
            summary: random.one_in(5),
            priority: random.one_in(8).then(|| 1 + random.below(5)),
            with,
        }
    }

    fn body(&mut self, place: Place, retried: bool) -> Body {
        let most = if place == Place::Root { 6 } else { 3 };
        let count = 1 + self.random.below(most);
        let mut steps: Vec<_> = (0..count).map(|_| self.any_step(place, retried)).collect();
        let ending = self.ending(place, retried);
        if let Ending::TimesOut { .. } = ending {
            steps.clear();
        }
        Body { steps, ending }
    }

    fn any_step(&mut self, place: Place, retried: bool) -> Step {
        let act = self.act(place, retried);
        self.step(act)
    }

    fn act(&mut self, place: Place, retried: bool) -> Act {
        match self.random.below(24) {
            0..=4 => Act::Activity(self.activity()),
            5 | 6 => self.together(),
            7 => {
                let failures = self.random.below(3);
                let timer = self.random.one_in(3);
                Act::LocalActivity { failures, attempts: 1 + self.random.below(3), timer }
            }
            8 => Act::Timer { millis: [1, 50, 100][self.random.index(3)] },
            9 => Act::LongTimer { cancelled: !self.random.one_in(3) },
            10 | 11 => Act::Signals {
                count: 1 + self.random.below(3),
                handler: self.random.pick(&[Handler::Plain, Handler::Plain, Handler::Activity, Handler::Timer]),
            },
            12 | 13 => Act::Update(self.random.pick(&[
                Update::Accepted,
                Update::Rejected,
                Update::Failed,
                Update::WithActivity,
                Update::WithLocalActivity,
                Update::WithTimer,
                Update::Waiting,
                Update::Unknown,
            ])),
            14 => Act::Query { fails: self.random.one_in(3) },
            15 | 16 => Act::CancelActivity(CancelActivity {
                state: self.random.pick(&[
                    ActivityState::JustScheduled,
                    ActivityState::Unpolled,
                    ActivityState::Backoff,
                    ActivityState::GivesWay,
                    ActivityState::Completes,
                    ActivityState::Fails,
                ]),
                how: self.random.pick(&[Cancellation::Try, Cancellation::Wait, Cancellation::Abandon]),
            }),
            17 => Act::LeaveActivity { polled: self.random.one_in(2) },
            18 | 19 if place != Place::Child => Act::Child(Box::new(self.child(retried))),
            18 | 19 => Act::Nobody { cancel: self.random.one_in(2) },
            20 => match self.random.below(4) {
                0 => Act::Attribute { value: Some("in the workflow".to_owned()) },
                1 => Act::Attribute { value: None },
                2 => Act::Memo { value: Some("of the workflow".to_owned()) },
                _ => Act::Memo { value: None },
            },
            21 => match self.random.below(3) {
                0 => Act::Patch { deprecated: true },
                1 => Act::Patch { deprecated: false },
                _ => Act::FailTask { times: 1 },
            },
            22 => Act::Nobody { cancel: self.random.one_in(2) },
            _ => self.meanwhile(),
        }
    }

    fn gated(&mut self, most: u32) -> Vec<Gated> {
        let count = self.random.below(most + 1);
        (0..count).map(|_| Gated { name: self.name(), fails: self.random.one_in(4) }).collect()
    }

    fn together(&mut self) -> Act {
        let mut activities = self.gated(3);
        if activities.is_empty() {
            activities.push(Gated { name: self.name(), fails: false });
        }
        let mut order: Vec<_> = (0..activities.len()).collect();
        for index in (1..order.len()).rev() {
            order.swap(index, self.random.index(index + 1));
        }
        Act::Together { activities, order }
    }

    fn meanwhile(&mut self) -> Act {
        let activities = self.gated(2);
        let mut happenings = Vec::new();
        for index in 0..activities.len() {
            if !self.random.one_in(4) {
                happenings.push(Happening::Activity(index));
            }
        }
        for _ in 0..self.random.below(3) {
            let at = self.random.index(happenings.len() + 1);
            happenings.insert(at, Happening::Signal);
        }
        Act::Meanwhile { activities, happenings }
    }

    fn activity(&mut self) -> Activity {
        let mut options = ActivityOptions {
            start_to_close: Some(60_000),
            summary: self.random.one_in(6),
            lazy: self.random.one_in(6),
            priority: self.random.one_in(8).then(|| 1 + self.random.below(5)),
            ..ActivityOptions::default()
        };
        if self.random.one_in(6) {
            options.id = Some(format!("activity {}", self.names));
        }
        let random = &mut self.random;
        let retry = |attempts: u32, random: &mut Random| {
            Some(Retry {
                interval: [1, 10, 20][random.index(3)],
                coefficient: [1.0, 2.0, 1.5][random.index(3)],
                maximum: random.one_in(3).then_some(50),
                attempts,
                not: if random.one_in(3) { vec!["Worst".to_owned()] } else { Vec::new() },
            })
        };
        let part = match random.below(12) {
            0..=2 => {
                if random.one_in(2) {
                    options.schedule_to_close = Some(120_000);
                }
                if random.one_in(3) {
                    options.schedule_to_start = Some(90_000);
                }
                if random.one_in(3) {
                    options.start_to_close = None;
                    options.schedule_to_close = Some(100_000);
                }
                if random.one_in(3) {
                    options.heartbeat = Some(30_000);
                }
                if random.one_in(3) {
                    options.retry = retry(random.below(4), random);
                }
                Part::Succeed
            }
            3..=6 => {
                let times = 1 + random.below(3);
                options.retry = retry(1 + random.below(3), random);
                let heartbeat = random.one_in(3);
                options.heartbeat = heartbeat.then_some(30_000);
                Part::Fail {
                    times,
                    non_retryable: random.one_in(5),
                    kind: [None, Some("Bad"), Some("Worst")][random.index(3)].map(str::to_owned),
                    details: random.one_in(3),
                    delay: random.one_in(5).then_some(30),
                    heartbeat,
                }
            }
            7 => {
                options.start_to_close = Some(200);
                options.retry = retry(1 + random.below(2), random);
                Part::Hang { heartbeat: random.one_in(3) }
            }
            8 => {
                options.heartbeat = Some(800);
                options.retry = retry(1 + random.below(2), random);
                Part::Hang { heartbeat: random.one_in(2) }
            }
            9 => {
                options.unpolled = true;
                options.schedule_to_start = Some(100);
                if random.one_in(2) {
                    options.retry = retry(3, random);
                }
                Part::Succeed
            }
            10 => {
                options.unpolled = true;
                options.schedule_to_close = Some(100);
                Part::Succeed
            }
            _ => {
                // There is no room for a second attempt.
                options.schedule_to_close = Some(20_000);
                options.start_to_close = random.one_in(2).then_some(300);
                let hangs = options.start_to_close.is_some();
                options.retry = retry(5, random).map(|retry| Retry { interval: 60_000, maximum: None, ..retry });
                if hangs {
                    Part::Hang { heartbeat: false }
                } else {
                    let kind = Some("Bad".to_owned());
                    Part::Fail { times: 5, non_retryable: false, kind, details: false, delay: None, heartbeat: false }
                }
            }
        };
        Activity { part, options }
    }

    fn child(&mut self, retried: bool) -> Child {
        let all = [Cancellation::Try, Cancellation::Wait, Cancellation::Abandon];
        let fate = match self.random.below(10) {
            0..=2 => Fate::Finishes,
            3 => Fate::Signalled,
            4 => Fate::SignalledById,
            5 => Fate::Cancelled(self.random.pick(&all)),
            6 => Fate::CancelledById,
            7 => Fate::Terminated,
            8 => Fate::Doubled,
            _ if retried => Fate::Finishes,
            _ => Fate::Left,
        };
        let retries = self.random.one_in(4).then(|| 2 + self.random.below(2));
        let mut retries = retries.filter(|_| matches!(fate, Fate::Finishes | Fate::Doubled));
        let signals = |generator: &mut Self| generator.step(Act::Signals { count: 1, handler: Handler::Plain });
        let mut body = match fate {
            Fate::Cancelled(_) | Fate::CancelledById => {
                Body { steps: Vec::new(), ending: Ending::Held { name: self.name() } }
            }
            _ => {
                let mut body = self.body(Place::Child, retries.is_some());
                body.steps.insert(0, signals(self));
                if matches!(fate, Fate::Signalled | Fate::SignalledById) {
                    body.steps.insert(1, signals(self));
                }
                body
            }
        };
        let mut run_timeout = self.random.one_in(5).then_some(1_000_000);
        if let Ending::TimesOut { .. } = body.ending {
            if matches!(fate, Fate::Finishes) {
                run_timeout = Some(4000);
                retries = None;
            } else {
                body.ending = Ending::Completes;
            }
        }
        Child {
            body,
            policy: self.random.pick(&[Policy::Terminate, Policy::Abandon, Policy::RequestCancel]),
            fate,
            retries,
            run_timeout,
            attribute: self.random.one_in(4).then(|| "of a child".to_owned()),
            summary: self.random.one_in(5),
        }
    }

    fn ending(&mut self, place: Place, retried: bool) -> Ending {
        let pending = [Pending::Nothing, Pending::Timer, Pending::Activity, Pending::UnpolledActivity, Pending::Task];
        match self.random.below(16) {
            0..=3 if retried => Ending::FailsUntil { attempt: 2 + self.random.below(2) },
            0..=4 => Ending::Completes,
            5 => Ending::CompletesTwice { name: self.name() },
            6 | 7 => Ending::Fails {
                non_retryable: self.random.one_in(3),
                kind: [None, Some("Bad"), Some("Worst")][self.random.index(3)].map(str::to_owned),
                details: self.random.one_in(3),
                delay: self.random.one_in(4).then_some(30),
            },
            8 | 9 => Ending::Cancelled {
                name: self.name(),
                pending: self.random.pick(&pending),
                cleans_up: self.random.one_in(3),
                how: self.random.pick(&[
                    Cancelled::Plainly,
                    Cancelled::WithDetails,
                    Cancelled::Completed,
                    Cancelled::Failed,
                ]),
            },
            10 | 11 => Ending::Terminated {
                name: self.name(),
                pending: self.random.pick(&pending),
                details: self.random.one_in(2),
            },
            12 if place != Place::Next => Ending::TimesOut { name: self.name() },
            13..=15 if place != Place::Next && !retried => {
                Ending::ContinuesAsNew(Box::new(self.body(Place::Next, false)))
            }
            _ => Ending::Completes,
        }
    }
}

/// SplitMix64.
struct Random(u64);

impl Random {
    /// Mixed once, or else the next seed would have the same numbers, one later.
    fn new(seed: u64) -> Self {
        Self(Self(seed).next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn index(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap_or(0)
    }

    fn below(&mut self, limit: u32) -> u32 {
        u32::try_from(self.next() % u64::from(limit.max(1))).unwrap_or(0)
    }

    fn one_in(&mut self, count: u32) -> bool {
        self.below(count) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.index(from.len())]
    }
}
