//! Schedules: what the guide shows, on a real service.

mod action;
mod backfill;
mod create;
mod delete;
mod describe;
mod list;
mod other_sdks;
mod overlap;
mod pause;
mod times;
mod trigger;
mod update;

use std::time::SystemTime;

use durably::{ScheduleHandle, prelude::*, schedule::ScheduleCalendarSpec};
use durably_tests::eventually::eventually;

/// Ends at once, unless it is to wait until it is told or cancelled.
#[workflow(run_timeout = "1m", retry_policy(maximum_attempts = 3))]
#[derive(Default)]
struct Report {
    told: bool,
}

#[workflow]
impl Report {
    #[run(id = "report-{name}")]
    async fn run(ctx: &WorkflowContext<Self>, name: String, pages: u32) -> WorkflowResult<String> {
        if pages == 0 {
            ctx.wait_condition(|w| w.told).await?;
        }
        Ok(format!("{name}: {pages} pages"))
    }

    #[signal]
    fn tell(&mut self) {
        self.told = true;
    }
}

fn memo(value: &str) -> durably::MemoValues {
    let mut memo = durably::MemoValues::new();
    memo.insert("owner", value.to_owned());
    memo
}

/// Times far away: nothing starts unless it is told to.
fn yearly() -> ScheduleCalendarSpec {
    ScheduleCalendarSpec::builder().month("1").day_of_month("1").hour("3").build()
}

const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_secs(86_400);

/// What is triggered within one second has one workflow id, and the real server, which tells what it has started apart by
/// that, may then take a workflow that runs for the one that has ended.
async fn next_second() {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    tokio::time::sleep(SECOND - Duration::from_nanos(now.subsec_nanos().into())).await;
}

/// Waits until the schedule has started that many workflows, and gives their ids: the latest ten at most.
async fn started(schedule: &ScheduleHandle<Report>, count: usize) -> Vec<String> {
    eventually(|| async {
        let described = schedule.describe().await.unwrap();
        let started: Vec<_> = described.recent_actions().into_iter().map(|action| action.workflow_id).collect();
        if started.len() < count { Err(format!("{} of {count} were started", started.len())) } else { Ok(started) }
    })
    .await
}

/// When it will start, in seconds since the epoch.
async fn future(schedule: &ScheduleHandle<Report>) -> Vec<u64> {
    let described = schedule.describe().await.unwrap();
    described.future_action_times().into_iter().map(seconds).collect()
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
}
