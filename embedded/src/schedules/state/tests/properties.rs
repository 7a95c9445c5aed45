//! What holds whatever happens to a schedule.

use proptest::{collection::vec, prelude::*};
use temporalio_protos::temporal::api::schedule::v1::BackfillRequest;

use super::*;

#[derive(Clone, Debug)]
enum Step {
    Sleep(u32),
    Outage(u32),
    Close(Outcome),
    Trigger(i32),
    Backfill { from: u32, hours: u32, overlap: i32 },
    Pause(bool),
    Update { overlap: i32, limit: Option<i64> },
    Refuse(u32),
}

fn step() -> impl Strategy<Value = Step> {
    let failure = Failure { message: "x".into(), ..Default::default() };
    let outcome = prop_oneof![
        Just(Outcome::Completed(None)),
        Just(Outcome::Failed(Box::new(failure))),
        Just(Outcome::Canceled),
        Just(Outcome::TimedOut),
    ];
    prop_oneof![
        3 => (0u32..20_000).prop_map(Step::Sleep),
        1 => (0u32..50_000).prop_map(Step::Outage),
        3 => outcome.prop_map(Step::Close),
        1 => (0..8).prop_map(Step::Trigger),
        1 => (0u32..100, 0u32..60, 0..8).prop_map(|(from, hours, overlap)| Step::Backfill { from, hours, overlap }),
        1 => any::<bool>().prop_map(Step::Pause),
        1 => (0..8, prop::option::of(0i64..5)).prop_map(|(overlap, limit)| Step::Update { overlap, limit }),
        1 => (0u32..200).prop_map(Step::Refuse),
    ]
}

impl Engine {
    fn take(&mut self, step: Step) {
        let since = self.now.since(MIDNIGHT);
        match step {
            Step::Sleep(seconds) => self.sleep_until(since + Duration::from_secs(seconds.into())),
            Step::Outage(seconds) => self.outage_until(since + Duration::from_secs(seconds.into())),
            Step::Close(outcome) => {
                let Some(run) = self.schedule.running.first().cloned() else { return };
                let number = run.run_id.strip_prefix("run-").unwrap().parse().unwrap();
                self.close(number, outcome);
            }
            Step::Trigger(overlap) => {
                let trigger = TriggerImmediatelyRequest { overlap_policy: overlap, scheduled_time: None };
                self.patch(SchedulePatch { trigger_immediately: Some(trigger), ..Default::default() });
            }
            Step::Backfill { from, hours, overlap } => {
                let start_time = Some((MIDNIGHT + HOUR * from).proto());
                let end_time = Some((MIDNIGHT + HOUR * (from + hours)).proto());
                let backfill = BackfillRequest { start_time, end_time, overlap_policy: overlap };
                self.patch(SchedulePatch { backfill_request: vec![backfill], ..Default::default() });
            }
            Step::Pause(true) => self.patch(SchedulePatch { pause: "p".into(), ..Default::default() }),
            Step::Pause(false) => self.patch(SchedulePatch { unpause: "u".into(), ..Default::default() }),
            Step::Update { overlap, limit } => self.update(with(|policies, state| {
                policies.overlap_policy = overlap;
                policies.pause_on_failure = overlap % 2 == 0;
                (state.limited_actions, state.remaining_actions) = (limit.is_some(), limit.unwrap_or(0));
            })),
            Step::Refuse(hour) => {
                let time = chrono::DateTime::from_timestamp((MIDNIGHT + HOUR * hour).secs(), 0).unwrap();
                self.refused.push(format!("w-{}", time.format("%Y-%m-%dT%H:%M:%SZ")));
            }
        }
    }
}

proptest! {
    #[test]
    fn no_step_breaks_the_rules(steps in vec(step(), 0..40)) {
        let mut engine = Engine::new(hourly());
        for step in steps {
            let token = engine.schedule.conflict_token;
            engine.take(step);
            let schedule = &engine.schedule;
            prop_assert!(schedule.running.len() <= 1, "one at a time, but for those that may overlap");
            prop_assert!(schedule.starting.is_empty());
            prop_assert!(schedule.buffer.is_empty() || !schedule.running.is_empty(), "nothing waits for nothing");
            prop_assert!(schedule.backfills.is_empty() || schedule.running.len() == 1 || schedule.wakeup.is_some());
            prop_assert!(schedule.next_wakeup().is_none_or(|wakeup| wakeup > engine.now));
            prop_assert_eq!(usize::try_from(schedule.counts.actions).unwrap(), engine.started.len());
            prop_assert!(schedule.conflict_token >= token);
            prop_assert!(schedule.state().remaining_actions >= 0);
            let info = schedule.describe(engine.now).info.unwrap();
            prop_assert!(info.recent_actions.len() <= 10);
            prop_assert!(info.future_action_times.first().is_none_or(|time| Time::from_proto(time) > engine.now));
            // Whoever asks again gets the next slice of a backfill, and what is to be cancelled.
            let again = engine.schedule.clone().due(engine.now);
            let fine = |action: &Action| matches!(action, Action::Cancel { .. }) || !schedule.backfills.is_empty();
            prop_assert!(again.iter().all(fine), "due again: {:?}", again);
            // It goes on as what was kept of it.
            let kept = Schedule::decode(&schedule.encode()).unwrap();
            prop_assert_eq!(format!("{kept:?}"), format!("{:?}", Schedule { finished: false, ..schedule.clone() }));
            if !schedule.finished {
                engine.schedule = kept;
            }
        }
    }
}
