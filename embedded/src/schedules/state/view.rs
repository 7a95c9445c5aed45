//! What a schedule shows of itself.

use prost_wkt_types::Timestamp;
use temporalio_protos::temporal::api::{
    schedule::v1::{ScheduleInfo, ScheduleListEntry, ScheduleListInfo},
    workflowservice::v1::{
        DescribeScheduleResponse, ListScheduleMatchingTimesRequest, ListScheduleMatchingTimesResponse,
    },
};

use super::{Refusal, Schedule};
use crate::time::Time;

const FUTURE_TIMES: usize = 10;

/// Entries of lists are shorter: times and actions, and calendars and intervals of the spec.
const LISTED_TIMES: usize = 5;
const LISTED_SPECS: usize = 10;

impl Schedule {
    pub(crate) fn describe(&self, now: Time) -> DescribeScheduleResponse {
        let info = ScheduleInfo {
            action_count: self.counts.actions,
            missed_catchup_window: self.counts.missed,
            overlap_skipped: self.counts.skipped,
            buffer_dropped: self.counts.dropped,
            buffer_size: i64::try_from(self.buffer.len()).unwrap_or(i64::MAX),
            running_workflows: self.running.clone(),
            recent_actions: self.recent.iter().cloned().collect(),
            future_action_times: self.future_times(now, FUTURE_TIMES),
            create_time: Some(self.created.proto()),
            update_time: self.updated.map(Time::proto),
            ..Default::default()
        };
        DescribeScheduleResponse {
            schedule: Some(self.schedule.clone()),
            info: Some(info),
            memo: self.memo.clone(),
            search_attributes: self.search_attributes.clone(),
            conflict_token: self.conflict_token(),
        }
    }

    pub(crate) fn list_entry(&self, now: Time) -> ScheduleListEntry {
        let mut spec = self.schedule.spec.clone().unwrap_or_default();
        spec.timezone_data.clear();
        spec.interval.truncate(LISTED_SPECS);
        spec.structured_calendar.truncate(LISTED_SPECS);
        spec.exclude_structured_calendar.truncate(LISTED_SPECS);
        let state = self.state();
        let older = self.recent.len().saturating_sub(LISTED_TIMES);
        let info = ScheduleListInfo {
            spec: Some(spec),
            workflow_type: self.new_workflow().and_then(|new| new.workflow_type.clone()),
            notes: state.notes,
            paused: state.paused,
            recent_actions: self.recent.iter().skip(older).cloned().collect(),
            future_action_times: self.future_times(now, LISTED_TIMES),
            ..Default::default()
        };
        ScheduleListEntry {
            schedule_id: self.id.clone(),
            memo: Some(self.memo.clone().unwrap_or_default()),
            search_attributes: self.search_attributes.clone(),
            info: Some(info),
        }
    }

    pub(crate) fn matching_times(
        &self,
        request: &ListScheduleMatchingTimesRequest,
    ) -> Result<ListScheduleMatchingTimesResponse, Refusal> {
        let (Some(start), Some(end)) = (&request.start_time, &request.end_time) else {
            return Err(Refusal::invalid("missing or invalid query"));
        };
        let times = self.spec.matching_times(Time::from_proto(start), Time::from_proto(end), &self.seed);
        let start_time = times.map_err(Refusal::InvalidArgument)?.into_iter().map(Time::proto).collect();
        Ok(ListScheduleMatchingTimesResponse { start_time })
    }

    fn future_times(&self, now: Time, most: usize) -> Vec<Timestamp> {
        let state = self.state();
        let most =
            if state.limited_actions { most.min(usize::try_from(state.remaining_actions).unwrap_or(0)) } else { most };
        // Times that pass while the schedule is paused are lost.
        let mut after = if self.may_act() { self.processed } else { self.processed.max(now) };
        let times = std::iter::from_fn(|| {
            after = self.next_time(after)?;
            Some(after.proto())
        });
        times.take(most).collect()
    }
}
