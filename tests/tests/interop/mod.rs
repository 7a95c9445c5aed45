//! Workflows and activities shared with programs in Python: names, arguments, values and failures cross as they are.

mod python_activities;
mod python_alone;
mod python_client;
mod python_workflow;
mod rust_activities;
