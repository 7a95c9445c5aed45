//! What a schedule may ask for.

use prost_wkt_types::Duration;
use temporalio_protos::temporal::api::{
    enums::v1::WorkflowIdReusePolicy,
    schedule::v1::{Schedule, SchedulePatch, schedule_action::Action},
    taskqueue::v1::TaskQueue,
    workflow::v1::NewWorkflowExecutionInfo,
};

use super::refusal::Refusal;

const LONGEST_ID: usize = 1000;
const LONGEST_NOTES: usize = 1000;

/// Before the ids of schedules, in the ids of the real server's workflows. Counts to the length of an id.
const SYSTEM_PREFIX: usize = "temporal-sys-scheduler:".len();

/// After the ids of workflows: `-2024-02-29T00:00:00Z`.
const TIME_SUFFIX: usize = "-2024-02-29T00:00:00Z".len();

/// An id of a schedule, in any request.
pub(crate) fn schedule_id(id: &str) -> Result<(), Refusal> {
    if id.is_empty() {
        return Err(Refusal::invalid("Can't load workflow execution.  WorkflowId not set."));
    }
    length_of_id(SYSTEM_PREFIX + id.len())
}

/// What a schedule starts, if it starts anything.
pub(super) fn action(schedule: &Schedule) -> Result<Option<&NewWorkflowExecutionInfo>, Refusal> {
    let Some(Action::StartWorkflow(start)) = schedule.action.as_ref().and_then(|action| action.action.as_ref()) else {
        return Ok(None);
    };
    length_of_id(start.workflow_id.len() + TIME_SUFFIX)?;
    match start.workflow_type.as_ref().map_or("", |kind| &kind.name) {
        "" => return Err(Refusal::invalid("WorkflowType is not set on request.")),
        name if name.len() > LONGEST_ID => return Err(Refusal::invalid("WorkflowType length exceeds limit.")),
        _ => {}
    }
    task_queue(start.task_queue.as_ref())?;
    timeout(start.workflow_execution_timeout.as_ref(), "WorkflowExecution")?;
    timeout(start.workflow_run_timeout.as_ref(), "WorkflowRun")?;
    timeout(start.workflow_task_timeout.as_ref(), "WorkflowTask")?;
    if !start.cron_schedule.is_empty() {
        return Err(Refusal::invalid("Scheduled workflow must not contain CronSchedule"));
    }
    let allowed = [WorkflowIdReusePolicy::Unspecified, WorkflowIdReusePolicy::AllowDuplicate];
    if !allowed.contains(&start.workflow_id_reuse_policy()) {
        return Err(Refusal::invalid("Scheduled workflow must not contain WorkflowIDReusePolicy"));
    }
    Ok(Some(start))
}

pub(super) fn patch(patch: Option<SchedulePatch>) -> Result<SchedulePatch, Refusal> {
    let patch = patch.ok_or_else(|| Refusal::invalid("Patch is not set on request."))?;
    if patch.pause.len() > LONGEST_NOTES || patch.unpause.len() > LONGEST_NOTES {
        return Err(Refusal::invalid("Schedule notes exceeds limit."));
    }
    Ok(patch)
}

fn length_of_id(length: usize) -> Result<(), Refusal> {
    if length > LONGEST_ID {
        let message = format!("WorkflowId exceeds maximum allowed length ({length}/{LONGEST_ID})");
        return Err(Refusal::invalid(message));
    }
    Ok(())
}

fn task_queue(queue: Option<&TaskQueue>) -> Result<(), Refusal> {
    let queue = queue.ok_or_else(|| Refusal::invalid("taskQueue is not set"))?;
    if queue.name.is_empty() {
        return Err(Refusal::invalid("missing task queue name"));
    }
    if queue.name.len() > LONGEST_ID {
        return Err(Refusal::invalid("taskQueue length exceeds limit"));
    }
    if queue.name.starts_with("/_sys/") {
        return Err(Refusal::invalid("task queue name cannot start with reserved prefix /_sys/"));
    }
    Ok(())
}

fn timeout(timeout: Option<&Duration>, name: &str) -> Result<(), Refusal> {
    if timeout.is_some_and(|timeout| timeout.seconds < 0 || timeout.nanos < 0) {
        let message = format!("An invalid {name}TimeoutSeconds is set on request. cause: negative duration");
        return Err(Refusal::invalid(message));
    }
    Ok(())
}
