//! Every feature end to end, in one binary: linking Temporal's SDK takes longer than the tests do.

mod async_completion;
mod greeting;
mod heartbeats;
mod schedules;
