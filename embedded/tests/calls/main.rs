//! The server as its callers see it, one call of the API at a time.

mod batches;
mod chains;
mod clock;
mod cron;
mod directory;
mod health;
mod histories;
mod kept;
mod limits;
mod links;
mod namespaces;
mod options;
mod remains;
mod resets;
mod robust;
mod speed;
mod starts;
mod support;
mod time;
mod updates;
mod wire;
mod workers;
