//! Every feature end to end, in one binary: linking Temporal's SDK takes longer than the tests do.

mod async_completion;
mod client;
mod dynamic;
mod greeting;
mod heartbeats;
mod init;
mod methods;
mod namespaces;
mod queries;
mod results;
mod schedules;
mod signals;
mod start_with;
mod starts;
mod tables;
mod updates;
mod worker;
