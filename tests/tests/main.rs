//! Every feature end to end, in one binary: linking Temporal's SDK takes longer than the tests do.

// Handlers return Temporal's `ApplicationFailure` by value, as users' handlers do.
#![allow(clippy::result_large_err)]

mod activities;
mod async_completion;
mod children;
mod client;
mod composition;
mod continue_as_new;
mod dynamic;
mod external;
mod greeting;
mod heartbeats;
mod hygiene;
mod init;
mod interop;
mod local_activities;
mod methods;
mod namespaces;
mod queries;
mod replay;
mod results;
mod schedules;
mod signals;
mod start_with;
mod starts;
mod tables;
mod timers;
mod updates;
mod worker;
