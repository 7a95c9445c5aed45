//! What the annotations mean, and what is said when they mean nothing.

mod activities;
mod attributes;
mod failures;
mod fallback;
mod handlers;
mod model;
mod snapshots;
mod support;
