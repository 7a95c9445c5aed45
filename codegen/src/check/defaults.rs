//! Timeouts and retry policies that contradict themselves, cron schedules that the server would refuse.

use super::cron;
use crate::{
    model::{ActivityDefaults, RetryPolicy, Spanned, WorkflowDefaults},
    report::Report,
};
use std::time::Duration;

/// Checks what every start of a workflow begins with.
pub(super) fn check_workflow_defaults(defaults: &WorkflowDefaults, report: &mut Report) {
    check_order("run_timeout", defaults.run_timeout, "execution_timeout", defaults.execution_timeout, report);
    check_order("task_timeout", defaults.task_timeout, "run_timeout", defaults.run_timeout, report);
    check_retry_policy(defaults.retry_policy.as_ref(), report);
    if let Some(schedule) = &defaults.cron_schedule
        && let Some(mistake) = cron::mistake(&schedule.value())
    {
        report.error(schedule, format!("`cron_schedule` {mistake}"));
    }
}

/// Checks what every call of an activity begins with.
pub(super) fn check_activity_defaults(defaults: &ActivityDefaults, report: &mut Report) {
    let start_to_close = ("start_to_close_timeout", defaults.start_to_close_timeout);
    let schedule_to_close = ("schedule_to_close_timeout", defaults.schedule_to_close_timeout);
    check_order("heartbeat_timeout", defaults.heartbeat_timeout, start_to_close.0, start_to_close.1, report);
    if start_to_close.1.is_none() {
        let heartbeat = ("heartbeat_timeout", defaults.heartbeat_timeout);
        check_order(heartbeat.0, heartbeat.1, schedule_to_close.0, schedule_to_close.1, report);
    }
    check_order(start_to_close.0, start_to_close.1, schedule_to_close.0, schedule_to_close.1, report);
    let schedule_to_start = ("schedule_to_start_timeout", defaults.schedule_to_start_timeout);
    check_order(schedule_to_start.0, schedule_to_start.1, schedule_to_close.0, schedule_to_close.1, report);
    check_retry_policy(defaults.retry_policy.as_ref(), report);
}

fn check_retry_policy(policy: Option<&RetryPolicy>, report: &mut Report) {
    let Some(policy) = policy else { return };
    check_order("initial_interval", policy.initial_interval, "maximum_interval", policy.maximum_interval, report);
    if let Some(attempts) = policy.maximum_attempts.filter(|attempts| attempts.value == 0) {
        report.error_at(attempts.span, "`maximum_attempts` must be at least 1: leave it out for unlimited attempts");
    }
    if let Some(coefficient) = policy.backoff_coefficient.filter(|coefficient| coefficient.value < 1.0) {
        report.error_at(
            coefficient.span,
            "`backoff_coefficient` must be at least 1.0, since retries cannot come ever faster",
        );
    }
}

/// The first is part of the second, so it cannot be longer.
fn check_order(
    part: &str,
    shorter: Option<Spanned<Duration>>,
    whole: &str,
    longer: Option<Spanned<Duration>>,
    report: &mut Report,
) {
    if let (Some(shorter), Some(longer)) = (shorter, longer)
        && shorter.value > longer.value
    {
        let message = format!(
            "`{part}` ({}) is longer than `{whole}` ({}): make it at most as long",
            humantime::format_duration(shorter.value),
            humantime::format_duration(longer.value)
        );
        report.error_at(shorter.span, message);
    }
}
