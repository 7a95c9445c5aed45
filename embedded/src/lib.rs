//! A Temporal service inside your process, for development and tests.

mod api;
mod cron;
mod limits;
mod payload;
mod refusal;
mod run;
mod schedules;
mod time;
mod visibility;
