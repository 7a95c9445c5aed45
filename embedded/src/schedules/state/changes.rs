//! What clients change.

use std::time::Duration;

use temporalio_protos::temporal::api::{
    schedule::v1::SchedulePatch,
    workflowservice::v1::{PatchScheduleRequest, UpdateScheduleRequest},
};

use super::{Action, Backfill, Refusal, Schedule, Start, complete, validate};
use crate::time::Time;

/// How many backfills may wait.
const MOST_BACKFILLS: usize = 1000;

/// What becomes of an update whose conflict token is not the schedule's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnConflict {
    /// It is accepted and forgotten, as on the real server.
    Ignore,
    /// `FAILED_PRECONDITION`.
    Refuse,
}

impl Schedule {
    /// Triggers, backfills, pauses and unpauses, in this order.
    pub(crate) fn patch(&mut self, now: Time, request: PatchScheduleRequest) -> Result<Vec<Action>, Refusal> {
        let patch = validate::patch(request.patch)?;
        self.advance(now);
        self.apply(now, patch);
        Ok(self.settle(now))
    }

    /// Replaces the schedule, and its search attributes if there are any.
    pub(crate) fn update(
        &mut self,
        now: Time,
        request: UpdateScheduleRequest,
        on_conflict: OnConflict,
    ) -> Result<Vec<Action>, Refusal> {
        if request.memo.is_some() {
            let message = "memo updates are not supported on workflow-backed schedules";
            return Err(Refusal::FailedPrecondition(message.into()));
        }
        let definition = request.schedule.unwrap_or_default();
        if validate::action(&definition)?.is_none() {
            return Err(Refusal::invalid("Only StartWorkflow action is supported for schedules"));
        }
        let (schedule, spec) = complete(definition)?;
        let conflict = self.conflicts(&request.conflict_token);
        if conflict && on_conflict == OnConflict::Refuse {
            return Err(Refusal::FailedPrecondition("conflicting concurrent update".into()));
        }
        self.advance(now);
        if !conflict {
            (self.schedule, self.spec) = (schedule, spec);
            if request.search_attributes.is_some() {
                self.search_attributes = request.search_attributes;
            }
            self.updated = Some(now);
            self.conflict_token += 1;
        }
        Ok(self.settle(now))
    }

    /// No token agrees with any state.
    fn conflicts(&self, token: &[u8]) -> bool {
        let token = <[u8; 8]>::try_from(token).map_or(0, i64::from_be_bytes);
        token != 0 && token != self.conflict_token
    }

    pub(super) fn apply(&mut self, now: Time, patch: SchedulePatch) {
        if let Some(trigger) = patch.trigger_immediately {
            let time = trigger.scheduled_time.as_ref().map_or(now, Time::from_proto);
            self.push(Start { nominal: time, actual: time, overlap: trigger.overlap_policy(), manual: true });
        }
        for backfill in patch.backfill_request {
            if self.backfills.len() >= MOST_BACKFILLS {
                self.counts.dropped += 1;
                continue;
            }
            let time = |time: &Option<_>| time.as_ref().map_or(Time::from_secs(0), Time::from_proto);
            self.backfills.push_back(Backfill {
                // The start itself counts.
                after: time(&backfill.start_time) - Duration::from_millis(1),
                end: time(&backfill.end_time),
                overlap: backfill.overlap_policy(),
            });
        }
        for (note, paused) in [(patch.pause, true), (patch.unpause, false)] {
            if !note.is_empty() {
                self.pause(paused, note);
            }
        }
    }

    pub(super) fn pause(&mut self, paused: bool, notes: String) {
        let state = self.state_mut();
        (state.paused, state.notes) = (paused, notes);
        self.conflict_token += 1;
    }
}
