//! The server as its callers see it, one call of the API at a time.

mod chains;
mod histories;
mod limits;
mod resets;
mod robust;
mod starts;
mod support;
mod time;
mod updates;
