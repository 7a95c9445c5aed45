//! Cron schedules that the server would refuse at each start.

use durably::prelude::*;

#[workflow(cron_schedule = "0 0 12 * * *")]
#[derive(Default)]
struct SixFields;

#[workflow(cron_schedule = "0 24 * * *")]
#[derive(Default)]
struct NoSuchHour;

#[workflow(cron_schedule = "0 12 * * 7")]
#[derive(Default)]
struct Sunday;

#[workflow(cron_schedule = "0 12 * * monday")]
#[derive(Default)]
struct Monday;

#[workflow(cron_schedule = "0 17-9 * * *")]
#[derive(Default)]
struct Backwards;

#[workflow(cron_schedule = "0 0 30 2 *")]
#[derive(Default)]
struct Never;

#[workflow(cron_schedule = "@dayly")]
#[derive(Default)]
struct Misspelt;

#[workflow(cron_schedule = "@every 1d")]
#[derive(Default)]
struct Days;

#[workflow(cron_schedule = "CRON_TZ=Europe/Berlin")]
#[derive(Default)]
struct NoTimes;

fn main() {}
