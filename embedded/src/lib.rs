//! A Temporal service inside your process, for development and tests.

mod schedules;
mod time;
mod visibility;
