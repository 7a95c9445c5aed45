//! The server as its callers see it, one call of the API at a time.

mod chains;
mod clock;
mod directory;
mod kept;
mod limits;
mod resets;
mod robust;
mod speed;
mod starts;
mod support;
mod time;
mod updates;
