//! What is known of runs, and finding them by filters.
//!
//! One [`Store`] per namespace, which also knows the namespace's search attributes:
//!
//! - On every change of a run that lists can show (start, search attributes, memo, close) the engine calls
//!   `store.upsert(record)`, with search attributes decoded by `store.attributes.values(..)`, and
//!   `store.remove(run_id)` when the run is deleted or its retention is over. The counts (events, bytes, transitions)
//!   are shown of closed runs only, so a change of these alone needs no upsert. What was upserted is found by the next
//!   list: there is no delay.
//! - Search attributes that come in (start, signal-with-start, upsert, continue-as-new, child start) go through
//!   `store.attributes.normalise(..)`, which refuses or returns what the history event holds, and then
//!   [`merge`] into those of the run. An upsert that is refused fails the workflow task with
//!   `BadSearchAttributes: ` and the refusal's text.
//! - List, scan and count requests call `store.list(..)` and `store.count(..)`, the older ones `store.list_open(..)` and
//!   `store.list_closed(..)`.
//! - The operator service adds and removes custom attributes in `store.attributes`.
//!
//! Schedules are found the same way: a second `Store` whose records have the schedule's id as workflow id answers
//! `ScheduleId`, `TemporalSchedulePaused` and custom attributes; `store.select(..)` gives the records themselves.
pub(crate) mod attributes;
mod golang;
mod query;
mod record;
mod refused;
mod store;

pub(crate) use {
    attributes::{Attributes, Kind, merge},
    record::Record,
    refused::Refused,
    store::Store,
};

#[cfg(test)]
mod tests;
