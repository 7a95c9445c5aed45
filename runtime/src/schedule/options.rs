//! Options that a schedule is created with, and that a change of it may name.

use temporalio_common::protos::temporal::api::schedule::v1::{Schedule, SchedulePolicies, ScheduleSpec, ScheduleState};

pub(super) fn spec_mut(schedule: &mut Schedule) -> &mut ScheduleSpec {
    schedule.spec.get_or_insert_with(ScheduleSpec::default)
}

pub(super) fn policies_mut(schedule: &mut Schedule) -> &mut SchedulePolicies {
    schedule.policies.get_or_insert_with(SchedulePolicies::default)
}

pub(super) fn state_mut(schedule: &mut Schedule) -> &mut ScheduleState {
    schedule.state.get_or_insert_with(ScheduleState::default)
}

/// The options both types have, as methods that take and give the value.
macro_rules! schedule_options {
    () => {
        /// Another time it starts: every so often, counted from the epoch.
        pub fn every(self, interval: Duration) -> Self {
            self.interval(interval, None)
        }

        /// Another time it starts: every so often, this much after what [`every`](Self::every) would give.
        pub fn every_with_offset(self, interval: Duration, offset: Duration) -> Self {
            self.interval(interval, Some(offset))
        }

        fn interval(self, interval: Duration, offset: Option<Duration>) -> Self {
            let interval = IntervalSpec { interval: Some(proto_duration(interval)), phase: offset.map(proto_duration) };
            self.with(|schedule| spec_mut(schedule).interval.push(interval))
        }

        /// Another time it starts: a cron expression, such as `"0 2 * * MON-FRI"`.
        pub fn cron(self, expression: impl Into<String>) -> Self {
            let expression = expression.into();
            self.with(|schedule| spec_mut(schedule).cron_string.push(expression))
        }

        /// Another time it starts: wherever all fields of the calendar match, with ranges such as `"9-17"`.
        pub fn calendar(self, calendar: ScheduleCalendarSpec) -> Self {
            self.with(|schedule| spec_mut(schedule).calendar.push(calendar.into()))
        }

        /// Times it does not start after all.
        // The newer field holds ranges as numbers; of the two, this one takes what `calendar` takes.
        #[allow(deprecated)]
        pub fn skip(self, calendar: ScheduleCalendarSpec) -> Self {
            self.with(|schedule| spec_mut(schedule).exclude_calendar.push(calendar.into()))
        }

        /// It does not start before this time.
        pub fn start_at(self, time: SystemTime) -> Self {
            self.with(|schedule| spec_mut(schedule).start_time = Some(time.into()))
        }

        /// It does not start after this time.
        pub fn end_at(self, time: SystemTime) -> Self {
            self.with(|schedule| spec_mut(schedule).end_time = Some(time.into()))
        }

        /// Each start comes up to this much later, at random.
        pub fn jitter(self, jitter: Duration) -> Self {
            self.with(|schedule| spec_mut(schedule).jitter = Some(proto_duration(jitter)))
        }

        /// The time zone of calendars and cron expressions, such as `"Europe/Berlin"`. UTC unless given.
        pub fn time_zone(self, name: impl Into<String>) -> Self {
            let name = name.into();
            self.with(|schedule| spec_mut(schedule).timezone_name = name)
        }

        /// What happens if the workflow of an earlier start is still running. The new start is skipped unless given.
        pub fn overlap(self, policy: ScheduleOverlapPolicy) -> Self {
            let policy = super::handle::overlap_policy(policy);
            self.with(|schedule| policies_mut(schedule).overlap_policy = policy)
        }

        /// How late a start may come after the service was down. A year unless given.
        pub fn catchup_window(self, window: Duration) -> Self {
            self.with(|schedule| policies_mut(schedule).catchup_window = Some(proto_duration(window)))
        }

        /// Whether it pauses itself once a workflow fails or times out.
        pub fn pause_on_failure(self, pause: bool) -> Self {
            self.with(|schedule| policies_mut(schedule).pause_on_failure = pause)
        }

        /// Whether workflows get the workflow id as it is, without the time of the start behind it.
        pub fn keep_original_workflow_id(self, keep: bool) -> Self {
            self.with(|schedule| policies_mut(schedule).keep_original_workflow_id = keep)
        }

        /// Whether it is paused.
        pub fn paused(self, paused: bool) -> Self {
            self.with(|schedule| state_mut(schedule).paused = paused)
        }

        /// A note for people.
        pub fn note(self, note: impl Into<String>) -> Self {
            let note = note.into();
            self.with(|schedule| state_mut(schedule).notes = note)
        }

        /// How often it starts in all, from now on. Without end unless given.
        pub fn limited_actions(self, count: u32) -> Self {
            self.with(|schedule| {
                let state = state_mut(schedule);
                state.limited_actions = true;
                state.remaining_actions = count.into();
            })
        }

        /// The limit for a whole execution, retries and continue-as-new included.
        pub fn execution_timeout(self, timeout: Duration) -> Self {
            self.with(|schedule| workflow_mut(schedule).workflow_execution_timeout = Some(proto_duration(timeout)))
        }

        /// The limit for one run of the workflow.
        pub fn run_timeout(self, timeout: Duration) -> Self {
            self.with(|schedule| workflow_mut(schedule).workflow_run_timeout = Some(proto_duration(timeout)))
        }

        /// The limit for one workflow task.
        pub fn task_timeout(self, timeout: Duration) -> Self {
            self.with(|schedule| workflow_mut(schedule).workflow_task_timeout = Some(proto_duration(timeout)))
        }

        /// How a failed run of the workflow is retried.
        pub fn retry_policy(self, policy: RetryPolicy) -> Self {
            self.with(|schedule| workflow_mut(schedule).retry_policy = Some(policy.into()))
        }

        /// Search attributes of the workflows, all of them.
        pub fn workflow_search_attributes(self, attributes: SearchAttributes) -> Self {
            self.with(|schedule| workflow_mut(schedule).search_attributes = Some(attributes.into_proto()))
        }

        /// The priority of the workflows among other tasks of the queue.
        pub fn priority(self, priority: Priority) -> Self {
            self.with(|schedule| workflow_mut(schedule).priority = Some(priority.into()))
        }

        /// The memo of the workflows, all of it.
        pub fn workflow_memo(mut self, memo: MemoValues) -> Self {
            self.pending.memo = Some(memo);
            self
        }

        /// One line about the workflows for Temporal's user interface.
        pub fn static_summary(mut self, summary: impl Into<String>) -> Self {
            self.pending.summary = Some(summary.into());
            self
        }

        /// More lines about the workflows for Temporal's user interface.
        pub fn static_details(mut self, details: impl Into<String>) -> Self {
            self.pending.details = Some(details.into());
            self
        }

        /// Anything else of the schedule, as the server has it.
        pub fn raw(self, change: impl FnOnce(&mut Schedule)) -> Self {
            self.with(change)
        }

        fn with(mut self, change: impl FnOnce(&mut Schedule)) -> Self {
            change(&mut self.schedule);
            self
        }
    };
}

pub(super) use schedule_options;
