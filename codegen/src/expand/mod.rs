//! Prints a model that passed every check. Cannot fail.
//!
//! Generated code is thin: it names the user's items and calls the runtime, by its hidden module alone. Our own local
//! names are hygienic, so that an argument may be called anything.

mod activity;
mod arguments;
mod attrs;
mod calls;
mod determinism;
mod failure;
mod handlers;
mod outcome;
mod stubs;
mod support;
mod tables;
mod test;
mod text;
mod workflow_impl;
mod workflow_struct;

pub use activity::{activities_impl, activity_fn};
pub use failure::failure;
pub use test::test;
pub use workflow_impl::workflow_impl;
pub use workflow_struct::workflow_struct;
