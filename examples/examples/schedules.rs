//! Schedules: workflows that the service starts by the clock.
//!
//! What one learns: a schedule is created like a workflow is started, with typed arguments and the times when; its handle is
//! found again by id; it is triggered, paused, unpaused and told to make up for the past; an update is a closure that changes
//! what it names and keeps the rest; a description knows the note, the arguments and the times to come; a list is a stream.
//!
//! ```text
//! created:   sales, 3 pages: "for the board"
//! next:      at 02:00, at 02:00, at 02:00
//! triggered: sales: 3 pages
//! backfill:  3 missed nights
//! updated:   costs, 9 pages: "for the board"
//! triggered: costs: 9 pages
//! paused:    true, "the board is on holiday"
//! unpaused:  false, "they are back"
//! listed:    of type Report
//! deleted:   it is not found
//! ```

use std::time::{SystemTime, UNIX_EPOCH};

use durably::{
    ScheduleHandle,
    prelude::*,
    schedule::{ScheduleBackfill, ScheduleCalendarSpec, ScheduleError, ScheduleOverlapPolicy, list_schedules},
};
use durably_examples::{eventually, unique};
use futures_util::TryStreamExt;

/// What is started every night.
#[workflow(task_queue = "schedules", run_timeout = "1m")]
#[derive(Default)]
struct Report;

#[workflow]
impl Report {
    #[run(id = "report-{about}")]
    async fn run(about: String, pages: u32) -> String {
        format!("{about}: {pages} pages")
    }
}

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const DAY: Duration = Duration::from_secs(86_400);

/// Arguments and note, as the service has them.
async fn about(schedule: &ScheduleHandle<Report>) -> Result<String, ScheduleError> {
    let described = schedule.describe().await?;
    let (about, (pages, ())) = described.arguments().await?;
    Ok(format!("{about}, {pages} pages: {:?}", described.note().unwrap_or_default()))
}

/// The results of the workflows it has started: once there are so many, the latest first.
async fn results(client: &Client, schedule: &ScheduleHandle<Report>, count: usize) -> Outcome<Vec<String>> {
    let started = eventually(|| async {
        let recent = schedule.describe().await?.recent_actions();
        if recent.len() < count { Err(Box::<dyn std::error::Error>::from("too few were started")) } else { Ok(recent) }
    })
    .await?;
    let mut results = Vec::new();
    for report in started.iter().rev() {
        results.push(Report::handle(client, &report.workflow_id).result().await?);
    }
    Ok(results)
}

async fn work_with(client: &Client, id: &str) -> Outcome<()> {
    // From anywhere, by its id.
    let nightly = Report::schedule_handle(client, id);
    println!("created:   {}", about(&nightly).await?);
    let next = nightly.describe().await?.future_action_times();
    println!("next:      {}", next.into_iter().take(3).map(time_of_day).collect::<Vec<_>>().join(", "));

    nightly.trigger().await?;
    println!("triggered: {}", results(client, &nightly, 1).await?[0]);
    let midnight = SystemTime::now() - Duration::from_secs(seconds(SystemTime::now()) % DAY.as_secs());
    let mut missed = ScheduleBackfill::new(midnight - 3 * DAY, midnight).build();
    missed.overlap_policy = ScheduleOverlapPolicy::AllowAll;
    nightly.backfill([missed]).await?;
    println!("backfill:  {} missed nights", results(client, &nightly, 4).await?.len() - 1);

    // The note, the times there are, the timeout of the workflow and all else stay as they are.
    nightly
        .update(|schedule| {
            let schedule = schedule.arguments(Report::arguments("costs", 9)).workflow_id("report-costs");
            // Once a week besides, counted from the epoch and a day; but never on these days.
            let holidays = ScheduleCalendarSpec::builder().month("12").day_of_month("24-26").hour("*").minute("*");
            schedule.every_with_offset(7 * DAY, DAY).skip(holidays.build())
        })
        .await?;
    println!("updated:   {}", about(&nightly).await?);
    nightly.trigger().await?;
    println!("triggered: {}", results(client, &nightly, 5).await?[0]);

    nightly.pause("the board is on holiday").await?;
    let paused = nightly.describe().await?;
    println!("paused:    {}, {:?}", paused.paused(), paused.note().unwrap_or_default());
    nightly.unpause("they are back").await?;
    let unpaused = nightly.describe().await?;
    println!("unpaused:  {}, {:?}", unpaused.paused(), unpaused.note().unwrap_or_default());

    // A schedule that was just created may take a moment to appear.
    let listed = eventually(|| async {
        let all: Vec<_> = list_schedules(client).try_collect().await?;
        let listed = all.into_iter().find(|listed| listed.schedule_id() == id);
        listed.ok_or_else(|| Box::<dyn std::error::Error>::from("it is not listed"))
    })
    .await?;
    println!("listed:    of type {}", listed.workflow_type().unwrap_or_default());
    Ok(())
}

/// Since the epoch, in UTC.
fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn time_of_day(time: SystemTime) -> String {
    format!("at {:02}:{:02}", seconds(time) / 3600 % 24, seconds(time) / 60 % 60)
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let client = durably::client().await?;
    let worker = Worker::new(&client, "schedules").workflow::<Report>().start()?;

    let id = unique("nightly");
    let nightly = Report::schedule(&client, &id, "sales", 3)
        .cron("0 2 * * *")
        .time_zone("UTC")
        .start_at(SystemTime::now() - 30 * DAY)
        .jitter(Duration::from_secs(5))
        .overlap(ScheduleOverlapPolicy::Skip)
        .pause_on_failure(true)
        .catchup_window(DAY)
        .note("for the board")
        .create()
        .await?;
    let worked = work_with(&client, &id).await;
    // Whatever happened: nothing is left on the service.
    nightly.delete().await?;
    worked?;
    if let Err(ScheduleError::NotFound { .. }) = nightly.describe().await {
        println!("deleted:   it is not found");
    }

    worker.shutdown().await?;
    Ok(())
}
