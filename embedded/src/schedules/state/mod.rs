//! One schedule.

mod action;
mod buffer;
mod changes;
mod process;
mod record;
mod runs;
#[cfg(test)]
mod tests;
mod view;

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use temporalio_protos::temporal::api::{
    common::v1::{Memo, Payloads, SearchAttributes, WorkflowExecution},
    enums::v1::ScheduleOverlapPolicy as Overlap,
    failure::v1::Failure,
    schedule::v1::{Schedule as Definition, ScheduleActionResult, SchedulePolicies, ScheduleState, schedule_action},
    workflowservice::v1::CreateScheduleRequest,
};

use self::buffer::Start;
pub(crate) use self::{
    action::{Action, StartId},
    changes::OnConflict,
    runs::Outcome,
};
use super::{refusal::Refusal, spec::Spec, validate};
use crate::time::{Time, duration, proto};

/// How late an action may still be taken, if the schedule does not say.
const CATCHUP_WINDOW: Duration = Duration::from_secs(365 * 24 * 3600);
const SHORTEST_CATCHUP_WINDOW: Duration = Duration::from_secs(10);

/// How long a schedule that will never act again is kept.
const RETENTION: Duration = Duration::from_secs(7 * 24 * 3600);

/// A schedule and all it has done. Its inputs return what is to be done, in order; see the module above for the rules.
#[derive(Clone, Debug)]
pub(crate) struct Schedule {
    namespace: String,
    id: String,
    request_id: String,
    /// Keeps schedules of the same spec apart in their jitter.
    seed: String,
    /// As it is shown: canonical, with defaults filled in.
    schedule: Definition,
    spec: Spec,
    memo: Option<Memo>,
    search_attributes: Option<SearchAttributes>,
    created: Time,
    updated: Option<Time>,
    /// Times up to and with this one have been taken care of.
    processed: Time,
    conflict_token: i64,
    counts: Counts,
    /// The oldest first.
    recent: VecDeque<ScheduleActionResult>,
    /// Those that do not overlap, with the ids of their first runs.
    running: Vec<WorkflowExecution>,
    /// Wanted, not answered. The others may overlap.
    starting: BTreeMap<StartId, (Start, bool)>,
    next_start: u64,
    buffer: Vec<Start>,
    backfills: VecDeque<Backfill>,
    last_completion_result: Option<Payloads>,
    continued_failure: Option<Failure>,
    wakeup: Option<Time>,
    finished: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    actions: i64,
    missed: i64,
    skipped: i64,
    dropped: i64,
}

/// A backfill that is not done.
#[derive(Clone, Copy, Debug)]
struct Backfill {
    /// The next time is after this.
    after: Time,
    end: Time,
    overlap: Overlap,
}

impl Schedule {
    /// A new schedule, and what it does at once. `namespace_id` seeds its jitter.
    ///
    /// The engine checks before that there is none of this id, and that search attributes exist.
    pub(crate) fn create(
        now: Time,
        namespace_id: &str,
        request: CreateScheduleRequest,
    ) -> Result<(Self, Vec<Action>), Refusal> {
        validate::schedule_id(&request.schedule_id)?;
        if request.request_id.is_empty() {
            return Err(Refusal::invalid("RequestId is not set on request."));
        }
        let definition = request.schedule.unwrap_or_default();
        validate::action(&definition)?;
        let (schedule, spec) = complete(definition)?;
        let mut schedule = Self {
            seed: format!("{namespace_id}-{}", request.schedule_id),
            namespace: request.namespace,
            id: request.schedule_id,
            request_id: request.request_id,
            schedule,
            spec,
            memo: request.memo,
            search_attributes: request.search_attributes,
            created: now,
            updated: None,
            processed: now,
            conflict_token: 1,
            counts: Counts::default(),
            recent: VecDeque::new(),
            running: Vec::new(),
            starting: BTreeMap::new(),
            next_start: 0,
            buffer: Vec::new(),
            backfills: VecDeque::new(),
            last_completion_result: None,
            continued_failure: None,
            wakeup: None,
            finished: false,
        };
        if let Some(patch) = request.initial_patch {
            schedule.apply(now, patch);
        }
        let actions = schedule.settle(now);
        Ok((schedule, actions))
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// The id of the request that made this: the same request again is answered as the first time.
    pub(crate) fn request_id(&self) -> &str {
        &self.request_id
    }

    pub(crate) fn memo(&self) -> Option<&Memo> {
        self.memo.as_ref()
    }

    pub(crate) fn search_attributes(&self) -> Option<&SearchAttributes> {
        self.search_attributes.as_ref()
    }

    pub(crate) fn is_paused(&self) -> bool {
        self.state().paused
    }

    /// Whether this has nothing to do for ever and was kept long enough: it is as good as deleted.
    pub(crate) fn is_finished(&self) -> bool {
        self.finished
    }

    /// When [`Schedule::due`] is to be called.
    pub(crate) fn next_wakeup(&self) -> Option<Time> {
        self.wakeup
    }

    pub(crate) fn conflict_token(&self) -> Vec<u8> {
        self.conflict_token.to_be_bytes().into()
    }

    fn state(&self) -> ScheduleState {
        self.schedule.state.clone().unwrap_or_default()
    }

    fn state_mut(&mut self) -> &mut ScheduleState {
        self.schedule.state.get_or_insert_default()
    }

    fn overlap(&self, overlap: Overlap) -> Overlap {
        let policies = self.schedule.policies.as_ref();
        match overlap {
            Overlap::Unspecified => policies.map_or(Overlap::Skip, SchedulePolicies::overlap_policy),
            overlap => overlap,
        }
    }
}

/// The form in which a schedule is kept and shown, and its spec.
fn complete(mut schedule: Definition) -> Result<(Definition, Spec), Refusal> {
    let (spec, canonical) = Spec::new(schedule.spec.take().unwrap_or_default()).map_err(Refusal::InvalidArgument)?;
    schedule.spec = Some(canonical);
    let policies = schedule.policies.get_or_insert_default();
    if policies.overlap_policy == Overlap::Unspecified as i32 {
        policies.overlap_policy = Overlap::Skip.into();
    }
    let window = policies.catchup_window.as_ref();
    let window = window.map_or(CATCHUP_WINDOW, |window| duration(Some(window)).max(SHORTEST_CATCHUP_WINDOW));
    policies.catchup_window = Some(proto(window));
    schedule.state.get_or_insert_default();
    let action = schedule.action.get_or_insert_default();
    if let Some(schedule_action::Action::StartWorkflow(start)) = &mut action.action
        && let Some(queue) = &mut start.task_queue
        && queue.kind == 0
    {
        queue.kind = temporalio_protos::temporal::api::enums::v1::TaskQueueKind::Normal.into();
    }
    Ok((schedule, spec))
}
