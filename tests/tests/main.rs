//! Every feature end to end, in one binary: linking Temporal's SDK takes longer than the tests do.

mod activities;
mod async_completion;
mod children;
mod composition;
mod continue_as_new;
mod external;
mod greeting;
mod heartbeats;
mod hygiene;
mod local_activities;
mod namespaces;
mod schedules;
mod timers;
