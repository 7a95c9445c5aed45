//! A Temporal service inside your process, for development and tests.

mod cron;
mod schedules;
mod time;
mod visibility;
