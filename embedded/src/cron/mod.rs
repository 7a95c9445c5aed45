use std::time::Duration;
use crate::time::Time;
pub(crate) struct CronSchedule;
impl CronSchedule { pub(crate) fn next(&self, _: Time, _: Time) -> Option<Duration> { Some(Duration::from_secs(60)) } }
pub(crate) fn parse(_: &str) -> Result<CronSchedule, String> { Ok(CronSchedule) }
