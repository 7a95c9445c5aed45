//! An engine as it was when it was last written to the file.

use tokio::sync::watch;

use super::{Engine, Entry, Rooms, RunKey, SkipRules, new_id};
use crate::{
    limits::Limits,
    run::{Damaged, Log, Run, Step, decode_events},
    schedules::Schedule,
    store::{Contents, KeptRun},
    time::Time,
    visibility::Attributes,
};

use super::Clock;

/// How many numbers there are between two starts of a server. None is given twice: tasks that were handed out before must
/// not be taken for others.
const NUMBERS: u32 = 40;

impl Engine {
    /// Everything as it was, but for the time that has passed. What was due meanwhile is done; the namespaces that are not
    /// there are added.
    ///
    /// Errors: what is in the file makes no sense.
    pub(super) fn restored(
        limits: Limits,
        namespaces: &[String],
        skips: bool,
        rules: SkipRules,
        contents: Contents,
    ) -> Result<Self, Damaged> {
        let mut engine = Self::new(limits, &[], skips, rules);
        let Contents { opened, skipped, now, namespaces: known, runs, latest, schedules, scheduled, parents } =
            contents;
        engine.clock = Clock::resumed(skips, skipped, now);
        engine.next = opened.wrapping_shl(NUMBERS);
        for (name, record) in known {
            engine.decode_namespace(name, &record)?;
        }
        for run in runs {
            engine.restore_run(run)?;
        }
        for (id, key) in latest.into_iter().filter(|(id, _)| engine.rooms.contains_key(&id.0)).collect::<Vec<_>>() {
            engine.run(key).ok_or_else(|| Damaged(format!("the latest run of {} is missing", id.1)))?;
            engine.current.insert(id, key);
        }
        for (id, record) in schedules {
            let schedule = if record.is_empty() { None } else { Some(Schedule::decode(&record)?) };
            if let Some(schedule) = &schedule {
                engine.record_schedule(&id.0, schedule);
            }
            engine.schedules.restore(id, schedule);
        }
        for (run, schedule) in scheduled {
            engine.schedules.restore_chain(run, schedule);
        }
        engine.parents = parents.into_iter().filter(|(_, parent)| engine.runs.contains_key(parent)).collect();
        engine.note_changes();
        for name in namespaces {
            if engine.namespaces.get(name).is_none() {
                engine.namespaces.add(name);
                engine.rooms.insert(name.clone(), Rooms::new(name));
            }
        }
        engine.resume();
        Ok(engine)
    }

    fn restore_run(&mut self, kept: KeptRun) -> Result<(), Damaged> {
        let KeptRun { key, record, events: pieces } = kept;
        let (mut events, mut batches) = (Vec::new(), Vec::new());
        for piece in pieces {
            decode_events(&piece, &mut events, &mut batches)?;
        }
        let run = Run::decode(&record, Log::kept(&events, batches))?;
        if !self.rooms.contains_key(&run.ids.namespace) {
            // Nobody can ask for it.
            return Ok(());
        }
        let kept = (run.log.len(), run.log.batches().len());
        let busy = run.is_busy();
        self.busy += usize::from(busy);
        self.by_run_id.insert(run.ids.run_id.clone(), key);
        let (changed, _) = watch::channel(());
        self.runs.insert(key, Box::new(Entry { run, busy, forgotten_at: None, changed, recorded: None, kept }));
        // Of a closed run the retention begins anew: how much of it is over is not kept.
        self.record(key);
        Ok(())
    }

    /// Everything that is still to come is waited for again, the oldest run first.
    fn resume(&mut self) {
        let mut keys: Vec<RunKey> = self.runs.keys().copied().collect();
        keys.sort_unstable();
        let (now, none) = (self.clock.now(), Attributes::new(""));
        let mut ids = new_id;
        for key in keys {
            let Some(run) = self.runs.get(&key).map(|entry| &entry.run) else { continue };
            let mut step = Step::new(now, &self.limits, &none, &mut ids);
            run.resume(&mut step);
            self.outbox.extend(step.effects.into_iter().map(|effect| (key, effect)));
        }
        self.pump(false);
    }
}

impl Clock {
    /// So far ahead of the wall's as it was, and not before what it has said.
    fn resumed(skips: bool, skipped: u64, now: u64) -> Self {
        let now = Time::from_nanos(i64::try_from(now).unwrap_or(i64::MAX));
        Self::ahead(skips, std::time::Duration::from_nanos(skipped), now)
    }
}
