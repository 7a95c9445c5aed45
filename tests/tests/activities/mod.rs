//! Activities as a workflow calls them.

mod failures;
mod functions;
mod handles;
mod methods;
mod options;
mod timeouts;
