//! Every feature end to end, in one binary: linking Temporal's SDK takes longer than the tests do.

mod client;
mod dynamic;
mod greeting;
mod init;
mod methods;
mod queries;
mod results;
mod schedules;
mod signals;
mod start_with;
mod starts;
mod tables;
mod updates;
mod worker;
