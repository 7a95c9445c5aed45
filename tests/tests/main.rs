//! Every feature end to end, in one binary: linking Temporal's SDK takes longer than the tests do.

mod greeting;
mod schedules;
